// Imports from upload to report. Each file is read by a thread of its own, which ends with it.
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MAX_LISTED_ISSUES, type ImportReport } from '../domain/importReport.ts';
import { Problem } from '../domain/problem.ts';
import type { Conflict } from '../changes/importCommit.ts';
import type { ImportRequest } from '../ingest/importFile.ts';
import { worded } from '../ingest/issueCollector.ts';
import { rememberMapping } from '../ingest/rememberedMappings.ts';
import type { ImporterData, ImporterHandlers } from '../workers/importer.worker.ts';
import { connect, type Connection } from '../workers/rpc.ts';
import type { Service } from './service.ts';
import { workerUrl } from './workerUrl.ts';

export type ImportOrder = Omit<ImportRequest, 'importId' | 'mappingsPath'>;

export interface ImportJob {
  readonly importId: string;
  state: 'running' | 'stored' | 'undone' | 'checked' | 'refused' | 'failed' | 'cancelled';
  phase: 'reading' | 'storing' | 'done';
  /** Rows read, or stored, so far. */
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
  private readonly held = new Map<string, Staged & { timer: NodeJS.Timeout }>();

  constructor(service: Service) {
    this.service = service;
    service.onStoring(({ importId, stored }) => {
      const job = this.jobs.get(importId);
      // a dry run that is being confirmed has ended as a job already
      if (job && job.state !== 'cancelled' && job.state !== 'failed') Object.assign(job, { phase: 'storing', progress: stored });
    });
    void this.forgetOld();
  }

  /** Uploads hold personal data: they are kept for a month and no longer. */
  private async forgetOld(): Promise<void> {
    const { imports } = this.service.folders;
    for (const name of await readdir(imports).catch(() => [])) {
      const path = join(imports, name);
      const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
      if (Date.now() - mtimeMs > KEPT_DAYS * 86_400_000 && name !== 'mappings.json') await rm(path, { recursive: true, force: true });
    }
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
      phase: 'reading',
      progress: 0,
      report: null,
      problem: null,
      done: Promise.resolve().then(() => this.run({ ...order, importId, mappingsPath: this.mappingsPath }, by, importer)),
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
        job.phase = 'done';
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

  preview(importId: string): string {
    return join(this.folder(importId), 'preview.geojson');
  }

  /** The file as it was uploaded. */
  original(importId: string): string {
    return join(this.folder(importId), 'original');
  }

  rejectedCsv(importId: string): string {
    return join(this.folder(importId), 'rejected.csv');
  }

  private folder(importId: string): string {
    return join(this.service.folders.imports, importId);
  }

  private get mappingsPath(): string {
    return join(this.service.folders.imports, 'mappings.json');
  }

  private async run(request: ImportRequest, by: string, importer: Connection<ImporterHandlers>): Promise<ImportReport> {
    const { importId, allowPartial, dryRun } = request;
    const stagingPath = join(this.service.folders.staging, `${importId}.sqlite`);
    const folder = this.folder(importId);
    let held = false;
    try {
      const read = await importer.call.run(request, stagingPath);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const mayStore = !dryRun && (read.rejected === 0 || allowPartial) && read.accepted > 0;
      const { report, staged } = await this.commit({ request, by, stagingPath, read, allowPartial, store: mayStore });
      await importer.call.writeRejected(stagingPath, staged.conflicts, this.rejectedCsv(importId));
      await importer.call.writePreview(stagingPath, this.preview(importId));
      if (!report.stored && report.accepted > 0) {
        held = true;
        report.confirmBy = this.hold({ request, by, stagingPath, read });
      }
      await writeFile(join(folder, 'report.json'), JSON.stringify(report), { mode: 0o600 });
      for (const { path, fileName } of request.parts ?? [{ path: request.path, fileName: request.fileName }])
        await rename(path, path === request.path ? this.original(importId) : join(folder, `original.${fileName.split('.').pop()}`));
      return report;
    } finally {
      await importer.end();
      const uploads = [{ path: request.path }, ...(request.parts ?? [])];
      await Promise.all([held ? null : rm(stagingPath, { force: true }), ...uploads.map(({ path }) => rm(path, { force: true }))]);
    }
  }

  /** Stores staged rows, or only looks what storing them would do. */
  private async commit({ request, by, stagingPath, read, allowPartial, store }: Staged & { allowPartial: boolean; store: boolean }) {
    const { importId, layer, mode, fileName, mapping } = request;
    const staged = await this.service.writer.commitImport({
      importId,
      stagingPath,
      layer,
      mode,
      allowPartial,
      dryRun: !store,
      by,
      fileName,
    });
    if (staged.changes) await this.service.follow(staged.changes);
    if (staged.stored && Object.keys(mapping).length > 0) rememberMapping(this.mappingsPath, read.headerKey, mapping);
    const report = withConflicts(read, staged.conflicts, staged.stored);
    report.revision = staged.changes?.revision ?? null;
    report.changes = staged.summary;
    return { report, staged };
  }

  /** Keeps staged rows for a while, until someone confirms them. @returns until when */
  private hold(staged: Staged): string {
    const { importId } = staged.request;
    const timer = setTimeout(() => this.letGo(importId), HELD_MS);
    timer.unref();
    this.held.set(importId, { ...staged, timer });
    for (const [oldest] of this.held) {
      if (this.held.size <= MOST_HELD) break;
      this.letGo(oldest);
    }
    return new Date(Date.now() + HELD_MS).toISOString();
  }

  private letGo(importId: string): void {
    const staged = this.held.get(importId);
    if (!staged) return;
    clearTimeout(staged.timer);
    this.held.delete(importId);
    void rm(staged.stagingPath, { force: true });
  }

  /**
   * Stores what a dry run, or a refused import, has read.
   * @throws Problem 404 for an import that is not held (any more), 409 while rows are at fault and may not be left out
   */
  async confirm(importId: string, by: string, allowPartial: boolean): Promise<ImportReport> {
    const staged = this.held.get(importId);
    if (!staged)
      throw new Problem(
        404,
        'not_held',
        'There is nothing to confirm: the import was stored, or its rows were kept for half an hour only. Upload the file again.',
      );
    if (staged.read.rejected > 0 && !allowPartial)
      throw new Problem(
        409,
        'rows_rejected',
        `${staged.read.rejected} rows are at fault. Correct the file, or send {"allowPartial": true} to store the other ${staged.read.accepted}.`,
      );
    const { report, staged: result } = await this.commit({ ...staged, by, allowPartial, store: true });
    if (!report.stored)
      throw new Problem(409, 'conflicts', `${result.conflicts.length} rows conflict with what is stored. Look at the report again.`);
    report.dryRun = false;
    await writeFile(join(this.folder(importId), 'report.json'), JSON.stringify(report), { mode: 0o600 });
    const job = this.jobs.get(importId);
    if (job) Object.assign(job, { report, state: 'stored', phase: 'done', progress: report.read });
    this.letGo(importId);
    return report;
  }

  /** What was stored has been taken back: the report says so from now on. */
  async markUndone(importId: string): Promise<void> {
    const job = this.jobs.get(importId);
    if (job) Object.assign(job, { state: 'undone', report: job.report && { ...job.report, stored: false } });
    const path = join(this.folder(importId), 'report.json');
    const report = await readFile(path, 'utf8').catch(() => null);
    if (report !== null) await writeFile(path, JSON.stringify({ ...(JSON.parse(report) as ImportReport), stored: false }), { mode: 0o600 });
  }
}

/** Rows that were read, and have not been stored. */
interface Staged {
  readonly request: ImportRequest;
  readonly by: string;
  readonly stagingPath: string;
  readonly read: ImportReport;
}

const HELD_MS = 30 * 60_000;
const MOST_HELD = 20;
/** Originals, reports and rejected rows are kept so long. */
const KEPT_DAYS = 30;

function withConflicts(report: ImportReport, conflicts: readonly Conflict[], stored: boolean): ImportReport {
  const issues = conflicts
    .slice(0, MAX_LISTED_ISSUES)
    .map(({ row, id, code, message }) =>
      worded({ row, id, field: code === 'id_exists' ? 'id' : 'status', severity: 'error', code, message }),
    );
  const counts = Object.fromEntries(
    (['id_exists', 'lifecycle'] as const)
      .map((code) => [code, conflicts.filter((one) => one.code === code).length] as const)
      .filter(([, n]) => n > 0),
  );
  return {
    ...report,
    accepted: report.accepted - conflicts.length,
    rejected: report.rejected + conflicts.length,
    stored,
    issues: [...issues, ...report.issues].slice(0, MAX_LISTED_ISSUES),
    issueCounts: { ...report.issueCounts, ...counts },
  };
}
