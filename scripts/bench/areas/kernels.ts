// Offsets by our sweep beside GEOS's buffer and PostGIS's: time, how far off the exact distance, whether valid, and whether an
// area shrinks when its margin grows. All in a plane of metres, where the exact distance is the plane's.
import initGeos from 'geos-wasm';
import type { Geometry, Position } from '../../../server/domain/feature.ts';
import { boundsOf } from '../../../server/geo/bounds.ts';
import { polygonsOf } from '../../../server/geo/covers.ts';
import { localFrame, mapPositions } from '../../../server/geo/localFrame.ts';
import { chainsOf } from '../../../server/geo/segment.ts';
import { fromWkb, toWkb } from '../../../server/geo/wkb.ts';
import { loadKernel, quadrantSegments, type GeometryKernel } from '../../../server/zones/kernel/geos.ts';
import { disc, sweep } from '../../../server/zones/kernel/sweep.ts';
import { PostgisMissing, startCluster } from '../../verify/cluster.ts';
import { randomOf } from '../../demo/random.ts';
import { timed } from '../measure.ts';
import type { KernelResult } from '../types.ts';
import { anywhere, logBetween, riverSections } from '../world/landscape.ts';
import { outline } from '../world/outline.ts';

interface Case {
  readonly source: Geometry;
  readonly margin: number;
}

/** One way of making an offset; null where it fails. */
interface Kernel {
  readonly name: string;
  offset(source: Geometry, margin: number): Geometry | null | Promise<Geometry | null>;
}

/** Outlines of 8 to 2,000 vertices and river sections, with margins of 2 m to 1 km. */
function cases(count: number): Case[] {
  const random = randomOf('bench/areas/kernels');
  const rivers = riverSections();
  return Array.from({ length: count }, (_, i) => {
    const ring = () => {
      const [radius, vertices] = [logBetween(random, 30, 2000), Math.round(logBetween(random, 8, 2000))];
      return outline(random, {
        centre: anywhere(random),
        radius,
        vertices,
        roughness: random.between(0.1, 0.5),
        stretch: logBetween(random, 1, 4),
        bend: true,
      });
    };
    const source: Geometry =
      i % 4 === 3 ? { type: 'LineString', coordinates: random.pick(rivers) } : { type: 'Polygon', coordinates: [ring()] };
    const frame = localFrame(boundsOf(source));
    return { source: mapPositions(source, frame.toMetres), margin: logBetween(random, 2, 1000) };
  });
}

interface GeosBuffer {
  Module: {
    _malloc(size: number): number;
    _free(pointer: number): void;
    HEAPU8: Uint8Array;
    getValue(pointer: number, type: 'i32'): number;
  };
  GEOSGeomFromWKB_buf(pointer: number, size: number): number;
  GEOSGeomToWKB_buf(geometry: number, sizePointer: number): number;
  GEOSBuffer(geometry: number, width: number, quadrantSegments: number): number;
  GEOSFree(pointer: number): void;
  GEOSGeom_destroy(geometry: number): void;
}

async function geosBuffer(): Promise<Kernel> {
  const geos = (await initGeos()) as GeosBuffer;
  const { Module } = geos;
  return {
    name: 'GEOS buffer (geos-wasm)',
    offset: (source, margin) => {
      const bytes = toWkb(source);
      const pointer = Module._malloc(bytes.length);
      Module.HEAPU8.set(bytes, pointer);
      const read = geos.GEOSGeomFromWKB_buf(pointer, bytes.length);
      const buffered = geos.GEOSBuffer(read, margin, quadrantSegments(margin));
      Module._free(pointer);
      geos.GEOSGeom_destroy(read);
      if (buffered === 0) return null;
      const sizePointer = Module._malloc(4);
      const written = geos.GEOSGeomToWKB_buf(buffered, sizePointer);
      const area = fromWkb(Module.HEAPU8.slice(written, written + Module.getValue(sizePointer, 'i32')));
      geos.GEOSFree(written);
      Module._free(sizePointer);
      geos.GEOSGeom_destroy(buffered);
      return area;
    },
  };
}

/** Null, and why, where PostGIS is missing. */
async function postgisBuffer(): Promise<{ kernel: Kernel; stop: () => Promise<void> } | string> {
  try {
    const cluster = await startCluster();
    const database = await cluster.database('offsets');
    const offset = async (source: Geometry, margin: number) => {
      const { rows } = await database.query<{ area: Buffer }>({
        name: 'buffer',
        text: `SELECT ST_AsBinary(ST_Buffer(ST_GeomFromWKB($1), $2::float8, 'quad_segs=' || $3::int)) AS area`,
        values: [Buffer.from(toWkb(source)), margin, quadrantSegments(margin)],
      });
      return rows[0] ? fromWkb(rows[0].area) : null;
    };
    return { kernel: { name: 'PostGIS ST_Buffer, over TCP', offset }, stop: () => cluster.stop() };
  } catch (error) {
    if (error instanceof PostgisMissing) return `PostGIS: not run. ${error.message}`;
    throw error;
  }
}

/** @param count of shapes. @returns a row for each kernel, and who did not run */
export async function compareKernels(count: number, withPostgis: boolean): Promise<{ rows: KernelResult[]; absent: string[] }> {
  const ours = await loadKernel();
  const made = cases(count);
  const kernels: Kernel[] = [{ name: 'ours: sweep', offset: (source, margin) => sweep(source, disc(margin), ours) }, await geosBuffer()];
  const postgis = withPostgis ? await postgisBuffer() : null;
  const absent = ['Turf, JSTS: not run. Neither @turf/buffer nor jsts is installed'];
  if (typeof postgis === 'string') absent.push(postgis);
  else if (postgis) kernels.push(postgis.kernel);
  try {
    const rows: KernelResult[] = [];
    for (const kernel of kernels) rows.push(await measured(kernel, made, ours));
    return { rows, absent };
  } finally {
    if (postgis && typeof postgis !== 'string') await postgis.stop();
  }
}

async function measured(kernel: Kernel, made: readonly Case[], judge: GeometryKernel): Promise<KernelResult> {
  for (const { source, margin } of made.slice(0, 5)) await kernel.offset(source, margin);
  const ms: number[] = [];
  let [outwards, inwards, failed, invalid, shrunk] = [0, 0, 0, 0, 0];
  for (const { source, margin } of made) {
    const [time, area] = await timed(() => kernel.offset(source, margin));
    ms.push(time);
    if (!area) {
      failed++;
      continue;
    }
    if (!judge.isValid(area)) invalid++;
    for (const place of placesOn(area)) {
      const off = distanceTo(source, place) - margin;
      outwards = Math.max(outwards, off);
      inwards = Math.max(inwards, -off);
    }
    // by a thousandth, as when a depth is corrected
    const wider = await kernel.offset(source, margin * 1.001);
    const lost = wider ? judge.difference(area, wider) : area;
    if (lost && widthOf(lost) > TENTH_OF_A_MILLIMETRE) shrunk++;
  }
  return { kernel: kernel.name, ms, outwards, inwards, failed, invalid, shrunk };
}

const TENTH_OF_A_MILLIMETRE = 1e-4;
const PLACES = 300;

/** Vertices and middles of edges of an outline, evenly picked. */
function placesOn(area: Geometry): Position[] {
  const all = chainsOf(area).flatMap((ring) =>
    ring.slice(1).flatMap((b, i): Position[] => {
      const a = ring[i] as Position;
      return [b, [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]];
    }),
  );
  // an odd step takes vertices and middles in turn
  const step = Math.floor(all.length / PLACES / 2) * 2 + 1;
  return all.filter((_, i) => i % step === 0);
}

/** Metres in the plane to the lines or rings of the source. */
function distanceTo(source: Geometry, [x, y]: Position): number {
  let best = Infinity;
  for (const chain of chainsOf(source)) {
    for (let i = 1; i < chain.length; i++) {
      const [ax, ay] = chain[i - 1] as Position;
      const [bx, by] = chain[i] as Position;
      const [dx, dy] = [bx - ax, by - ay];
      const length2 = dx * dx + dy * dy;
      const t = length2 === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length2));
      best = Math.min(best, Math.hypot(x - ax - t * dx, y - ay - t * dy));
    }
  }
  return best;
}

/** Metres: the mean width of a sliver, its area by half the length around it. */
function widthOf(area: Geometry): number {
  let [twice, around] = [0, 0];
  for (const rings of polygonsOf(area)) {
    for (const [k, ring] of rings.entries()) {
      const [x0, y0] = ring[0] as Position;
      let of = 0;
      for (let i = 1; i < ring.length; i++) {
        const [ax, ay] = ring[i - 1] as Position;
        const [bx, by] = ring[i] as Position;
        of += (ax - x0) * (by - y0) - (bx - x0) * (ay - y0);
        around += Math.hypot(bx - ax, by - ay);
      }
      twice += k === 0 ? Math.abs(of) : -Math.abs(of);
    }
  }
  return around === 0 ? 0 : twice / around;
}
