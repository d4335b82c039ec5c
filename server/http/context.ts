// What every route needs.
import type { Request } from 'express';
import type { ExportFiles } from './exportFiles.ts';
import type { Imports } from '../service/imports.ts';
import type { Service } from '../service/service.ts';

export interface Context {
  readonly service: Service;
  readonly imports: Imports;
  readonly exportFiles: ExportFiles;
}

/** The address under which the outside reaches this service. */
export function baseUrl(service: Service, request: Request): string {
  return (
    service.settings.publicUrl ?? `${request.protocol}://${request.headers.host ?? `${service.settings.host}:${service.settings.port}`}`
  );
}
