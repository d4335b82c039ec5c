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

interface Ask {
  method?: 'GET' | 'POST' | 'DELETE';
  body?: unknown;
  csrfToken?: string | undefined;
  signal?: AbortSignal | undefined;
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

/** Asks and returns the JSON answer (undefined for 204). Throws `ApiError`, or the abort reason. */
export async function ask<T>(path: string, { method = 'GET', body, csrfToken, signal }: Ask = {}): Promise<T> {
  const headers: Record<string, string> = { Accept: 'application/json, application/geo+json, application/problem+json' };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (csrfToken) headers['X-CSRF-Token'] = csrfToken;
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
      signal: signal ?? null,
      credentials: 'same-origin',
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    for (const watcher of watchers) watcher(0, false);
    throw new ApiError(0, '');
  }
  for (const watcher of watchers) watcher(response.status, path !== '/api/session');
  if (!response.ok) throw await problemOf(response);
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
}
