// The corners of a zone as a notice lists them: numbered through all rings, in degrees and in the local 3° zone (pure).
//
// Order and start are those of the stored ring, so that J7 of the notice is the seventh position of the GeoJSON.
import type { Geometry, Position, Ring } from '../domain/feature.ts';
import { Problem } from '../domain/problem.ts';
import { geodesicArea } from '../geo/area.ts';
import { boundsOf } from '../geo/bounds.ts';
import { polygonsOf } from '../geo/covers.ts';
import { crsOfEpsg, nearestZone, type Crs } from '../geo/crs.ts';

/** The CGCS2000 3° Gauss-Krüger zone that a notice is written in. */
export interface LocalZone {
  readonly zone: number;
  /** Degrees east. */
  readonly meridian: number;
  /** EPSG number of the zone with prefixed eastings. */
  readonly epsg: number;
  readonly crs: Crs;
}

export interface Corner {
  /** 1 for J1. */
  readonly number: number;
  readonly position: Position;
  /** Metres in the local zone: x is the northing, y the easting with its zone prefix, as Chinese surveyors name them. */
  readonly x: number;
  readonly y: number;
}

/** A ring without its closing vertex. */
export interface CornerRing {
  /** 外边界, or 第2部分内环1（不属于危险区）. */
  readonly name: string;
  /** From 1. */
  readonly part: number;
  /** From 1; null for the outer ring. */
  readonly hole: number | null;
  readonly corners: readonly Corner[];
}

/** The size of a part or of all, on the ellipsoid: m², and metres of all its rings. */
export interface Extent {
  readonly name: string;
  readonly area: number;
  readonly perimeter: number;
}

/** More than this is a mistake of digitising, not a boundary that somebody walks. */
export const MOST_CORNERS = 50_000;

/** The 3° zone whose meridian is nearest to the centre of the box. @throws Problem 422 outside the Chinese zones */
export function localZoneOf(geometry: Geometry): LocalZone {
  const [west, , east] = boundsOf(geometry);
  const zone = nearestZone((west + east) / 2);
  const epsg = 4488 + zone;
  const crs = zone >= 25 && zone <= 45 ? crsOfEpsg(epsg) : null;
  if (!crs) {
    throw new Problem(
      422,
      'outside_local_zones',
      '危险区不在 CGCS2000 高斯-克吕格 3° 分带（25 至 45 带）之内，公告无法列出平面坐标：请核对其经纬度。' +
        ' The zone lies outside the CGCS2000 3° zones (25 to 45), so no plane coordinates can be listed: check its longitude.',
    );
  }
  return { zone, meridian: 3 * zone, epsg, crs };
}

/** Every vertex of every ring, numbered through. @throws Problem 422 above {@link MOST_CORNERS} */
export function cornerRings(geometry: Geometry, zone: LocalZone): CornerRing[] {
  const polygons = polygonsOf(geometry);
  const total = polygons.flat().reduce((sum, ring) => sum + opened(ring).length, 0);
  if (total > MOST_CORNERS) {
    throw new Problem(
      422,
      'too_many_corners',
      `危险区有 ${total} 个拐点，公告最多列 ${MOST_CORNERS} 个：请先简化边界，或导出图层。` +
        ` The zone has ${total} corners, a notice lists at most ${MOST_CORNERS}: simplify the boundary, or export the layer.`,
    );
  }
  let number = 0;
  return polygons.flatMap((rings, part) =>
    rings.map((ring, at): CornerRing => {
      const prefix = polygons.length > 1 ? `第${part + 1}部分` : '';
      return {
        name: at === 0 ? `${prefix}外边界` : `${prefix}内环${at}（环内不属于危险区）`,
        part: part + 1,
        hole: at === 0 ? null : at,
        corners: opened(ring).map((position) => {
          const [y, x] = zone.crs.fromLonLat(position);
          return { number: ++number, position, x, y };
        }),
      };
    }),
  );
}

/** The ring without the vertex that closes it. */
export function opened(ring: Ring): Ring {
  const first = ring[0];
  const last = ring.at(-1);
  return first && last && ring.length > 1 && first[0] === last[0] && first[1] === last[1] ? ring.slice(0, -1) : ring;
}

/** Area and perimeter of each part, and of all of them. */
export function extentsOf(geometry: Geometry): { parts: Extent[]; all: Extent } {
  const parts = polygonsOf(geometry).map((rings, at) => ({
    name: `第${at + 1}部分`,
    ...geodesicArea({ type: 'Polygon', coordinates: rings }),
  }));
  const sum = (of: 'area' | 'perimeter') => parts.reduce((total, part) => total + part[of], 0);
  return { parts, all: { name: '合计', area: sum('area'), perimeter: sum('perimeter') } };
}

/** Degrees with seven decimals, about a centimetre. */
export function decimalDegrees(degrees: number): string {
  return degrees.toFixed(7);
}

/** Degrees, minutes and seconds with four decimals (3 mm): 113°33′32.6376″. Rounded once, so no second is ever 60. */
export function degreesMinutesSeconds(degrees: number): string {
  const units = Math.round(Math.abs(degrees) * 36_000_000);
  const seconds = (units % 600_000) / 10_000;
  const minutes = Math.floor(units / 600_000) % 60;
  const whole = Math.floor(units / 36_000_000);
  return `${degrees < 0 ? '-' : ''}${whole}°${String(minutes).padStart(2, '0')}′${seconds.toFixed(4).padStart(7, '0')}″`;
}

/** The cells of a corner's line, in the order of {@link CORNER_COLUMNS}. */
export function cornerCells({ number, position, x, y }: Corner): readonly string[] {
  const [lon, lat] = position;
  return [
    `J${number}`,
    decimalDegrees(lon),
    decimalDegrees(lat),
    degreesMinutesSeconds(lon),
    degreesMinutesSeconds(lat),
    x.toFixed(2),
    y.toFixed(2),
  ];
}

/** Heads of the corner table with their share of its width. */
export const CORNER_COLUMNS = [
  { title: '点号', share: 44 },
  { title: '经度（°）', share: 64 },
  { title: '纬度（°）', share: 60 },
  { title: '经度（度分秒）', share: 76 },
  { title: '纬度（度分秒）', share: 74 },
  { title: 'X 北坐标（m）', share: 63 },
  { title: 'Y 东坐标（m）', share: 67 },
] as const;
