import express, { Router, type Request, type Response } from 'express';
import type { Edit } from '../../changes/writer.ts';
import { assertNotEmpty, validateFeature, validatePatch, validateProperties } from '../../changes/validateFeature.ts';
import type { PropertyValue } from '../../domain/feature.ts';
import type { LayerName } from '../../domain/layer.ts';
import { Problem } from '../../domain/problem.ts';
import type { Bounds } from '../../domain/service.ts';
import { crsOfEpsg } from '../../geo/crs.ts';
import { checkGeometry } from '../../ingest/geometry/check.ts';
import { isPersonal, readableLayers } from '../../policy/policy.ts';
import { baseUrl, type Context } from '../context.ts';
import { editableLayer, readableLayer } from '../layers.ts';
import { etagOf, ifMatch } from '../preconditions.ts';
import { one, readQuery } from '../query.ts';
import { requireRole, visitorOf, type Visitor } from '../session.ts';
import { collection, collections, conformance, CRS84, GEOJSON, landingPage, OPENAPI_TYPE, queryables, SCHEMA_JSON } from './documents.ts';
import { allowedParameters, crsChoice, itemsRequest } from './itemsQuery.ts';
import { openApi } from './openApi.ts';

/** GDAL and browsers add `f=json`; it says nothing new. */
const FORMAT = ['f'];
const BODY_LIMIT = '10mb';

export function ogcRoutes({ service }: Context): Router {
  const router = Router({ strict: true, caseSensitive: true });
  const body = express.json({
    limit: BODY_LIMIT,
    inflate: false,
    type: ['application/json', 'application/geo+json', 'application/merge-patch+json'],
    reviver: withoutPrototype,
  });

  router.get('/ogc', (request, response) => {
    readQuery(request, FORMAT);
    response.json(landingPage(baseUrl(service, request)));
  });
  router.get('/ogc/conformance', (request, response) => {
    readQuery(request, FORMAT);
    response.json(conformance());
  });
  router.get('/ogc/api', (request, response) => {
    readQuery(request, FORMAT);
    response.set('Content-Type', OPENAPI_TYPE).send(JSON.stringify(openApi(baseUrl(service, request))));
  });
  router.get('/ogc/collections', async (request, response) => {
    readQuery(request, FORMAT);
    const { role } = visitorOf(request);
    const bounds = new Map<LayerName, Bounds | null>();
    for (const layer of readableLayers(role)) bounds.set(layer, await service.reader.extent(role, layer));
    response.json(collections(baseUrl(service, request), role, bounds));
  });
  router.get('/ogc/collections/:layer', async (request, response) => {
    readQuery(request, FORMAT);
    const { layer, role } = readableLayer(request);
    response.json(collection(baseUrl(service, request), role, layer, await service.reader.extent(role, layer)));
  });
  router.get('/ogc/collections/:layer/queryables', (request, response) => {
    readQuery(request, FORMAT);
    const { layer, role } = readableLayer(request);
    response.set('Content-Type', SCHEMA_JSON).send(JSON.stringify(queryables(baseUrl(service, request), role, layer)));
  });

  router.get('/ogc/collections/:layer/items', async (request, response) => {
    const { layer, role, visitor } = readableLayer(request);
    const query = readQuery(request, allowedParameters(role, layer));
    const items = itemsRequest(role, layer, query);
    const page = await service.reader.items(items);
    await auditRead(visitor, layer, `items ${request.originalUrl.split('?')[1] ?? ''}`, page.returned);
    const self = `${baseUrl(service, request)}${request.originalUrl}`;
    const links = [
      { href: self, rel: 'self', type: GEOJSON },
      ...(page.next === null ? [] : [{ href: withAfter(self, page.next), rel: 'next', type: GEOJSON }]),
      { href: `${baseUrl(service, request)}/ogc/collections/${layer}`, rel: 'collection', type: 'application/json' },
    ];
    const head = JSON.stringify({
      type: 'FeatureCollection',
      timeStamp: new Date().toISOString(),
      numberMatched: page.matched,
      numberReturned: page.returned,
      links,
    });
    response.set({ 'Content-Type': GEOJSON, 'Content-Crs': `<${items.crsUri}>` });
    // the features are bytes already: this thread parses and writes none of them
    response.send(Buffer.concat([Buffer.from(`${head.slice(0, -1)},"features":[`), page.features, Buffer.from(']}')]));
  });

  router.get('/ogc/collections/:layer/items/:id', async (request, response) => {
    const { layer, role, visitor } = readableLayer(request);
    const crs = crsChoice(one(readQuery(request, [...FORMAT, 'crs']), 'crs'), 'crs');
    const found = await service.reader.item(role, layer, request.params.id, crs.epsg, crs.northFirst);
    if (!found) throw noFeature(layer, request.params.id);
    await auditRead(visitor, layer, `item ${request.params.id}`, 1);
    const self = `${baseUrl(service, request)}${request.originalUrl}`;
    const links = [
      { href: self, rel: 'self', type: GEOJSON },
      { href: `${baseUrl(service, request)}/ogc/collections/${layer}`, rel: 'collection', type: 'application/json' },
    ];
    response.set({ 'Content-Type': GEOJSON, 'Content-Crs': `<${crs.uri}>`, ETag: etagOf(found.revision, role) });
    response.send(JSON.stringify({ ...found.feature, links }));
  });

  router.get('/ogc/collections/:layer/items/:id/history', async (request, response) => {
    const { layer, visitor } = readableLayer(request);
    requireRole(request, 'analyst');
    readQuery(request, FORMAT);
    const revisions = await service.reader.history(layer, request.params.id);
    if (revisions.length === 0) throw noFeature(layer, request.params.id);
    await auditRead(visitor, layer, `history of ${request.params.id}`, 1);
    response.json({
      id: request.params.id,
      revisions: revisions.map((now, i) => ({
        revision: now.revision,
        at: now.at,
        by: now.by,
        reason: now.reason,
        operation: now.operation,
        changes:
          now.operation === 'changed'
            ? differences(revisions[i - 1]?.properties ?? {}, now.properties, revisions[i - 1]?.geometry, now.geometry)
            : [],
        properties: now.properties,
        geometry: now.geometry,
      })),
    });
  });

  router.post('/ogc/collections/:layer/items', body, async (request, response) => {
    const { layer, editor } = editableLayer(request);
    const feature = validateFeature(layer, jsonBody(request), contentCrs(request));
    assertNotEmpty(layer, feature);
    const result = await service.edit({ kind: 'create', layer, ...feature }, editor);
    response.set('Location', `${baseUrl(service, request)}/ogc/collections/${layer}/items/${encodeURIComponent(result.id)}`);
    await sendChange(request, response, 201, result.id, result.changes.revision);
  });

  router.put('/ogc/collections/:layer/items/:id', body, async (request, response) => {
    const { layer, editor } = editableLayer(request);
    const feature = validateFeature(layer, jsonBody(request), contentCrs(request));
    if (feature.id !== null && feature.id !== request.params.id)
      throw new Problem(400, 'id_differs', 'The id of the body is not the id of the path.');
    assertNotEmpty(layer, feature);
    await change(
      request,
      response,
      {
        kind: 'replace',
        layer,
        id: request.params.id,
        ifRevisions: ifMatch(request),
        geometry: feature.geometry,
        properties: feature.properties,
      },
      editor,
    );
  });

  router.patch('/ogc/collections/:layer/items/:id', body, async (request, response) => {
    const { layer, editor } = editableLayer(request);
    const patch = validatePatch(jsonBody(request), request.params.id);
    const properties = validateProperties(layer, patch.properties ?? {});
    const edit: Edit = { kind: 'patch', layer, id: request.params.id, ifRevisions: ifMatch(request), properties };
    if ('geometry' in patch) {
      const checked = checkGeometry(layer, patch.geometry, contentCrs(request));
      if ('fault' in checked)
        throw new Problem(422, checked.fault, checked.message, {
          errors: [{ pointer: '/geometry', code: checked.fault, detail: checked.message }],
        });
      if (checked.geometry === null && layer !== 'households')
        throw new Problem(422, 'geometry_missing', `A feature of ${layer} needs a geometry.`);
      edit.geometry = checked.geometry;
    }
    await change(request, response, edit, editor);
  });

  router.delete('/ogc/collections/:layer/items/:id', async (request, response) => {
    const { layer, editor } = editableLayer(request);
    await change(request, response, { kind: 'remove', layer, id: request.params.id, ifRevisions: ifMatch(request) }, editor);
  });

  async function change(request: Request, response: Response, edit: Edit, editor: { by: string; reason: string | null }): Promise<void> {
    const result = await service.edit(edit, editor);
    await sendChange(request, response, 200, result.id, result.changes.revision);
  }

  async function sendChange(request: Request, response: Response, status: number, id: string, revision: number): Promise<void> {
    const { role, username } = visitorOf(request);
    await service.accounts.audit({
      by: username ?? '',
      role,
      action: request.method.toLowerCase(),
      subject: `${String(request.params['layer'])}/${id}`.slice(0, 300),
      count: 1,
    });
    response.status(status).set('ETag', etagOf(revision, role)).json({ id, revision });
  }

  async function auditRead(visitor: Visitor, layer: LayerName, subject: string, count: number): Promise<void> {
    if (!isPersonal(layer) || visitor.username === null) return;
    await service.accounts.audit({
      by: visitor.username,
      role: visitor.role,
      action: 'read',
      subject: `${layer} ${subject}`.slice(0, 500),
      count,
    });
  }

  return router;
}

function noFeature(layer: LayerName, id: string): Problem {
  return new Problem(404, 'no_feature', `${layer} has no feature ${id.slice(0, 120)}.`);
}

function jsonBody(request: Request): unknown {
  if (request.body === undefined) throw new Problem(415, 'json_only', 'Send the feature as application/geo+json.');
  return request.body as unknown;
}

function contentCrs(request: Request) {
  const header = request.headers['content-crs'];
  const uri = typeof header === 'string' ? header.trim().replace(/^<|>$/g, '') : CRS84;
  const choice = crsChoice(uri, 'Content-Crs');
  const crs = crsOfEpsg(choice.epsg);
  if (!crs) throw new Problem(400, 'bad_value', 'Content-Crs names no known system.');
  if (!choice.northFirst) return crs;
  return { ...crs, toLonLat: ([n, e]: readonly [number, number]) => crs.toLonLat([e, n]) };
}

function withAfter(self: string, after: number): string {
  const url = new URL(self);
  url.searchParams.set('after', String(after));
  return url.href;
}

function differences(
  before: Readonly<Record<string, PropertyValue>>,
  after: Readonly<Record<string, PropertyValue>>,
  geometryBefore: unknown,
  geometryAfter: unknown,
) {
  const bookkeeping = new Set(['revision', 'updated_at', 'updated_by']);
  const changes: { field: string; from: unknown; to: unknown }[] = [];
  for (const field of Object.keys(after)) {
    if (bookkeeping.has(field)) continue;
    if (JSON.stringify(before[field] ?? null) !== JSON.stringify(after[field] ?? null))
      changes.push({ field, from: before[field] ?? null, to: after[field] ?? null });
  }
  if (JSON.stringify(geometryBefore) !== JSON.stringify(geometryAfter))
    changes.push({ field: 'geometry', from: geometryBefore, to: geometryAfter });
  return changes;
}

/** JSON may carry names that JavaScript gives a meaning to; they are dropped at the door. */
function withoutPrototype(this: unknown, key: string, value: unknown): unknown {
  return key === '__proto__' || key === 'constructor' || key === 'prototype' ? undefined : value;
}
