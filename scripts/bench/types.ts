// What the bench hands to the engine and to its peers, and what each hands back. Times are in milliseconds.
import type { Geometry } from '../../server/domain/feature.ts';
import type { LayerName } from '../../server/domain/layer.ts';
import type { Bounds } from '../../server/domain/service.ts';
import type { CountingShape } from '../../server/geo/shape.ts';

/** Located rows in columns; row i stands for `ids(i)`. Degrees, WGS 84. */
interface Places {
  readonly ids: (index: number) => string;
  readonly lon: Float64Array;
  readonly lat: Float64Array;
}

export interface Households extends Places {
  readonly people: Uint8Array;
  readonly vulnerable: Uint8Array;
}

export interface Schools extends Places {
  readonly students: Uint16Array;
}

export interface BenchZone {
  readonly name: string;
  readonly layer: LayerName;
  /** disc (points), margin around a LineString (river sections) or area (polygons) */
  readonly shape: CountingShape;
}

/** One zone in a new place. */
export interface Move {
  /** Index in `World.zones`. */
  readonly zone: number;
  readonly name: string;
  readonly shape: CountingShape;
}

export interface TileAddress {
  readonly z: number;
  readonly x: number;
  readonly y: number;
}

export type Polygon = Extract<Geometry, { type: 'Polygon' }>;

/** A made-up district: the same for the same number of households. Its zones do not depend on that number. */
export interface World extends Households {
  readonly bounds: Bounds;
  readonly schools: Schools;
  readonly zones: readonly BenchZone[];
  /** Areas as a hand would draw them, of 4 to 5,000 vertices. */
  drawnPolygons(count: number, seed?: string): Polygon[];
  moves(count: number): Move[];
  /** Tiles that hold a household, in a random order: at most `count`. */
  tiles(count: number, zoom?: number): TileAddress[];
}

export interface ZoneCount {
  readonly name: string;
  readonly households: number;
  readonly people: number;
}

/** Each household and school once, however many zones it lies in. */
export interface Totals {
  readonly households: number;
  readonly people: number;
  readonly vulnerable: number;
  readonly schools: number;
}

export interface Job {
  /** One entry a run or a request. */
  readonly ms: readonly number[];
}

/** How often each job runs. */
export interface Plan {
  readonly runs: number;
  /** The polygons of the what-if job, the moves and the tiles: the same for all. */
  readonly drawn: readonly Polygon[];
  readonly moves: readonly Move[];
  readonly tiles: readonly TileAddress[];
}

export interface EngineResult {
  readonly buildMs: number;
  readonly bytesPerUnit: readonly { readonly part: string; readonly bytes: number }[];
  /** Bytes of the copy that goes to the page. */
  readonly packedBytes: number;
  /** The reference job: all zones against all units, figures by zone and once-counted totals. */
  readonly reference: readonly (Job & { readonly threads: number })[];
  readonly byZone: readonly ZoneCount[];
  readonly totals: Totals;
  /** (zone, household) pairs, schools left out. */
  readonly pairs: number;
  /** Indices in `World.zones` and `World.ids`. */
  pairList(): Iterable<readonly [zone: number, household: number]>;
  readonly drawn: Job;
  /** Households in each drawn polygon. */
  readonly drawnFigures: readonly number[];
  readonly move: Job;
  /** `count`: household features in all tiles. */
  readonly tiles: Job & { readonly count: number };
  /** Putting in changed units, where that is measured. */
  readonly rebuild?: Job;
}

export interface EngineOptions extends Plan {
  readonly threads: readonly number[];
}

/** `scripts/bench/engine.ts` exports this as `runEngine`. */
export type RunEngine = (world: World, options: EngineOptions) => Promise<EngineResult>;

/** (zone, household) pairs as ascending keys: see `pairKey`. */
export type PairKeys = Float64Array;

/** One way in which a peer did the reference job. */
export interface PeerReference extends Job {
  /** e.g. `serial` or `tree of points` */
  readonly way: string;
  readonly byZone: readonly ZoneCount[];
  readonly totals: Totals;
  /** null where this way does not give them out. */
  readonly pairs: PairKeys | null;
  /** Why its answer differs from the oracle, where it does. */
  readonly cause: string;
}

/** One way in which a peer counted the households in drawn polygons. */
export interface PeerDrawn extends Job {
  readonly way: string;
  /** Households in each. */
  readonly figures: readonly number[];
}

export interface PeerResult {
  /** e.g. `PostGIS` */
  readonly peer: string;
  readonly versions: Readonly<Record<string, string>>;
  /** Work done once and not counted in the times: what, and its milliseconds. */
  readonly preparation: readonly { readonly what: string; readonly ms: number }[];
  readonly reference: readonly PeerReference[];
  readonly drawn: readonly PeerDrawn[];
  readonly tiles: (Job & { readonly count: number }) | null;
  readonly notes: readonly string[];
}

/** All areas of a store derived anew and stored, as one revision. */
export interface Rebuild {
  readonly what: string;
  readonly sources: number;
  /** Areas that threaten, and areas that are only shown. */
  readonly areas: number;
  readonly shown: number;
  readonly ms: number;
}

/** Threatened areas derived one by one and not stored: one entry a zone. */
export interface LayerTimes extends Job {
  readonly layer: string;
}

/** How a kernel offsets, in a plane of metres. */
export interface KernelResult extends Job {
  readonly kernel: string;
  /** Metres by which its outlines lie farthest beyond the exact offset, and farthest within it. */
  readonly outwards: number;
  readonly inwards: number;
  /** Shapes without an answer, with an invalid one, with an area that lacks something when the margin grows. */
  readonly failed: number;
  readonly invalid: number;
  readonly shrunk: number;
}

export interface AreasResult {
  readonly rebuilds: readonly Rebuild[];
  readonly layers: readonly LayerTimes[];
  /** Ours first. */
  readonly rows: readonly KernelResult[];
  readonly absent: readonly string[];
}

/** One program over one file. */
export interface Run {
  readonly ms: number;
  /** Megabytes held at most; null where the system does not tell. */
  readonly peak: number | null;
}

export interface ImportTimes {
  readonly format: string;
  readonly rows: number;
  readonly megabytes: number;
  readonly ours: Run;
  /** Null where GDAL is not installed. */
  readonly gdal: Run | null;
}

/** Counts of drawn shapes over the page's index. */
export interface DraftTimes extends Job {
  /** Of each shape. */
  readonly vertices: number;
  /** Median of those inside. */
  readonly households: number;
  /** `off`: shapes of which Turf has other figures. Null where it was not asked. */
  readonly turf: (Job & { readonly off: number }) | null;
}

/** The index that the page counts with. */
export interface PageIndexTimes {
  readonly households: number;
  readonly bytes: number;
  /** As the service sends it; NaN where it is compressed on the way and its length not told. */
  readonly sentBytes: number;
  readonly packMs: number;
  readonly fetchMs: number;
  readonly unpackMs: number;
  /** What it would be, were it compressed. */
  readonly compressed: readonly { readonly how: string; readonly bytes: number; readonly ms: number }[];
  readonly drafts: readonly DraftTimes[];
}

/** A peer that is not installed: the line that would install it. */
export class PeerMissing extends Error {}
