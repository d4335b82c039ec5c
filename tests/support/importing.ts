// An import as the importing thread does it, without a server: a file in, the report and the staged features out.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Feature } from '../../server/domain/feature.ts';
import type { ImportReport } from '../../server/domain/importReport.ts';
import type { LayerName } from '../../server/domain/layer.ts';
import { importFile, type ImportRequest } from '../../server/ingest/importFile.ts';
import { Staging, type RejectedRow } from '../../server/ingest/staging.ts';
import { openGeoPackage } from '../../server/store/gpkg/geopackageStore.ts';
import type { FeatureStore } from '../../server/store/store.ts';

export type Content = string | Uint8Array;

export interface Imported {
  readonly report: ImportReport;
  readonly features: readonly Feature[];
  readonly rejected: readonly RejectedRow[];
}

/** A store in a folder of its own, and files read against it. */
export class ImportBench {
  private readonly folder = mkdtempSync(join(tmpdir(), 'xiantu-import-'));
  readonly store: FeatureStore = openGeoPackage(join(this.folder, 'store.gpkg'), { readOnly: false });
  private count = 0;

  /** @throws Problem for a file of which nothing can be taken */
  async read(fileName: string, content: Content, options: Partial<ImportRequest> & { layer: LayerName }): Promise<Imported> {
    return this.readParts([[fileName, content]], options);
  }

  /** Files that were uploaded together. */
  async readParts(
    files: readonly (readonly [string, Content])[],
    options: Partial<ImportRequest> & { layer: LayerName },
  ): Promise<Imported> {
    this.count++;
    const parts = files.map(([fileName, content], i) => {
      const path = join(this.folder, `upload-${this.count}-${i}`);
      writeFileSync(path, content);
      return { path, fileName };
    });
    const staged = join(this.folder, `staged-${this.count}`);
    const [first] = parts;
    if (!first) throw new Error('no file');
    const request: ImportRequest = {
      importId: `import-${this.count}`,
      path: first.path,
      fileName: first.fileName,
      parts,
      crs: null,
      transform: null,
      encoding: null,
      table: null,
      mapping: {},
      defaults: {},
      mode: 'append',
      dryRun: true,
      allowPartial: true,
      mappingsPath: join(this.folder, 'mappings.json'),
      ...options,
    };
    try {
      const report = await importFile(request, this.store, staged, () => {});
      const staging = Staging.open(staged);
      try {
        return { report, features: [...staging.accepted()].map(({ feature }) => feature), rejected: [...staging.rejected()] };
      } finally {
        staging.close();
      }
    } finally {
      rmSync(staged, { force: true });
      for (const { path } of parts) rmSync(path, { force: true });
    }
  }

  async close(): Promise<void> {
    await this.store.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
