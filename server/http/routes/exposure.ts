import express, { Router, type Request, type Response } from 'express';
import * as z from 'zod';
import { CERTAINTIES, POPULATION_BASES, TIMES_OF_DAY } from '../../domain/figure.ts';
import { isLayerName, ZONE_SOURCE_LAYERS } from '../../domain/layer.ts';
import { Problem } from '../../domain/problem.ts';
import { atLeast } from '../../domain/role.ts';
import type { PublishedFigures } from '../../domain/service.ts';
import type { ExposureFilter } from '../../exposure/filter.ts';
import { crsOfEpsg, type Crs } from '../../geo/crs.ts';
import { checkGeometry } from '../../ingest/geometry/check.ts';
import { PACKED_VERSION } from '../../exposure/packed.ts';
import type { UnitKind } from '../../exposure/unit.ts';
import type { IndexVersion } from '../../views/reader.ts';
import { EXPORT_FORMATS } from '../../export/exportLayer.ts';
import { epsgOf } from '../exportFiles.ts';
import { LIST_FORMATS } from '../../views/exposedList.ts';
import type { Context } from '../context.ts';
import { IndexBodies } from '../indexBody.ts';
import { badValue, many, one, oneOf, readQuery, wholeNumber, type Query } from '../query.ts';
import { requireRole, visitorOf } from '../session.ts';

const FILTERS = ['township', 'village', 'hazard_type', 'layer', 'register', 'grade', 'state', 'zone', 'certainty', 'base', 'at', 'date'];

const CONTENT_TYPES = {
  json: 'application/json',
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  geojson: 'application/geo+json',
} as const;

const WGS84 = crsOfEpsg(4326) as Crs;

const whatIfBody = z.strictObject({
  geometry: z.unknown(),
  radius: z.number().min(0).max(100_000).optional(),
  zone: z.string().optional(),
});

/** Filters of the query. A name of a layer or zone that cannot exist is an error; one that nobody is in is empty. */
export function filterOf(query: Query): ExposureFilter {
  const layers = many(query, 'layer');
  for (const layer of layers) if (!isLayerName(layer)) throw badValue('layer', `There is no layer ${layer.slice(0, 60)}.`);
  const certainty = many(query, 'certainty').map((value) => {
    const found = CERTAINTIES.find((candidate) => candidate === value);
    if (!found) throw badValue('certainty', `certainty is certain or possible, not ${value.slice(0, 60)}.`);
    return found;
  });
  const date = one(query, 'date');
  if (date !== null && (!/^\d{4}-\d{2}-\d{2}$/.test(date) || new Date(`${date}T00:00:00Z`).toJSON()?.slice(0, 10) !== date))
    throw badValue('date', 'date is written as 2026-07-21.');
  return {
    township: many(query, 'township'),
    village: query['village'] ?? [],
    hazard_type: many(query, 'hazard_type'),
    layer: layers,
    register: many(query, 'register'),
    grade: many(query, 'grade'),
    state: many(query, 'state'),
    // ids may hold commas
    zone: query['zone'] ?? [],
    certainty,
    base: oneOf(query, 'base', POPULATION_BASES, 'resident'),
    at: oneOf(query, 'at', TIMES_OF_DAY, 'night'),
    date,
  };
}

/** Zones of which the runs are asked for at once: as many as a page edits together. */
const MOST_ZONES = 50;

/** Names of zones, `layer:id` of their source. @throws Problem 400 for none, too many, or one that cannot exist */
function zonesOf(query: Query): string[] {
  // ids may hold commas
  const zones = [...new Set(query['zone'] ?? [])];
  if (zones.length === 0 || zones.length > MOST_ZONES)
    throw badValue('zone', `Give zone=layer:id, once for each of 1 to ${MOST_ZONES} zones.`);
  for (const zone of zones) {
    if (!ZONE_SOURCE_LAYERS.some((layer) => zone.startsWith(`${layer}:`)))
      throw badValue('zone', `zone is layer:id with a layer of ${ZONE_SOURCE_LAYERS.join(', ')}, not ${zone.slice(0, 120)}.`);
  }
  return zones;
}

const indexTag = ({ revision, order }: IndexVersion): string => `"index-${PACKED_VERSION}-${revision}-${order}"`;

export function exposureRoutes({ service, exportFiles }: Context): Router {
  const indexBodies = new IndexBodies(service);
  const router = Router({ strict: true, caseSensitive: true });

  router.get('/api/exposure', async (request, response) => {
    const { role } = visitorOf(request);
    if (!atLeast(role, 'analyst')) {
      const query = readQuery(request, ['township']);
      if (!service.published)
        throw new Problem(503, 'not_ready', 'No figures have been published yet.', { headers: { 'Retry-After': '5' } });
      response.set('Cache-Control', 'public, no-cache').json(publishedFor(service.published, many(query, 'township')));
      return;
    }
    const bytes = await service.reader.exposure(filterOf(readQuery(request, FILTERS)));
    response.type('application/json').send(Buffer.from(bytes));
  });

  for (const kind of ['households', 'schools'] as const) {
    router.get(`/api/exposure/${kind}`, async (request, response) => {
      const { format, crs } = request.query;
      // a map file, or any file in another system than WGS 84, is an export of those in the list
      if (format === 'gpkg' || format === 'shp' || crs !== undefined) return sendFile(kind, request, response);
      const list = await sendList(kind, request);
      response.type(CONTENT_TYPES[list.format]);
      if (list.format !== 'json') response.attachment(`exposure-${kind}.${list.format}`);
      response.send(Buffer.from(list.bytes));
    });
    router.get(`/api/exposure/${kind}/:id`, async (request, response) => {
      const visitor = requireRole(request, 'analyst');
      readQuery(request, []);
      const { id } = request.params;
      const why = await service.reader.why(kind, id);
      if (!why) throw new Problem(404, 'no_feature', `${kind} has no ${id.slice(0, 120)}.`);
      if (kind === 'households')
        await service.accounts.audit({ by: visitor.username, role: visitor.role, action: 'read', subject: `why ${kind}/${id}`, count: 1 });
      response.json(why);
    });
  }

  router.get('/api/exposure/index', async (request, response) => {
    const visitor = requireRole(request, 'analyst');
    readQuery(request, []);
    // pseudonymous, still personal: it is checked anew each time, and kept by no cache between
    response.set('Cache-Control', 'private, no-cache').set('Vary', 'Cookie, Accept-Encoding');
    const known = request.headers['if-none-match'];
    if (known !== undefined && known === indexTag(await service.reader.indexVersion())) {
      response.status(304).end();
      return;
    }
    const { bytes, encoding, ...version } = await indexBodies.get(request.acceptsEncodings('gzip') === 'gzip');
    await service.accounts.audit({
      by: visitor.username,
      role: visitor.role,
      action: 'read',
      subject: `counting index, revision ${version.revision}`,
      count: null,
    });
    if (encoding) response.set('Content-Encoding', encoding);
    response.set('ETag', indexTag(version)).type('application/octet-stream').send(bytes);
  });

  /** So that the page can take a zone out of the covers of its index, whose revision and order these must be. */
  router.get('/api/exposure/membership', async (request, response) => {
    const visitor = requireRole(request, 'analyst');
    const zones = zonesOf(readQuery(request, ['zone']));
    response.set('Cache-Control', 'private, no-store');
    const { bytes, revision } = await service.reader.memberships(zones);
    await service.accounts.audit({
      by: visitor.username,
      role: visitor.role,
      action: 'read',
      subject: `runs of ${zones.join(' ')}, revision ${revision}`.slice(0, 500),
      count: null,
    });
    response.type('application/json').send(Buffer.from(bytes));
  });

  router.post('/api/exposure/what-if', express.json({ limit: '10mb', inflate: false }), async (request, response) => {
    requireRole(request, 'analyst');
    const filter = filterOf(readQuery(request, ['base', 'at', 'date']));
    const body = whatIfBody.safeParse(request.body);
    if (!body.success)
      throw new Problem(400, 'bad_what_if', 'Send {"geometry": GeoJSON, "radius": metres} or {"zone": "layer:id", "geometry": GeoJSON}.');
    const { geometry, radius, zone } = body.data;
    // facilities take every kind of geometry, so their check is the widest
    const checked = checkGeometry('facilities', geometry, WGS84);
    if ('fault' in checked)
      throw new Problem(422, checked.fault, checked.message, {
        errors: [{ pointer: '/geometry', code: checked.fault, detail: checked.message }],
      });
    if (!checked.geometry)
      throw new Problem(422, 'geometry_missing', 'The shape is empty.', {
        errors: [{ pointer: '/geometry', code: 'geometry_missing', detail: 'empty' }],
      });
    if (checked.geometry.type.endsWith('LineString') && radius === undefined)
      throw new Problem(422, 'radius_missing', 'A line has no inside: give a radius in metres.');
    response.json(await service.reader.whatIf(checked.geometry, radius ?? null, zone ?? null, filter));
  });

  /** The list with every field of its features, in any format and system that layers are exported in. */
  async function sendFile(kind: UnitKind, request: Request, response: Response): Promise<void> {
    const visitor = requireRole(request, 'analyst');
    const query = readQuery(request, [...FILTERS, 'format', 'crs']);
    const format = oneOf(query, 'format', EXPORT_FORMATS, 'geojson');
    const epsg = epsgOf(query);
    const standing = await service.reader.standing(kind, filterOf(query));
    await exportFiles.send(response, { role: visitor.role, layer: kind, format, epsg, standing }, `exposure-${kind}`, async (count) => {
      if (kind !== 'households') return;
      const subject = `list ${request.originalUrl.split('?')[1] ?? ''}`.slice(0, 500);
      await service.accounts.audit({ by: visitor.username, role: visitor.role, action: 'export', subject, count });
    });
  }

  async function sendList(kind: UnitKind, request: Request) {
    const visitor = requireRole(request, 'analyst');
    const query = readQuery(request, [...FILTERS, 'format', 'limit', 'cursor']);
    const format = oneOf(query, 'format', LIST_FORMATS, 'json');
    const limit = one(query, 'limit') === null ? null : wholeNumber(query, 'limit', { least: 1, most: 100_000, fallback: 100 });
    const list = await service.reader.list(kind, filterOf(query), { limit, cursor: one(query, 'cursor'), format });
    if (kind === 'households') {
      await service.accounts.audit({
        by: visitor.username,
        role: visitor.role,
        action: 'read',
        subject: `list ${request.originalUrl.split('?')[1] ?? ''}`.slice(0, 500),
        count: list.count,
      });
    }
    return { ...list, format };
  }

  return router;
}

/** The published figures, of some townships only if asked. Cells are never added up anew from anything finer. */
function publishedFor(published: PublishedFigures, townships: readonly string[]): PublishedFigures {
  if (townships.length === 0) return published;
  const byTownship = published.byTownship.filter((cell) =>
    townships.some((code) => code === cell.code || code.padEnd(12, '0') === cell.code),
  );
  const [only] = byTownship;
  if (byTownship.length !== 1 || !only)
    throw badValue('township', 'Published figures are given for all townships, or for one by its code.');
  const { code: _code, name: _name, ...totals } = only;
  return { ...published, totals, byTownship };
}
