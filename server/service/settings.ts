// How the service is started: the variables of the contract, checked once.
import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { pmtilesAttribution } from './pmtiles.ts';

export interface Settings {
  readonly port: number;
  readonly host: string;
  readonly dataFolder: string;
  readonly demo: boolean;
  readonly demoPassword: string | null;
  readonly publicUrl: string | null;
  readonly trustProxy: number;
  /** Requests a minute; null: off; undefined: sensible by role. */
  readonly rateLimit: number | null | undefined;
  /** `tianditu`, `xyz:URL` or `pmtiles:PATH` (absolute). */
  readonly basemap: string | null;
  readonly basemapAttribution: string;
  readonly tiandituKey: string | null;
  readonly mapReviewNumber: string | null;
  /** Bytes that one upload may have. */
  readonly uploadLimit: number;
}

/** How a base map in one file is named. */
export const PMTILES = 'pmtiles:';

export class SettingsError extends Error {}

const ROOT = resolve(import.meta.dirname, '../..');

export const PATHS = {
  root: ROOT,
  rules: join(ROOT, 'data/rules'),
  page: join(ROOT, 'web/dist'),
} as const;

/** @throws SettingsError in one line, for a person at a terminal */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  if (env['DATABASE_URL']) {
    throw new SettingsError('DATABASE_URL is set, but the PostGIS store is not built yet: unset it to use the embedded store.');
  }
  const rate = env['XIANTU_RATE_LIMIT'];
  return {
    port: whole(env, 'PORT', 3000),
    host: env['HOST'] ?? '127.0.0.1',
    dataFolder: resolve(env['XIANTU_DATA'] ?? join(ROOT, 'data/local')),
    demo: env['XIANTU_DEMO'] !== 'off',
    demoPassword: env['XIANTU_DEMO_PASSWORD'] ?? null,
    publicUrl: publicUrl(env['XIANTU_PUBLIC_URL']),
    trustProxy: whole(env, 'XIANTU_TRUST_PROXY', 0),
    rateLimit: rate === undefined ? undefined : rate === 'off' ? null : whole(env, 'XIANTU_RATE_LIMIT', 0),
    ...basemap(env['XIANTU_BASEMAP']),
    tiandituKey: env['XIANTU_TIANDITU_KEY'] ?? null,
    mapReviewNumber: env['XIANTU_MAP_REVIEW_NUMBER'] ?? null,
    uploadLimit: whole(env, 'XIANTU_UPLOAD_LIMIT', 1024 * 1024 * 1024),
  };
}

function whole(env: Readonly<Record<string, string | undefined>>, name: string, fallback: number): number {
  const text = env[name];
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new SettingsError(`${name} must be a whole number, not ${text}.`);
  return value;
}

function publicUrl(text: string | undefined): string | null {
  if (!text) return null;
  try {
    return new URL(text).origin;
  } catch {
    throw new SettingsError(`XIANTU_PUBLIC_URL must be an address such as https://xiantu.example.cn, not ${text}.`);
  }
}

function basemap(text: string | undefined): Pick<Settings, 'basemap' | 'basemapAttribution'> {
  if (!text || text === 'none') return { basemap: null, basemapAttribution: '' };
  if (text === 'tianditu') return { basemap: text, basemapAttribution: '天地图' };
  if (text.startsWith('xyz:')) return { basemap: text, basemapAttribution: '' };
  if (!text.startsWith(PMTILES)) throw new SettingsError(`XIANTU_BASEMAP must be none, tianditu, xyz:URL or pmtiles:PATH, not ${text}.`);
  const path = resolve(text.slice(PMTILES.length));
  try {
    return { basemap: PMTILES + path, basemapAttribution: pmtilesAttribution(path) };
  } catch (error) {
    throw new SettingsError(`XIANTU_BASEMAP: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** A password that can be read out over the telephone. */
export function randomPassword(): string {
  return randomBytes(9).toString('base64url');
}
