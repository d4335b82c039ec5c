// A file that a thread of its own writes into a folder of its own, which is gone when the answer is.
import type { Response } from 'express';
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Exported, ExportFormat, ExportRequest } from '../export/exportLayer.ts';
import { crsOfEpsg, epsgNumber } from '../geo/crs.ts';
import type { Service } from '../service/service.ts';
import { workerUrl } from '../service/workerUrl.ts';
import type { ExporterData, ExporterHandlers } from '../workers/exporter.worker.ts';
import { connect } from '../workers/rpc.ts';
import { badValue, one, type Query } from './query.ts';

/** Media type and ending of each format. */
const FILES: Readonly<Record<ExportFormat, { readonly type: string; readonly ending: string }>> = {
  gpkg: { type: 'application/geopackage+sqlite3', ending: 'gpkg' },
  shp: { type: 'application/zip', ending: 'shp.zip' },
  geojson: { type: 'application/geo+json', ending: 'geojson' },
  csv: { type: 'text/csv; charset=utf-8', ending: 'csv' },
  xlsx: { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', ending: 'xlsx' },
};

/** Exports written at once; the others wait their turn, so that many askers do not take the memory of many threads. */
const AT_ONCE = 2;

export class ExportFiles {
  private readonly service: Service;
  private readonly turns = new Turns(AT_ONCE);

  constructor(service: Service) {
    this.service = service;
  }

  /**
   * Writes the file and sends it.
   * @param name of the file, without system and ending
   * @param written is told how many features it has, before it is sent
   */
  async send(response: Response, request: ExportRequest, name: string, written: (count: number) => Promise<void>): Promise<void> {
    const folder = join(this.service.folders.staging, `export-${randomUUID()}`);
    const abort = new AbortController();
    response.once('close', () => abort.abort());
    try {
      const done = await this.turns.take();
      const exported = await this.write(request, folder, abort.signal).finally(done);
      if (!exported) return;
      const { path, count, losses } = exported;
      await written(count);
      const { type, ending } = FILES[request.format];
      const system = request.epsg === 4326 ? '' : `.EPSG${request.epsg}`;
      // the name first: Express guesses a type from it
      response.attachment(`${name}${system}.${ending}`).type(type);
      response.set('X-Xiantu-Losses', losses).set('Content-Length', String((await stat(path)).size));
      await pipeline(createReadStream(path), response, { signal: abort.signal }).catch((error: unknown) => {
        if (!abort.signal.aborted) throw error;
      });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** The written file, or null where its asker left; the thread that writes it ends then. */
  private async write(request: ExportRequest, folder: string, signal: AbortSignal): Promise<Exported | null> {
    if (signal.aborted) return null;
    await mkdir(folder, { mode: 0o700 });
    const exporter = connect<ExporterHandlers>(workerUrl('exporter'), {
      workerData: { storePath: this.service.storePath } satisfies ExporterData,
      name: 'exporter',
    });
    const stop = () => void exporter.terminate();
    signal.addEventListener('abort', stop);
    try {
      return await exporter.call.run(request, folder);
    } catch (error) {
      if (signal.aborted) return null;
      throw error;
    } finally {
      signal.removeEventListener('abort', stop);
      await exporter.end();
    }
  }
}

/** The number of the system asked for; WGS 84 where none is. @throws Problem 400 for one that is not known */
export function epsgOf(query: Query): number {
  const crs = one(query, 'crs');
  const epsg = crs === null ? 4326 : epsgNumber(crs);
  if (epsg === null || !crsOfEpsg(epsg)) throw badValue('crs', 'crs is an EPSG code such as EPSG:4490 or EPSG:4526.');
  return epsg;
}

/** Lets so many in at once; the others wait in order. */
class Turns {
  private free: number;
  private readonly waiting: (() => void)[] = [];

  constructor(free: number) {
    this.free = free;
  }

  /** Waits for a turn; answers how to give it back. */
  async take(): Promise<() => void> {
    if (this.free > 0) this.free--;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    return () => {
      const next = this.waiting.shift();
      if (next) next();
      else this.free++;
    };
  }
}
