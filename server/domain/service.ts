// What the page asks first: `GET /api/config` and `GET /api/session`.
import type { Words } from './field.ts';
import type { LayerName } from './layer.ts';
import type { Role } from './role.ts';

/** [west, south, east, north] in degrees. */
export type Bounds = [number, number, number, number];

export interface ServiceConfig {
  district: Words;
  /** The data are made up (demo district): said on every screen. */
  synthetic: boolean;
  /** Extent of what this role may see; null with an empty store. */
  bounds: Bounds | null;
  /** A shaded ground picture to lie under the layers, or none. */
  ground: { url: string; bounds: Bounds } | null;
  /** A base map if one is configured (XIANTU_BASEMAP); the page asks no other host without it. */
  basemap: { kind: 'raster'; tiles: string[]; attribution: string } | { kind: 'pmtiles'; url: string; attribution: string } | null;
  /** 审图号, or null where none has been obtained. */
  mapReviewNumber: string | null;
  revision: number;
  /** Latest change of any feature this role may see (RFC 3339), or null. */
  dataDate: string | null;
  /** Layers this role may see, with the number of features. */
  layers: { name: LayerName; count: number }[];
}

export interface SessionAnswer {
  user: { username: string; role: Role } | null;
  csrfToken?: string;
}

/** `GET /api/exposure` without a session: what was last published, rounded and suppressed. */
export interface PublishedFigures {
  publishedAt: string;
  revision: number;
  base: 'resident';
  at: 'night';
  /** Sums of the shown cells only, so that no suppressed cell can be had by subtraction. */
  totals: PublishedFigure;
  byTownship: (PublishedFigure & { code: string; name: string })[];
}

export interface PublishedFigure {
  households: number | null;
  people: number | null;
  vulnerable: number | null;
  schools: number | null;
  students: number | null;
  property: null;
  suppressed?: true;
}
