// Imports from upload to report. Each file is read by a thread of its own, which ends with it.
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MAX_LISTED_ISSUES, type ImportReport } from '../domain/importReport.ts';
import { Problem } from '../domain/problem.ts';
import type { ImportRequest } from '../ingest/importFile.ts';
import type { ImporterData, ImporterHandlers } from '../workers/importer.worker.ts';
import { connect, type Connection } from '../workers/rpc.ts';
import { workerUrl, type Service } from './service.ts';

export type ImportOrder = Omit<ImportRequest, 'importId'>;

export interface ImportJob {
  readonly importId: string;
  state: 'running' | 'stored' | 'checked' | 'refused' | 'failed' | 'cancelled';
  /** Rows read so far. */
  progress: number;
  report: ImportReport | null;
  problem: Problem | null;
  readonly done: Promise<ImportReport>;
  cancel(): Promise<void>;
}

/** Memory a reading thread may take before it is ended, MiB. */
const READER_MEMORY = 4096;

export class Imports {
  private readonly service: Service;
  private readonly jobs = new Map<string, ImportJob>();

  constructor(service: Service) {
    this.service = service;
  }

  /** Starts an import; the upload is removed when it ends. */
  start(order: ImportOrder, by: string): ImportJob {
    const importId = randomUUID();
    const importer = connect<ImporterHandlers>(workerUrl('importer'), {
      workerData: { storePath: this.service.storePath } satisfies ImporterData,
      name: `import ${importId}`,
      maxOldGenerationSizeMb: READER_MEMORY,
    });
    let cancelled = false;
    const job: ImportJob = {
      importId,
      state: 'running',
      progress: 0,
      report: null,
      problem: null,
      done: Promise.resolve().then(() => this.run({ ...order, importId }, by, importer)),
      cancel: async () => {
        cancelled = true;
        await importer.terminate();
      },
    };
    importer.onEvent((event) => {
      job.progress = (event as { read: number }).read;
    });
    job.done.then(
      (report) => {
        job.report = report;
        job.progress = report.read;
        job.state = report.stored ? 'stored' : report.dryRun ? 'checked' : 'refused';
      },
      (error: unknown) => {
        job.state = cancelled ? 'cancelled' : error instanceof Problem ? 'refused' : 'failed';
        job.problem = error instanceof Problem ? error : new Problem(500, 'import_failed', 'The file could not be read to its end.');
      },
    );
    this.jobs.set(importId, job);
    if (this.jobs.size > 200) this.jobs.delete(this.jobs.keys().next().value ?? '');
    return job;
  }

  /** A job of this run, or the report of an earlier one. */
  async find(importId: string): Promise<ImportJob | ImportReport | null> {
    const job = this.jobs.get(importId);
    if (job) return job;
    if (!/^[0-9a-f-]{36}$/.test(importId)) return null;
    try {
      return JSON.parse(await readFile(join(this.folder(importId), 'report.json'), 'utf8')) as ImportReport;
    } catch {
      return null;
    }
  }

  rejectedCsv(importId: string): string {
    return join(this.folder(importId), 'rejected.csv');
  }

  private folder(importId: string): string {
    return join(this.service.folders.imports, importId);
  }

  private async run(request: ImportRequest, by: string, importer: Connection<ImporterHandlers>): Promise<ImportReport> {
    const { importId, layer, mode, allowPartial, dryRun, fileName } = request;
    const stagingPath = join(this.service.folders.staging, `${importId}.sqlite`);
    try {
      const read = await importer.call.run(request, stagingPath);
      const mayStore = !dryRun && (read.rejected === 0 || allowPartial) && read.accepted > 0;
      const staged = await this.service.writer.commitImport({
        importId,
        stagingPath,
        layer,
        mode,
        allowPartial,
        dryRun: !mayStore,
        by,
        fileName,
      });
      if (staged.changes) await this.service.follow(staged.changes);
      const report = withConflicts(read, staged.conflicts, staged.stored);
      report.revision = staged.changes?.revision ?? null;
      await mkdir(this.folder(importId), { recursive: true, mode: 0o700 });
      await importer.call.writeRejected(stagingPath, staged.conflicts, this.rejectedCsv(importId));
      await writeFile(join(this.folder(importId), 'report.json'), JSON.stringify(report), { mode: 0o600 });
      return report;
    } finally {
      await importer.terminate();
      await Promise.all([rm(stagingPath, { force: true }), rm(request.path, { force: true })]);
    }
  }
}

function withConflicts(report: ImportReport, conflicts: readonly { row: number; id: string }[], stored: boolean): ImportReport {
  const issues = conflicts.slice(0, MAX_LISTED_ISSUES).map(({ row, id }) => ({
    row,
    id,
    field: 'id',
    severity: 'error' as const,
    code: 'id_exists',
    message: `${report.layer} already has the id ${id}; use mode=upsert to change it`,
  }));
  return {
    ...report,
    accepted: report.accepted - conflicts.length,
    rejected: report.rejected + conflicts.length,
    stored,
    issues: [...issues, ...report.issues].slice(0, MAX_LISTED_ISSUES),
    issueCounts: conflicts.length > 0 ? { ...report.issueCounts, id_exists: conflicts.length } : report.issueCounts,
  };
}
