// The base map, if one is configured. Tianditu's key stays on the server: the page asks this service for its tiles.
import { Router } from 'express';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { Problem } from '../domain/problem.ts';
import type { ServiceConfig } from '../domain/service.ts';
import { PMTILES, type Settings } from '../service/settings.ts';
import type { Context } from './context.ts';
import { readQuery } from './query.ts';

const TIANDITU = { vec: 'vec_w', cva: 'cva_w' } as const;
const FILE_PATH = '/basemap/base.pmtiles';
const TIMEOUT_MS = 10_000;

export function basemapConfig(settings: Settings): ServiceConfig['basemap'] {
  const { basemap, basemapAttribution: attribution } = settings;
  if (basemap === null) return null;
  if (basemap.startsWith(PMTILES)) return { kind: 'pmtiles', url: FILE_PATH, attribution };
  const sets = basemap === 'tianditu' ? Object.keys(TIANDITU) : ['xyz'];
  return { kind: 'raster', tiles: sets.map((set) => `/basemap/${set}/{z}/{x}/{y}`), attribution };
}

/** Only the configured host is ever asked; nothing a visitor sends becomes part of the host. */
export function basemapRoutes({ service }: Context): Router {
  const router = Router({ strict: true, caseSensitive: true });
  const { basemap, tiandituKey } = service.settings;

  router.get('/basemap/:set/:z/:x/:y', async (request, response, next) => {
    const { set, z, x, y } = request.params;
    if (![z, x, y].every((text) => /^\d{1,8}$/.test(text))) return next();
    const url = tileUrl(set, z, x, y);
    if (url === null) return next();
    let upstream: globalThis.Response;
    try {
      upstream = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error' });
    } catch (cause) {
      throw new Problem(502, 'basemap_unreachable', 'The base map does not answer.', { cause });
    }
    const type = upstream.headers.get('content-type') ?? '';
    if (!upstream.ok || !type.startsWith('image/') || !upstream.body)
      throw new Problem(502, 'basemap_refused', 'The base map refused the tile.');
    response.set({ 'Content-Type': type, 'Cache-Control': 'public, max-age=86400' });
    Readable.fromWeb(upstream.body as ReadableStream).pipe(response);
  });

  /** The whole file, by ranges: the page asks for the parts it draws. */
  router.get(FILE_PATH, async (request, response, next) => {
    readQuery(request, []);
    if (!basemap?.startsWith(PMTILES)) return next();
    const path = basemap.slice(PMTILES.length);
    const file = await stat(path).catch(() => null);
    if (!file) throw new Problem(404, 'no_basemap', 'The base map is not there any more.');
    response.set({
      'Content-Type': 'application/vnd.pmtiles',
      'Cache-Control': 'public, max-age=86400',
      // a page that reads parts must see when they are of another file
      ETag: `"${Math.trunc(file.mtimeMs)}-${file.size}"`,
    });
    response.sendFile(path, { cacheControl: false, dotfiles: 'allow' }, (error) => {
      if (error && !response.headersSent) next(error);
    });
  });

  function tileUrl(set: string, z: string, x: string, y: string): string | null {
    if (basemap?.startsWith('xyz:') && set === 'xyz') {
      return basemap.slice('xyz:'.length).replaceAll('{z}', z).replaceAll('{x}', x).replaceAll('{y}', y);
    }
    if (basemap === 'tianditu' && (set === 'vec' || set === 'cva')) {
      const query = new URLSearchParams({ T: TIANDITU[set], x, y, l: z, tk: tiandituKey ?? '' });
      return `https://t${Number(x) % 8}.tianditu.gov.cn/DataServer?${query}`;
    }
    return null;
  }

  return router;
}
