import { Router } from 'express';
import { createHash } from 'node:crypto';
import { isLayerName, layerOf, type LayerName } from '../../domain/layer.ts';
import { Problem } from '../../domain/problem.ts';
import type { Role } from '../../domain/role.ts';
import { MAX_TILE_ZOOM, TILE_TEXT_FIELDS } from '../../domain/tile.ts';
import { isPersonal, may, visibleFields } from '../../policy/policy.ts';
import { baseUrl, type Context } from '../context.ts';
import { readQuery } from '../query.ts';
import { visitorOf } from '../session.ts';

const CACHE_BYTES = 64 * 1024 * 1024;

/** Tiles by policy class and revision. Requests for one tile while it is made share the making. */
class TileCache {
  private readonly tiles = new Map<string, Promise<Buffer>>();
  private bytes = 0;

  get(key: string, make: () => Promise<Uint8Array>): Promise<Buffer> {
    const known = this.tiles.get(key);
    if (known) return known;
    const made = make().then((bytes) => Buffer.from(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength));
    this.tiles.set(key, made);
    made.then(
      (tile) => {
        this.bytes += tile.length;
        if (this.bytes <= CACHE_BYTES) return;
        this.tiles.clear();
        this.bytes = 0;
      },
      () => this.tiles.delete(key),
    );
    return made;
  }
}

export function tileRoutes({ service }: Context): Router {
  const router = Router({ strict: true, caseSensitive: true });
  const cache = new TileCache();

  /** For a layer that a role may not read, the answer is as for one that does not exist. */
  function readable(role: Role, name: string): LayerName {
    if (!isLayerName(name) || !may(role, 'read', name))
      throw new Problem(404, 'no_such_layer', `There are no tiles of ${name.slice(0, 60)}.`);
    return name;
  }

  router.get('/tiles/:layer/:z/:x/:file', async (request, response) => {
    const { role } = visitorOf(request);
    const layer = readable(role, request.params.layer);
    readQuery(request, []);
    const file = /^(\d{1,8})\.mvt$/.exec(request.params.file);
    const [z, x, y] = [request.params.z, request.params.x, file?.[1]].map((text) =>
      text !== undefined && /^\d{1,8}$/.test(text) ? Number(text) : -1,
    ) as [number, number, number];
    if (z < 0 || z > MAX_TILE_ZOOM || x < 0 || y < 0 || x >= 2 ** z || y >= 2 ** z) {
      throw new Problem(
        404,
        'no_such_tile',
        `Tiles have a zoom of 0 to ${MAX_TILE_ZOOM} and columns and rows within it, written z/x/y.mvt.`,
      );
    }
    const { revision } = service;
    const policy = role === 'public' ? 'public' : 'staff';
    const tile = await cache.get(`${policy} ${revision} ${layer} ${z}/${x}/${y}`, () => service.reader.tile(role, layer, z, x, y));
    const etag = `"${createHash('sha1').update(policy).update(tile).digest('base64url')}"`;
    response.set({
      ETag: etag,
      'Cache-Control': role === 'public' ? 'public, no-cache' : isPersonal(layer) ? 'private, no-store' : 'private, no-cache',
    });
    if (request.headers['if-none-match'] === etag) {
      response.status(304).end();
      return;
    }
    if (tile.length === 0) {
      response.status(204).end();
      return;
    }
    response.type('application/vnd.mapbox-vector-tile').send(tile);
  });

  router.get('/tiles/:file', async (request, response) => {
    const { role } = visitorOf(request);
    const match = /^(.+)\.json$/.exec(request.params.file);
    const layer = readable(role, match?.[1] ?? request.params.file);
    readQuery(request, []);
    const bounds = await service.reader.extent(role, layer);
    const fields = visibleFields(role, layer).filter((field) => field.type === 'code' || TILE_TEXT_FIELDS.includes(field.name));
    response.json({
      tilejson: '3.0.0',
      name: layer,
      description: `${layerOf(layer).zh} ${layerOf(layer).en}`,
      tiles: [`${baseUrl(service, request)}/tiles/${layer}/{z}/{x}/{y}.mvt`],
      minzoom: 0,
      maxzoom: MAX_TILE_ZOOM,
      ...(bounds ? { bounds } : {}),
      vector_layers: [
        {
          id: layer,
          fields: isPersonal(layer)
            ? { id: 'String', n: 'Number', hit: 'Number', certain: 'Number', possible: 'Number' }
            : { id: 'String', ...Object.fromEntries(fields.map((field) => [field.name, field.type === 'number' ? 'Number' : 'String'])) },
        },
      ],
    });
  });

  return router;
}
