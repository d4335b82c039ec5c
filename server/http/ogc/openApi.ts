// The API as OpenAPI 3.0.3: the version that GDAL, QGIS and the OGC test suite read.
import { EXPORT_FORMATS } from '../../export/exportLayer.ts';
import { GEOJSON } from './documents.ts';
import { answer, bytes, CRS, everyone, formatParameter, item, LIST_FILE, operation, parameters, ref, type Json } from './openApiParts.ts';
import { mapWorkPaths } from './openApiMapWork.ts';

export function openApi(base: string): Json {
  const paths: Record<string, Json> = {
    '/ogc': { get: operation('landing', { summary: 'Landing page', who: 'everyone' }) },
    '/ogc/conformance': { get: operation('conformance', { summary: 'Conformance classes', who: 'everyone' }) },
    '/ogc/api': { get: operation('api', { summary: 'This document', who: 'everyone' }) },
    '/ogc/collections': { get: operation('collections', { summary: 'The layers', who: everyone }) },
    '/ogc/collections/{layer}': { get: operation('collection', { summary: 'A layer', who: everyone, parameters: [ref('layer')] }) },
    '/ogc/collections/{layer}/queryables': {
      get: operation('queryables', { summary: 'Its fields', who: everyone, parameters: [ref('layer')] }),
    },
    '/ogc/collections/{layer}/items': {
      get: operation('items', {
        summary: 'Its features',
        who: everyone,
        ok: answer('Features', GEOJSON),
        parameters: [ref('layer'), ref('limit'), ref('bbox'), ref('datetime'), ref('crs'), ref('bboxCrs'), ref('filter')],
      }),
      post: operation('createItem', {
        summary: 'Create a feature',
        who: 'planner',
        status: '201',
        parameters: [ref('layer')],
        body: GEOJSON,
      }),
    },
    '/ogc/collections/{layer}/items/{id}': {
      get: operation('item', { summary: 'A feature', who: everyone, ok: answer('A feature', GEOJSON), parameters: [...item, ref('crs')] }),
      put: operation('replaceItem', { summary: 'Replace a feature', who: 'planner', parameters: [...item, ref('ifMatch')], body: GEOJSON }),
      patch: operation('updateItem', {
        summary: 'Change a feature',
        who: 'planner',
        parameters: [...item, ref('ifMatch')],
        body: 'application/merge-patch+json',
      }),
      delete: operation('deleteItem', { summary: 'Remove a feature to history', who: 'planner', parameters: [...item, ref('ifMatch')] }),
    },
    '/ogc/collections/{layer}/items/{id}/history': {
      get: operation('itemHistory', { summary: 'Every revision of a feature', who: 'analyst', parameters: item }),
    },
    '/tiles/{layer}/{z}/{x}/{y}.mvt': {
      get: operation('tile', {
        summary: 'A vector tile',
        who: everyone,
        ok: bytes('A tile', 'application/vnd.mapbox-vector-tile'),
        parameters: [ref('layer'), ...['z', 'x', 'y'].map((name) => ({ name, in: 'path', required: true, schema: { type: 'integer' } }))],
      }),
    },
    '/tiles/{layer}.json': { get: operation('tileJson', { summary: 'TileJSON', who: everyone, parameters: [ref('layer')] }) },
    '/api/session': {
      get: operation('whoAmI', { summary: 'Who am I', who: 'everyone' }),
      post: operation('signIn', { summary: 'Sign in', who: 'everyone', body: 'application/json' }),
      delete: operation('signOut', { summary: 'Sign out', who: 'everyone', status: '204', ok: { description: 'Signed out' } }),
    },
    '/api/config': { get: operation('config', { summary: 'What the page shows', who: 'everyone' }) },
    '/api/exposure': {
      get: operation('exposure', { summary: 'Totals and breakdowns', who: 'everyone: published figures; analyst: exact' }),
    },
    '/api/exposure/households': {
      get: operation('exposedHouseholds', { summary: 'The households behind a number', who: 'analyst', parameters: LIST_FILE }),
    },
    '/api/exposure/schools': {
      get: operation('exposedSchools', { summary: 'The schools behind a number', who: 'analyst', parameters: LIST_FILE }),
    },
    '/api/exposure/households/{id}': {
      get: operation('whyHousehold', { summary: 'Why a household counts', who: 'analyst', parameters: [ref('id')] }),
    },
    '/api/exposure/schools/{id}': {
      get: operation('whySchool', { summary: 'Why a school counts', who: 'analyst', parameters: [ref('id')] }),
    },
    '/api/exposure/index': {
      get: operation('countingIndex', {
        summary: 'The packed index that the page counts with',
        who: 'analyst',
        ok: bytes('Positions and sums, no ids', 'application/octet-stream'),
      }),
    },
    '/api/exposure/what-if': {
      post: operation('whatIf', { summary: 'What a drawn shape would threaten', who: 'analyst', body: 'application/json' }),
    },
    ...mapWorkPaths(),
    '/api/imports': { post: operation('import', { summary: 'Import a file', who: 'planner', status: '201', body: 'multipart/form-data' }) },
    '/api/imports/{id}': {
      get: operation('importState', { summary: 'State and report of an import', who: 'planner', parameters: [ref('id')] }),
      delete: operation('cancelImport', {
        summary: 'Cancel a running import, or take a stored one back',
        who: 'planner',
        status: '204',
        ok: { description: 'Cancelled' },
        parameters: [ref('id')],
      }),
    },
    '/api/imports/{id}/confirm': {
      post: operation('confirmImport', {
        summary: 'Store what a dry run has read',
        who: 'planner',
        status: '201',
        parameters: [ref('id')],
        body: 'application/json',
      }),
    },
    '/api/imports/{id}/preview.geojson': {
      get: operation('previewImport', {
        summary: 'The rows on the map, mended ones before and after',
        who: 'planner',
        ok: answer('Features', GEOJSON),
        parameters: [ref('id')],
      }),
    },
    '/api/imports/{id}/original': {
      get: operation('originalFile', {
        summary: 'The file as it was uploaded',
        who: 'planner',
        ok: bytes('A file', 'application/octet-stream'),
        parameters: [ref('id')],
      }),
    },
    '/api/imports/{id}/rejected.csv': {
      get: operation('rejectedRows', { summary: 'Rejected rows', who: 'planner', ok: bytes('Rows', 'text/csv'), parameters: [ref('id')] }),
    },
    '/api/exports/{layer}': {
      get: operation('export', {
        summary: 'A whole layer; the header X-Xiantu-Losses counts what the format could not hold',
        who: everyone,
        ok: bytes('A file', 'application/octet-stream'),
        parameters: [ref('layer'), formatParameter(EXPORT_FORMATS, 'geojson'), CRS],
      }),
    },
    '/api/notices/danger-zones/{file}': {
      get: operation('notice', {
        summary: 'The public notice of a danger zone, as {id}.pdf or {id}.docx, in Chinese',
        who: 'analyst',
        ok: bytes('A file to print, stamp and post', 'application/octet-stream'),
        parameters: [
          { name: 'file', in: 'path', required: true, schema: { type: 'string' } },
          {
            name: 'kind',
            in: 'query',
            required: false,
            description: 'revocation for a revoked zone and announcement for every other, unless given',
            schema: { type: 'string', enum: ['announcement', 'revocation'] },
          },
        ],
      }),
    },
    '/api/proposals/hazard-points/{id}': {
      get: operation('proposal', {
        summary: 'The area that the rules propose for a hazard point, to draw from',
        who: 'analyst',
        ok: answer('A feature', GEOJSON),
        parameters: [ref('id')],
      }),
      post: operation('supposedProposal', {
        summary: 'The same with a channel, a body or figures that the register does not have; nothing is stored',
        who: 'analyst',
        ok: answer('A feature', GEOJSON),
        parameters: [ref('id')],
        body: 'application/json',
      }),
    },
    '/api/reports/{name}': {
      get: operation('report', {
        summary: 'A standard report: proximity-checks, subsidence-damage',
        who: 'analyst',
        parameters: [
          { name: 'name', in: 'path', required: true, schema: { type: 'string' } },
          { name: 'format', in: 'query', required: false, schema: { type: 'string', enum: ['json', 'csv', 'xlsx'] } },
        ],
      }),
    },
    '/api/proximity': { get: operation('proximity', { summary: 'Features of one layer within a distance of another’s', who: 'analyst' }) },
    '/api/river-position': { get: operation('riverPosition', { summary: 'Chainage and bank of a position', who: 'analyst' }) },
    '/api/rules': {
      get: operation('rules', { summary: 'The rules in force', who: 'analyst' }),
      put: operation('setRules', {
        summary: 'Put other rules in force; with dryRun=true only tell what would change',
        who: 'admin',
        parameters: [{ name: 'dryRun', in: 'query', required: false, schema: { type: 'boolean' } }],
        body: 'application/json',
      }),
    },
    '/api/rules/history': { get: operation('ruleHistory', { summary: 'Every set of rules that was in force', who: 'analyst' }) },
    '/api/ground.png': {
      get: operation('ground', {
        summary: 'Shaded ground under the map, if there is one',
        who: 'everyone',
        ok: bytes('A picture', 'image/png'),
      }),
    },
    '/basemap/{set}/{z}/{x}/{y}': {
      get: operation('basemap', {
        summary: 'A tile of the configured base map',
        who: 'everyone',
        ok: bytes('A picture', 'image/png'),
        parameters: ['set', 'z', 'x', 'y'].map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
      }),
    },
    '/basemap/base.pmtiles': {
      get: operation('basemapFile', {
        summary: 'The configured base map in one file, to be read by ranges',
        who: 'everyone',
        ok: bytes('The file, or the range asked for (206)', 'application/vnd.pmtiles'),
      }),
    },
    '/api/events': {
      get: operation('events', { summary: 'Server-sent events', who: 'by role', ok: bytes('Events', 'text/event-stream') }),
    },
    '/api/publications': { post: operation('publish', { summary: 'Publish the public figures', who: 'admin', status: '201' }) },
    '/api/accounts': {
      get: operation('accounts', { summary: 'Accounts', who: 'admin' }),
      post: operation('setAccount', { summary: 'Make or change an account', who: 'admin', status: '201', body: 'application/json' }),
    },
    '/api/accounts/{username}': {
      delete: operation('removeAccount', {
        summary: 'Remove an account',
        who: 'admin',
        status: '204',
        ok: { description: 'Removed' },
        parameters: [{ name: 'username', in: 'path', required: true, schema: { type: 'string' } }],
      }),
    },
    '/api/audit': { get: operation('audit', { summary: 'Who did and saw what', who: 'admin' }) },
    '/healthz': { get: operation('health', { summary: 'Alive', who: 'everyone' }) },
    '/readyz': { get: operation('ready', { summary: 'Ready', who: 'everyone' }) },
    '/metrics': {
      get: operation('metrics', { summary: 'Prometheus metrics', who: 'loopback or admin', ok: bytes('Metrics', 'text/plain') }),
    },
  };
  return {
    openapi: '3.0.3',
    info: { title: '险图 Xiantu', version: '0.1.0', description: 'Hazard zones and exposure for a county in flood season.' },
    servers: [{ url: base }],
    paths,
    components: {
      parameters,
      schemas: {
        Problem: {
          type: 'object',
          required: ['type', 'title', 'status', 'detail'],
          properties: {
            type: { type: 'string' },
            title: { type: 'string' },
            status: { type: 'integer' },
            detail: { type: 'string' },
            errors: {
              type: 'array',
              items: { type: 'object', properties: { pointer: { type: 'string' }, code: { type: 'string' }, detail: { type: 'string' } } },
            },
          },
        },
      },
    },
  };
}
