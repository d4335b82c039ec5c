// Errors that a client caused or must know of. One middleware turns them into RFC 9457 problem+json.

/** Where a request or a file is at fault: `pointer` is a JSON pointer or `row 17, field people`. */
export interface Fault {
  pointer: string;
  code: string;
  detail: string;
}

/** Thrown anywhere below HTTP; `code` is also the key of the page's own words for it. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly errors: readonly Fault[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: string,
    detail: string,
    options: { errors?: readonly Fault[]; headers?: Record<string, string>; cause?: unknown } = {},
  ) {
    super(detail, { cause: options.cause });
    this.name = 'Problem';
    this.status = status;
    this.code = code;
    this.errors = options.errors ?? [];
    this.headers = options.headers ?? {};
  }

  /** The same problem with more places where it lies, or that would mend it. */
  with(errors: readonly Fault[]): Problem {
    return new Problem(this.status, this.code, this.message, {
      errors: [...this.errors, ...errors],
      headers: { ...this.headers },
      cause: this.cause,
    });
  }
}
