import { Router, type Response } from 'express';
import { isLayerName, type LayerName } from '../../domain/layer.ts';
import { Problem } from '../../domain/problem.ts';
import { PROXIMITY_MEASURES } from '../../domain/rules.ts';
import { isPersonal, may } from '../../policy/policy.ts';
import type { NamedCheck } from '../../reports/proximityReport.ts';
import { REPORT_FORMATS, type ReportFormat } from '../../reports/report.ts';
import type { Context } from '../context.ts';
import { badValue, many, one, oneOf, readQuery, type Query } from '../query.ts';
import { requireRole, type Visitor } from '../session.ts';

const REPORTS = ['proximity-checks', 'subsidence-damage'] as const;
type ReportName = (typeof REPORTS)[number];

const CONTENT_TYPES: Readonly<Record<ReportFormat, string>> = {
  json: 'application/json',
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

export function reportRoutes({ service }: Context): Router {
  const router = Router({ strict: true, caseSensitive: true });

  router.get('/api/reports/:name', async (request, response) => {
    const visitor = requireRole(request, 'analyst');
    const format = oneOf(readQuery(request, ['format']), 'format', REPORT_FORMATS, 'json');
    const name = REPORTS.find((one) => one === request.params.name);
    if (!name)
      throw new Problem(404, 'no_such_report', `There is no report ${request.params.name.slice(0, 60)}; there are ${REPORTS.join(', ')}.`);
    const report = await readReport(name, format);
    // houses by address, graded one by one
    if (name === 'subsidence-damage') await audit(visitor, name, report.count);
    send(response, report.bytes, format, name);
  });

  /** One check that somebody puts together: any layer against any other. */
  router.get('/api/proximity', async (request, response) => {
    const visitor = requireRole(request, 'analyst');
    const query = readQuery(request, ['subject', 'kind', 'from', 'measure', 'distance', 'within_county', 'format']);
    const format = oneOf(query, 'format', REPORT_FORMATS, 'json');
    const asked = checkOf(query, visitor);
    const report = await service.reader.proximity(asked, format);
    if (isPersonal(asked.check.subject)) await audit(visitor, `proximity ${request.originalUrl.split('?')[1] ?? ''}`, report.count);
    send(response, report.bytes, format, 'proximity');
  });

  router.get('/api/river-position', async (request, response) => {
    requireRole(request, 'analyst');
    const query = readQuery(request, ['lon', 'lat']);
    const [lon, lat] = [degrees(query, 'lon', 180), degrees(query, 'lat', 90)];
    response.json({ positions: await service.reader.riverPositions([lon, lat]) });
  });

  function readReport(name: ReportName, format: ReportFormat) {
    return name === 'proximity-checks' ? service.reader.proximity(null, format) : service.reader.subsidenceDamage(format);
  }

  function audit(visitor: Visitor & { username: string }, subject: string, count: number): Promise<void> {
    return service.accounts.audit({
      by: visitor.username,
      role: visitor.role,
      action: 'read',
      subject: `report ${subject}`.slice(0, 500),
      count,
    });
  }

  return router;
}

function send(response: Response, bytes: Uint8Array, format: ReportFormat, name: string): void {
  response.type(CONTENT_TYPES[format]);
  if (format !== 'json') response.attachment(`${name}.${format}`);
  response.send(Buffer.from(bytes));
}

function checkOf(query: Query, visitor: Visitor): NamedCheck {
  const measure = oneOf(query, 'measure', PROXIMITY_MEASURES, 'geometry');
  const from = layerNamed(query, 'from', visitor);
  if (measure !== 'geometry' && from !== 'river-sections')
    throw badValue('measure', `${measure} is of river sections; measure from the geometry of ${from}.`);
  const distance = Number(one(query, 'distance'));
  if (one(query, 'distance') === null || !(distance >= 0 && distance <= 100_000))
    throw badValue('distance', 'distance is a number of metres from 0 to 100000.');
  return {
    id: 'asked',
    zh: '所问距离检查',
    en: 'The check asked for',
    standard: null,
    check: {
      subject: layerNamed(query, 'subject', visitor),
      kinds: many(query, 'kind'),
      from,
      measure,
      distance,
      within_county: oneOf(query, 'within_county', ['true', 'false'], 'false') === 'true',
    },
  };
}

function layerNamed(query: Query, name: string, { role }: Visitor): LayerName {
  const value = one(query, name);
  if (value === null || !isLayerName(value) || !may(role, 'read', value)) throw badValue(name, `${name} is the name of a layer.`);
  return value;
}

function degrees(query: Query, name: string, most: number): number {
  const text = one(query, name);
  const value = Number(text);
  if (text === null || text.trim() === '' || !(Math.abs(value) <= most))
    throw badValue(name, `${name} is a number of degrees within ±${most}.`);
  return value;
}
