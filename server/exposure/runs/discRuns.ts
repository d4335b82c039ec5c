// Positions within a distance of a point, on the ellipsoid. In each strip there is a span of longitudes that is out for
// sure, and one that is in for sure; what lies between is measured, first by a metric of the point's own latitude, then,
// where that could err, by the rule itself.
import { metresPerDegree, SEMI_MAJOR } from '../../geo/ellipsoid.ts';
import type { FlatShape } from '../flatShape.ts';
import { lowerBound, stripAt, upperBound, type Sheet } from '../units/sheet.ts';
import type { Positions } from '../units/positions.ts';
import type { RunBuffer } from './runList.ts';
import { judge } from './single.ts';

type Disc = Extract<FlatShape, { kind: 'disc' }>;

/** Metres and degrees beyond which the local metric is not trusted and every position near by is measured. */
const LARGEST = 100_000;
const NORTHERNMOST = 85;
/** Metres: the kernel leaves to the rule whatever lies this near to a limit, however small the disc. */
const CLOSE = 3e-6;
const RADIANS = Math.PI / 180;
/** First eccentricity squared of WGS 84. */
const E2 = 0.0066943799901413165;

/**
 * Adds the positions of a sheet within the disc to `runs`, and those on its edge or whose reach meets the edge to `near`.
 * @param shift degrees added to the sheet's longitudes before they are compared: 0, 360 or -360
 */
export function discRuns(positions: Positions, sheet: Sheet, disc: Disc, shift: number, runs: RunBuffer, near: number[]): void {
  const { lon, lat, accuracy } = positions;
  const { radius } = disc;
  const { reach } = sheet;
  const most = radius + reach;
  const one = (position: number) => {
    const relation = judge(positions, disc, position);
    if (relation?.inside) runs.push(position, position + 1);
    if (relation?.possible) near.push(position);
  };
  const rows = (most * 1.001 + 0.01) / metresPerDegree(0).y;
  const low = Math.max(0, stripAt(sheet, disc.lat - rows));
  const high = Math.min(sheet.strips - 1, stripAt(sheet, disc.lat + rows));
  if (most > LARGEST || Math.abs(disc.lat) + rows > NORTHERNMOST) {
    for (let strip = low; strip <= high; strip++) {
      const end = sheet.starts[strip + 1] as number;
      for (let position = (sheet.starts[strip] as number) + 1; position < end; position++) one(position);
    }
    return;
  }
  const scale = metresPerDegree(disc.lat);
  const sine = Math.sin(disc.lat * RADIANS);
  const cosine = Math.cos(disc.lat * RADIANS);
  // metres per degree at the mid-latitude of centre and position, to the first order of their difference in degrees
  const dx = (-scale.y * sine * RADIANS) / 2;
  const dy = (scale.y * 3 * E2 * sine * cosine * RADIANS) / (1 - E2 * sine * sine) / 2;
  const turn = most / SEMI_MAJOR;
  const error = (8 * turn * turn) / (cosine * cosine) + 1e-9;
  const doubt = most * error + CLOSE;
  const surelyIn = (radius - doubt) * Math.max(0, radius - doubt);
  const surelyOut = (radius + doubt) * (radius + doubt);
  const outer = most + doubt;
  const inner = radius - reach - doubt;
  const height = (degrees: number) => degrees * (scale.y + dy * degrees);

  for (let strip = low; strip <= high; strip++) {
    const start = (sheet.starts[strip] as number) + 1;
    const end = sheet.starts[strip + 1] as number;
    if (start >= end) continue;
    const south = sheet.south + strip * sheet.height - 1e-12 - disc.lat;
    const north = south + sheet.height + 2e-12;
    const nearest = south > 0 ? height(south) : north < 0 ? -height(north) : 0;
    if (nearest >= outer) continue;
    const narrow = Math.min(scale.x + dx * south, scale.x + dx * north) * (1 - error);
    const half = Math.sqrt(outer * outer - nearest * nearest) / narrow;
    const from = lowerBound(lon, start, end, disc.lon - half - shift);
    const to = upperBound(lon, from, end, disc.lon + half - shift);
    if (from === to) continue;
    let bulkFrom = to;
    let bulkTo = to;
    const farthest = Math.max(-height(south), height(north));
    if (inner > farthest) {
      const wide = Math.max(scale.x + dx * south, scale.x + dx * north) * (1 + error);
      const sure = Math.sqrt(inner * inner - farthest * farthest) / wide;
      bulkFrom = lowerBound(lon, from, to, disc.lon - sure - shift);
      bulkTo = upperBound(lon, bulkFrom, to, disc.lon + sure - shift);
    }
    for (let position = from; position < to; position++) {
      if (position === bulkFrom && bulkFrom < bulkTo) {
        runs.push(bulkFrom, bulkTo);
        position = bulkTo - 1;
        continue;
      }
      const degrees = (lat[position] as number) - disc.lat;
      const x = ((lon[position] as number) + shift - disc.lon) * (scale.x + dx * degrees);
      const y = degrees * (scale.y + dy * degrees);
      const square = x * x + y * y;
      if (reach === 0) {
        if (square <= surelyIn) runs.push(position, position + 1);
        else if (square <= surelyOut) one(position);
        continue;
      }
      if (sheet.hasFootprints && positions.footprints.has(position)) {
        one(position);
        continue;
      }
      const distance = Math.sqrt(square);
      const off = Math.abs(distance - radius);
      const own = accuracy?.[position] ?? 0;
      if (off <= doubt || Math.abs(off - own) <= doubt) {
        one(position);
        continue;
      }
      if (distance < radius) runs.push(position, position + 1);
      if (off < own) near.push(position);
    }
  }
}
