// What went wrong, in the reader's words where the page has them, else in the service's.
import type { ApiError } from '../api/http.ts';
import { words } from './t.ts';

/** Why alone, to go into a sentence that says what was not done. */
export function whyWords(error: ApiError): string {
  const w = words();
  const known: Readonly<Record<string, string>> = w.problems;
  return error.status === 0 ? w.unreachable : (known[error.code] ?? error.message);
}

/** The whole sentence of something that could not be read. */
export const problemWords = (error: ApiError): string => (error.status === 0 ? whyWords(error) : words().failed(whyWords(error)));
