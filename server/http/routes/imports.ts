import express, { Router } from 'express';
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import * as z from 'zod';
import type { ImportReport } from '../../domain/importReport.ts';
import { isLayerName, layerOf } from '../../domain/layer.ts';
import { Problem } from '../../domain/problem.ts';
import { may } from '../../policy/policy.ts';
import type { ImportJob, ImportOrder } from '../../service/imports.ts';
import type { Context } from '../context.ts';
import { readQuery } from '../query.ts';
import { sendProblem } from '../problems.ts';
import { receive, type Upload } from '../upload.ts';
import { requireRole, type Visitor } from '../session.ts';

const confirmBody = z.strictObject({ allowPartial: z.boolean().optional() });

const flag = z
  .enum(['true', 'false', '1', '0', ''])
  .optional()
  .transform((value) => value === 'true' || value === '1');
const jsonObject = <T extends z.ZodType>(schema: T) =>
  z
    .string()
    .optional()
    .transform((text, context): unknown => {
      if (text === undefined || text.trim() === '') return {};
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue({ code: 'custom', message: 'is not JSON' });
        return z.NEVER;
      }
    })
    .pipe(schema);
const optionalText = z
  .string()
  .optional()
  .transform((text) => (text === undefined || text.trim() === '' ? null : text.trim()));

/** `dx,dy,dz` or `dx,dy,dz,rx,ry,rz,ppm`. */
const datumParameters = optionalText.transform((text, context) => {
  if (text === null) return null;
  const numbers = text.split(/[,;\s]+/).map(Number);
  if ((numbers.length === 3 || numbers.length === 7) && numbers.every(Number.isFinite)) return numbers;
  context.addIssue({ code: 'custom', message: 'is three or seven numbers' });
  return z.NEVER;
});

const parts = z.strictObject({
  layer: z.string(),
  crs: optionalText,
  transform: datumParameters,
  encoding: optionalText,
  table: optionalText,
  mapping: jsonObject(z.record(z.string(), z.string())),
  defaults: jsonObject(z.record(z.string(), z.unknown())),
  mode: z.enum(['append', 'upsert', 'replace']).default('append'),
  dryRun: flag,
  allowPartial: flag,
});

function orderOf(upload: Upload): ImportOrder {
  const parsed = parts.safeParse(Object.fromEntries(upload.fields));
  if (!parsed.success) {
    const errors = parsed.error.issues.map((issue) => ({ pointer: `/${issue.path.join('/')}`, code: issue.code, detail: issue.message }));
    throw new Problem(
      400,
      'bad_import',
      `The import’s parameters do not fit: ${errors
        .map((e) => `${e.pointer} ${e.detail}`)
        .join('; ')
        .slice(0, 300)}.`,
      { errors },
    );
  }
  const { layer, ...rest } = parsed.data;
  if (!isLayerName(layer))
    throw new Problem(400, 'no_such_layer', `There is no layer ${layer.slice(0, 60)}.`, {
      errors: [{ pointer: '/layer', code: 'no_such_layer', detail: 'unknown layer' }],
    });
  if (layerOf(layer).derived) throw new Problem(400, 'derived_layer', `${layer} is made by the rules; import what it comes from.`);
  return { ...rest, layer, path: upload.path, fileName: upload.fileName, parts: upload.parts };
}

export function importRoutes({ service, imports }: Context): Router {
  const router = Router({ strict: true, caseSensitive: true });

  router.post('/api/imports', async (request, response) => {
    const visitor = requireRole(request, 'planner');
    readQuery(request, []);
    const upload = await receive(request, service.folders.uploads, service.settings.uploadLimit);
    let order: ImportOrder;
    try {
      order = orderOf(upload);
      if (!may(visitor.role, 'edit', order.layer)) throw new Problem(403, 'forbidden', `This role does not edit ${order.layer}.`);
    } catch (error) {
      await Promise.all(upload.parts.map(({ path }) => rm(path, { force: true })));
      throw error;
    }
    const job = imports.start(order, visitor.username);
    await service.accounts.audit({
      by: visitor.username,
      role: visitor.role,
      action: 'import',
      subject: `${order.layer} ${order.fileName}`.slice(0, 300),
      count: null,
    });
    const location = `/api/imports/${job.importId}`;
    if (/\brespond-async\b/.test(String(request.headers.prefer ?? ''))) {
      job.done.catch(() => undefined);
      response.status(202).set({ Location: location, 'Preference-Applied': 'respond-async' }).json(stateOf(job));
      return;
    }
    const report = await job.done;
    if (report.stored) response.status(201).set('Location', location).json(report);
    else if (report.dryRun) response.status(200).json(report);
    else sendProblem(response, refusal(report), { ...report });
  });

  router.get('/api/imports/:id', async (request, response) => {
    requireRole(request, 'planner');
    readQuery(request, []);
    const found = await imports.find(request.params.id);
    if (!found) throw new Problem(404, 'no_import', 'There is no such import.');
    response.json('done' in found ? stateOf(found) : { state: found.stored ? 'stored' : 'refused', progress: found.read, ...found });
  });

  router.post('/api/imports/:id/confirm', express.json({ limit: '10kb', inflate: false }), async (request, response) => {
    const visitor = requireRole(request, 'planner');
    readQuery(request, []);
    const body = confirmBody.safeParse(request.body ?? {});
    if (!body.success) throw new Problem(400, 'bad_confirm', 'Send {} or {"allowPartial": true}.');
    const report = await imports.confirm(request.params.id, visitor.username, body.data.allowPartial ?? false);
    const { username, role } = visitor;
    await service.accounts.audit({
      by: username,
      role,
      action: 'import',
      subject: `confirmed ${report.layer} ${report.file}`.slice(0, 300),
      count: report.accepted,
    });
    response.status(201).set('Location', `/api/imports/${report.importId}`).json(report);
  });

  /** The rows on the map, those that were put right as they were and as they are. */
  router.get('/api/imports/:id/preview.geojson', async (request, response) => {
    const visitor = requireRole(request, 'planner');
    const report = await reportOf(request.params.id);
    await audited(visitor, `preview of import ${report.importId}`, report.accepted);
    response.type('application/geo+json');
    createReadStream(imports.preview(report.importId))
      .on('error', () => response.destroy())
      .pipe(response);
  });

  /** The file as it was uploaded. */
  router.get('/api/imports/:id/original', async (request, response) => {
    const visitor = requireRole(request, 'planner');
    const report = await reportOf(request.params.id);
    await audited(visitor, `original of import ${report.importId}`, report.read);
    response.type('application/octet-stream').attachment(report.file);
    createReadStream(imports.original(report.importId))
      .on('error', () => response.destroy())
      .pipe(response);
  });

  async function reportOf(id: string): Promise<ImportReport> {
    const found = await imports.find(id);
    if (!found) throw new Problem(404, 'no_import', 'There is no such import.');
    const report = 'done' in found ? found.report : found;
    if (!report) throw new Problem(409, 'not_done', 'The import has not ended yet, or left no rows behind.');
    return report;
  }

  function audited({ username, role }: Visitor & { username: string }, subject: string, count: number): Promise<void> {
    return service.accounts.audit({ by: username, role, action: 'read', subject, count });
  }

  router.get('/api/imports/:id/rejected.csv', async (request, response) => {
    const visitor = requireRole(request, 'planner');
    readQuery(request, []);
    const report = await reportOf(request.params.id);
    await audited(visitor, `rejected rows of ${report.importId}`, report.rejected);
    response.type('text/csv; charset=utf-8').attachment('rejected.csv');
    createReadStream(imports.rejectedCsv(report.importId))
      .on('error', () => response.destroy())
      .pipe(response);
  });

  router.delete('/api/imports/:id', async (request, response) => {
    const visitor = requireRole(request, 'planner');
    const found = await imports.find(request.params.id);
    if (!found) throw new Problem(404, 'no_import', 'There is no such import.');
    if ('done' in found && found.state === 'running') {
      await found.cancel();
      response.status(204).end();
      return;
    }
    const changes = await service.writer.undoImport(request.params.id, visitor.username);
    await service.follow(changes);
    await imports.markUndone(request.params.id);
    const { username, role } = visitor;
    await service.accounts.audit({ by: username, role, action: 'undo import', subject: request.params.id, count: null });
    response.json({ importId: request.params.id, state: 'undone', revision: changes.revision });
  });

  return router;
}

function stateOf(job: ImportJob) {
  const fault = job.problem
    ? { problem: { status: job.problem.status, code: job.problem.code, detail: job.problem.message, errors: job.problem.errors } }
    : {};
  return { importId: job.importId, state: job.state, phase: job.phase, progress: job.progress, ...fault, ...job.report };
}

/** Why nothing was stored, with the first faults where a client looks for them. */
function refusal(report: ImportReport): Problem {
  const errors = report.issues
    .filter((issue) => issue.severity === 'error')
    .slice(0, 50)
    .map((issue) => ({
      pointer: `row ${issue.row ?? '-'}${issue.field ? `, ${issue.field}` : ''}`,
      code: issue.code,
      detail: issue.message,
    }));
  return new Problem(
    422,
    'rows_rejected',
    `Nothing was stored: ${report.rejected} of ${report.read} rows are at fault. Correct them, or send allowPartial=true to store the other ${report.accepted}.`,
    { errors },
  );
}
