// Whole layers as files. A thread of its own writes each one into a folder of its own, which is gone when the answer is.
import { Router } from 'express';
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { isLayerName } from '../../domain/layer.ts';
import { Problem } from '../../domain/problem.ts';
import { EXPORT_FORMATS, type Exported, type ExportFormat, type ExportRequest } from '../../export/exportLayer.ts';
import { crsOfEpsg, epsgNumber } from '../../geo/crs.ts';
import { isPersonal, may } from '../../policy/policy.ts';
import { workerUrl } from '../../service/service.ts';
import type { ExporterData, ExporterHandlers } from '../../workers/exporter.worker.ts';
import { connect } from '../../workers/rpc.ts';
import type { Context } from '../context.ts';
import { badValue, one, oneOf, readQuery } from '../query.ts';
import { visitorOf } from '../session.ts';

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

export function exportRoutes({ service }: Context): Router {
  const router = Router({ strict: true, caseSensitive: true });
  const turns = new Turns(AT_ONCE);

  router.get('/api/exports/:layer', async (request, response) => {
    const visitor = visitorOf(request);
    const { layer } = request.params;
    if (!isLayerName(layer) || !may(visitor.role, 'export', layer))
      throw new Problem(404, 'no_such_layer', `There is no layer ${layer.slice(0, 60)}.`);
    const query = readQuery(request, ['format', 'crs']);
    const format = oneOf(query, 'format', EXPORT_FORMATS, 'geojson');
    const crs = one(query, 'crs');
    const epsg = crs === null ? 4326 : epsgNumber(crs);
    if (epsg === null || !crsOfEpsg(epsg)) throw badValue('crs', 'crs is an EPSG code such as EPSG:4490 or EPSG:4526.');
    const folder = join(service.folders.staging, `export-${randomUUID()}`);
    const abort = new AbortController();
    response.once('close', () => abort.abort());
    try {
      const done = await turns.take();
      const exported = await written({ role: visitor.role, layer, format, epsg }, folder, abort.signal).finally(done);
      if (!exported) return;
      const { path, count, losses } = exported;
      if (isPersonal(layer)) {
        const by = visitor.username ?? '';
        await service.accounts.audit({ by, role: visitor.role, action: 'export', subject: `${layer} ${format}`, count });
      }
      const { type, ending } = FILES[format];
      const system = epsg === 4326 ? '' : `.EPSG${epsg}`;
      // the name first: Express guesses a type from it
      response.attachment(`${layer}${system}.${ending}`).type(type);
      response.set('X-Xiantu-Losses', losses).set('Content-Length', String((await stat(path)).size));
      await pipeline(createReadStream(path), response, { signal: abort.signal }).catch((error: unknown) => {
        if (!abort.signal.aborted) throw error;
      });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  /** The written file, or null where its asker left; the thread that writes it ends then. */
  async function written(request: ExportRequest, folder: string, signal: AbortSignal): Promise<Exported | null> {
    if (signal.aborted) return null;
    await mkdir(folder, { mode: 0o700 });
    const exporter = connect<ExporterHandlers>(workerUrl('exporter'), {
      workerData: { storePath: service.storePath } satisfies ExporterData,
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

  return router;
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
