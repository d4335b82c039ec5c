// The few GEOS operations that build areas (union, overlay, make valid), behind plain GeoJSON-like geometries.
// GEOS, because its overlay is robust where JavaScript kernels shrink or lose parts; it runs in workers only.
import initGeos from 'geos-wasm';
import type { Geometry } from '../../domain/feature.ts';
import { fromWkb, toWkb } from '../../geo/wkb.ts';

/** The part of the C API used here; pointers are numbers. */
interface Geos {
  Module: {
    _malloc(size: number): number;
    _free(pointer: number): void;
    HEAPU8: Uint8Array;
    getValue(pointer: number, type: 'i32'): number;
    setValue(pointer: number, value: number, type: 'i32'): void;
  };
  GEOSGeomFromWKB_buf(pointer: number, size: number): number;
  GEOSGeomToWKB_buf(geometry: number, sizePointer: number): number;
  GEOSBufferWithStyle(geometry: number, width: number, quadrantSegments: number, cap: number, join: number, mitreLimit: number): number;
  GEOSUnaryUnionPrec(geometry: number, gridSize: number): number;
  GEOSMakeValid(geometry: number): number;
  GEOSTopologyPreserveSimplify(geometry: number, tolerance: number): number;
  GEOSIntersection(a: number, b: number): number;
  GEOSDifference(a: number, b: number): number;
  GEOSisValid(geometry: number): number;
  GEOSisEmpty(geometry: number): number;
  GEOSGeomTypeId(geometry: number): number;
  GEOSGetNumGeometries(geometry: number): number;
  GEOSGetGeometryN(geometry: number, at: number): number;
  GEOSFree(pointer: number): void;
  GEOSGeom_destroy(geometry: number): void;
}

export interface GeometryKernel {
  /** One area out of many that may overlap; cracks of up to 20 µm between them are closed. */
  union(parts: readonly Geometry[]): Geometry;
  /** Null where the two share no area. */
  intersection(a: Geometry, b: Geometry): Geometry | null;
  /** What of `a` lies outside `b`; null where nothing is left. */
  difference(a: Geometry, b: Geometry): Geometry | null;
  /**
   * The area that the rings enclose: of each part by the even-odd rule, of several parts their union.
   * @throws Error where no part encloses any ground
   */
  makeValid(area: Geometry): Geometry;
  isValid(area: Geometry): boolean;
  /**
   * A line or valid area with fewer vertices, none of them new and no left-out one further from its edge than the tolerance (where
   * a ring begins: than twice the tolerance); rings and parts stay as many as they were. Both in the geometry's own units.
   */
  simplify(geometry: Geometry, tolerance: number): Geometry;
}

/**
 * Segments a quarter circle gets for a sagitta of at most 1 cm: r (1 − cos(θ/2)) ≤ 0.01. A power of two, so that the
 * corners of a smaller circle lie on rays to corners of a larger one: the polygon of a larger radius then holds that of a
 * smaller, and an area never shrinks when its margin grows.
 */
export function quadrantSegments(radius: number): number {
  if (radius <= 0.02) return 4;
  const needed = Math.PI / 2 / (2 * Math.acos(1 - 0.01 / radius));
  return Math.max(4, 2 ** Math.ceil(Math.log2(needed)));
}

/**
 * Metres: corners of a union lie on this grid (degrees: on one as fine). In floating point GEOS 3.13 was seen to lose whole pieces, or to throw, where many
 * edges meet at small angles; on a grid its noding is exact.
 */
const GRID = 1e-6;
/** Metres: pieces that should share an edge lie apart by rounding alone. */
const CRACK = 1e-5;
const POLYGON = 3;
const MULTI_POLYGON = 6;
const FLAT_CAP = 2;
const MITRE_JOIN = 2;

let kernel: Promise<GeometryKernel> | null = null;

/** The kernel, loaded once a thread. */
export function loadKernel(): Promise<GeometryKernel> {
  // GEOS tells of every invalid ring on the console; what it finds is said in reports
  const silent = { noticeHandler: () => undefined, errorHandler: () => undefined };
  kernel ??= initGeos(silent).then((geos) => kernelOn(geos as Geos));
  return kernel;
}

function kernelOn(geos: Geos): GeometryKernel {
  const read = (geometry: Geometry): number => {
    const bytes = toWkb(geometry);
    const pointer = geos.Module._malloc(bytes.length);
    geos.Module.HEAPU8.set(bytes, pointer);
    const handle = geos.GEOSGeomFromWKB_buf(pointer, bytes.length);
    geos.Module._free(pointer);
    if (handle === 0) throw new Error('GEOS could not read a geometry');
    return handle;
  };
  const bytesOf = (handle: number): Uint8Array => {
    const sizePointer = geos.Module._malloc(4);
    const pointer = geos.GEOSGeomToWKB_buf(handle, sizePointer);
    const size = geos.Module.getValue(sizePointer, 'i32');
    const bytes = geos.Module.HEAPU8.slice(pointer, pointer + size);
    geos.GEOSFree(pointer);
    geos.Module._free(sizePointer);
    return bytes;
  };
  /** The areas of a result: an operation on areas may also leave lines and points where they only touch. */
  const areasOf = (handle: number): Geometry[] => {
    if (geos.GEOSisEmpty(handle) === 1) return [];
    const type = geos.GEOSGeomTypeId(handle);
    if (type === POLYGON) return [fromWkb(bytesOf(handle))].filter((one) => one !== null);
    if (type < MULTI_POLYGON) return [];
    return Array.from({ length: geos.GEOSGetNumGeometries(handle) }, (_, i) => areasOf(geos.GEOSGetGeometryN(handle, i))).flat();
  };
  const writeOrNull = (handle: number): Geometry | null => {
    if (handle === 0) throw new Error('GEOS could not build a geometry');
    const parts = areasOf(handle).flatMap(polygons);
    geos.GEOSGeom_destroy(handle);
    const [only] = parts;
    if (only === undefined) return null;
    return parts.length === 1 ? { type: 'Polygon', coordinates: only } : { type: 'MultiPolygon', coordinates: parts };
  };
  const write = (handle: number): Geometry => {
    const geometry = writeOrNull(handle);
    if (!geometry) throw new Error('GEOS built an empty geometry');
    return geometry;
  };
  const apply = (geometry: Geometry, operation: (handle: number) => number): Geometry => {
    const handle = read(geometry);
    const result = operation(handle);
    geos.GEOSGeom_destroy(handle);
    return write(result);
  };
  const together = (a: Geometry, b: Geometry, operation: (a: number, b: number) => number): Geometry | null => {
    const first = read(a);
    const second = read(b);
    const result = operation(first, second);
    geos.GEOSGeom_destroy(first);
    geos.GEOSGeom_destroy(second);
    return writeOrNull(result);
  };
  const valid = (geometry: Geometry): boolean => {
    const handle = read(geometry);
    const answer = geos.GEOSisValid(handle) === 1;
    geos.GEOSGeom_destroy(handle);
    return answer;
  };
  return {
    union: (parts) =>
      apply({ type: 'MultiPolygon', coordinates: parts.flatMap(polygons) }, (handle) => {
        const joined = geos.GEOSUnaryUnionPrec(handle, GRID);
        const wider = geos.GEOSBufferWithStyle(joined, CRACK, 1, FLAT_CAP, MITRE_JOIN, 5);
        const closed = geos.GEOSBufferWithStyle(wider, -CRACK, 1, FLAT_CAP, MITRE_JOIN, 5);
        geos.GEOSGeom_destroy(joined);
        geos.GEOSGeom_destroy(wider);
        return closed;
      }),
    intersection: (a, b) => together(a, b, geos.GEOSIntersection),
    difference: (a, b) => together(a, b, geos.GEOSDifference),
    makeValid: (area) => {
      // part by part, then joined: over all parts at once GEOS would cut out what two of them cover
      const parts = polygons(area).flatMap((rings) => {
        const part: Geometry = { type: 'Polygon', coordinates: rings };
        if (valid(part)) return [rings];
        const handle = read(part);
        const made = geos.GEOSMakeValid(handle);
        geos.GEOSGeom_destroy(handle);
        const sound = writeOrNull(made);
        return sound ? polygons(sound) : [];
      });
      const [only] = parts;
      if (only === undefined) throw new Error('no part encloses any ground');
      if (parts.length === 1) return { type: 'Polygon', coordinates: only };
      const fine = parts.flat(2).every(([x, y]) => Math.abs(x) <= 360 && Math.abs(y) <= 360) ? GRID / 1e5 : GRID;
      return apply({ type: 'MultiPolygon', coordinates: parts }, (handle) => geos.GEOSUnaryUnionPrec(handle, fine));
    },
    isValid: valid,
    simplify: (geometry, tolerance) => {
      const handle = read(geometry);
      const simpler = geos.GEOSTopologyPreserveSimplify(handle, tolerance);
      geos.GEOSGeom_destroy(handle);
      if (simpler === 0) throw new Error('GEOS could not simplify a geometry');
      const result = fromWkb(bytesOf(simpler));
      geos.GEOSGeom_destroy(simpler);
      if (!result) throw new Error('GEOS simplified a geometry to nothing');
      return result;
    },
  };
}

function polygons(geometry: Geometry) {
  if (geometry.type === 'Polygon') return [geometry.coordinates];
  if (geometry.type === 'MultiPolygon') return geometry.coordinates;
  return [];
}
