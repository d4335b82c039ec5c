// What went wrong, in the reader's words where the page has them, else in the service's.
import type { ApiError } from '../api/http.ts';
import { words } from './t.ts';

export function problemWords(error: ApiError): string {
  const w = words();
  const known: Readonly<Record<string, string>> = w.problems;
  return error.status === 0 ? w.unreachable : w.failed(known[error.code] ?? error.message);
}
