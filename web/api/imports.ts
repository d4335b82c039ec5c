// Imports: the upload, how far it is, what it found, storing it, taking it back.
import type { FeatureCollection, Geometry } from 'geojson';
import type { ImportMode, ImportReport } from '../../server/domain/importReport.ts';
import type { LayerName } from '../../server/domain/layer.ts';
import { ApiError, ask } from './http.ts';

/** What is sent beside the file; empty texts are left to the service to find out. */
export interface ImportOrder {
  readonly layer: LayerName;
  readonly mode: ImportMode;
  readonly crs: string;
  readonly encoding: string;
  readonly table: string;
  /** `dx,dy,dz` or with `rx,ry,rz,ppm`. */
  readonly transform: string;
  /** our field → their column; empty: by the columns' names. */
  readonly mapping: Readonly<Record<string, string>>;
}

export interface ImportState extends Partial<ImportReport> {
  readonly importId: string;
  readonly state: 'running' | 'stored' | 'checked' | 'refused' | 'failed' | 'cancelled';
  readonly phase?: 'reading' | 'storing' | 'done';
  /** Rows so far. */
  readonly progress: number;
  readonly problem?: { readonly status: number; readonly code: string; readonly detail: string; readonly errors?: ApiError['faults'] };
}

export type PreviewRole = 'accepted' | 'before' | 'after';

export interface PreviewProperties {
  readonly row: number;
  readonly id: string;
  readonly role: PreviewRole;
}

export type ImportPreview = FeatureCollection<Geometry, PreviewProperties>;

const path = (importId: string): string => `/api/imports/${encodeURIComponent(importId)}`;

/** Sends the file to be looked at only. The answer comes at once: the reading goes on, see `importState`. */
export function startCheck(files: readonly File[], order: ImportOrder, signal: AbortSignal): Promise<ImportState> {
  const { layer, mode, mapping, ...texts } = order;
  const form = new FormData();
  // the texts first: a service that reads as it receives knows them when the file comes
  form.append('layer', layer);
  form.append('mode', mode);
  form.append('dryRun', 'true');
  for (const [name, text] of Object.entries(texts)) if (text.trim() !== '') form.append(name, text.trim());
  if (Object.keys(mapping).length > 0) form.append('mapping', JSON.stringify(mapping));
  for (const file of files) form.append('file', file, file.name);
  return ask<ImportState>('/api/imports', { method: 'POST', body: form, headers: { Prefer: 'respond-async' }, signal });
}

export const importState = (importId: string, signal: AbortSignal): Promise<ImportState> => ask<ImportState>(path(importId), { signal });

/** Ends the reading of a file, nothing is stored. */
export const cancelImport = (importId: string): Promise<unknown> => ask(path(importId), { method: 'DELETE' });

/** Stores what the check has read. @throws ApiError 404 when it is not held any more, 409 while rows are at fault */
export const confirmImport = (importId: string, allowPartial: boolean): Promise<ImportReport> =>
  ask<ImportReport>(`${path(importId)}/confirm`, { method: 'POST', body: { allowPartial } });

/** Takes a stored import back. @throws ApiError 409 when its features were changed since */
export const undoImport = (importId: string): Promise<{ revision: number }> => ask(path(importId), { method: 'DELETE' });

export const fetchPreview = (importId: string): Promise<ImportPreview> => ask<ImportPreview>(`${path(importId)}/preview.geojson`);

export const rejectedCsv = (importId: string): string => `${path(importId)}/rejected.csv`;

/** A reading that ended without a report, as an error like any other. */
export function errorOf({ state, problem }: ImportState): ApiError {
  if (!problem) return new ApiError(500, state, 'import_failed');
  return new ApiError(problem.status, problem.detail, problem.code, problem.errors ?? []);
}
