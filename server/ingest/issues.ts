// What is wrong with a file: a row's issues, or one that stops the whole import.
import type { ImportIssue } from '../domain/importReport.ts';
import { Problem } from '../domain/problem.ts';

/** Stops an import: nothing of the file can be taken. 422 unless another status fits better. */
export function unusable(code: string, detail: string, status = 422): Problem {
  return new Problem(status, code, detail, { errors: [{ pointer: '/file', code, detail }] });
}

export function rowError(row: number, field: string | null, code: string, message: string): ImportIssue {
  return { row, id: null, field, severity: 'error', code, message };
}

export function rowWarning(row: number, field: string | null, code: string, message: string): ImportIssue {
  return { row, id: null, field, severity: 'warning', code, message };
}

export function fileWarning(field: string | null, code: string, message: string): ImportIssue {
  return { row: null, id: null, field, severity: 'warning', code, message };
}
