// The one way to ask the service. Same origin only; errors arrive as RFC 9457 problem documents.
import type { Fault } from '../../server/domain/problem.ts';

/** A request that did not succeed. Status 0: the service was not reached. */
export class ApiError extends Error {
  readonly status: number;
  /** The service's own word for it: the key of the page's words. */
  readonly code: string;
  readonly faults: readonly Fault[];

  constructor(status: number, detail: string, code = '', faults: readonly Fault[] = []) {
    super(detail);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.faults = faults;
  }
}

type Watcher = (status: number, signedIn: boolean) => void;
const watchers = new Set<Watcher>();

/** Told of every answer's status (0 = not reached): session expiry and the offline strip live on it. */
export function watchAnswers(watcher: Watcher): void {
  watchers.add(watcher);
}

export interface Ask {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** A form goes as it is, everything else as JSON. */
  body?: unknown;
  /** What the body is, where it is not plain JSON. */
  contentType?: string;
  headers?: Readonly<Record<string, string>>;
  signal?: AbortSignal | undefined;
  /** Is sent even when the page is left meanwhile. */
  keepalive?: boolean;
}

/** An answer with the ETag that a change of it has to name. */
export interface Tagged<T> {
  readonly data: T;
  readonly etag: string | null;
}

let csrfToken: string | undefined;

/** The token of the session that is on: every change has to bring it. */
export function keepToken(token: string | undefined): void {
  csrfToken = token;
}

async function problemOf(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null);
  const problem = (typeof body === 'object' && body !== null ? body : {}) as {
    code?: string;
    detail?: string;
    title?: string;
    errors?: Fault[];
  };
  return new ApiError(response.status, problem.detail ?? problem.title ?? `HTTP ${response.status}`, problem.code, problem.errors ?? []);
}

/**
 * Asks, or changes something in the name of who is signed in, and returns the JSON answer (undefined for 204).
 * Throws `ApiError`, or the abort reason.
 */
export async function ask<T>(path: string, options: Ask = {}): Promise<T> {
  return (await askTagged<T>(path, options)).data;
}

/** The same, with the answer's ETag. */
export async function askTagged<T>(path: string, options: Ask = {}): Promise<Tagged<T>> {
  const { method = 'GET', body, contentType = 'application/json', signal, keepalive = false } = options;
  const headers: Record<string, string> = {
    Accept: 'application/json, application/geo+json, application/problem+json',
    ...options.headers,
  };
  const form = body instanceof FormData ? body : null;
  // a form brings its own type, with the boundary between its parts
  if (body !== undefined && !form) headers['Content-Type'] = contentType;
  if (csrfToken && method !== 'GET') headers['X-CSRF-Token'] = csrfToken;
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers,
      body: form ?? (body === undefined ? null : JSON.stringify(body)),
      signal: signal ?? null,
      credentials: 'same-origin',
      keepalive,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    for (const watcher of watchers) watcher(0, false);
    throw new ApiError(0, '');
  }
  for (const watcher of watchers) watcher(response.status, path !== '/api/session');
  if (!response.ok) throw await problemOf(response);
  const data = response.status === 204 ? (undefined as T) : ((await response.json()) as T);
  return { data, etag: response.headers.get('ETag') };
}
