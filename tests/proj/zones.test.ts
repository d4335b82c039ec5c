// Every Gauss-Krüger zone of CGCS2000, there and back, against PROJ: 10,000 random positions a zone.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { cgcs2000Zone, crsOfEpsg, type Crs } from '../../server/geo/crs.ts';
import { oldSystemOfEpsg, oldToLonLat } from '../../server/geo/oldDatum.ts';
import { fromShifted, toShifted } from '../../server/geo/shiftedDatum.ts';
import type { Position } from '../../server/domain/feature.ts';
import { seeded } from '../support/postgis.ts';

const CS2CS = '/usr/bin/cs2cs';
const missing = !existsSync(CS2CS) && process.env['CI'] !== 'true';
const POSITIONS = 10_000;

const ZONES = Array.from({ length: 64 }, (_, i) => 4491 + i);

/** PROJ's answer for lines of two numbers; EPSG axes in and out. */
function proj(from: string, to: string, lines: readonly string[]): number[][] {
  const { stdout, status, stderr } = spawnSync(CS2CS, ['-f', '%.10f', from, to], {
    input: `${lines.join('\n')}\n`,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(stderr);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
}

test.skipIf(missing)('all 64 zones agree with PROJ within a millimetre both ways', { timeout: 300_000 }, () => {
  let worst = 0;
  let worstBack = 0;
  for (const epsg of ZONES) {
    const zone = cgcs2000Zone(epsg);
    const crs = crsOfEpsg(epsg) as Crs;
    if (!zone) throw new Error(`EPSG:${epsg} is no zone`);
    const random = seeded(epsg);
    const places = Array.from({ length: POSITIONS }, (): Position => [zone.meridian + (random() - 0.5) * zone.width, 16 + random() * 38]);
    // EPSG puts the latitude and the northing first
    const grid = proj(
      'EPSG:4490',
      `EPSG:${epsg}`,
      places.map(([lon, lat]) => `${lat} ${lon}`),
    );
    const back = proj(
      `EPSG:${epsg}`,
      'EPSG:4490',
      grid.map(([north, east]) => `${north} ${east}`),
    );
    places.forEach((place, i) => {
      const [east, north] = crs.fromLonLat(place);
      worst = Math.max(worst, Math.hypot(north - (grid[i]?.[0] ?? Number.NaN), east - (grid[i]?.[1] ?? Number.NaN)));
      const [lon, lat] = crs.toLonLat([grid[i]?.[1] as number, grid[i]?.[0] as number]);
      worstBack = Math.max(
        worstBack,
        Math.hypot((lat - (back[i]?.[0] ?? Number.NaN)) * 111_320, (lon - (back[i]?.[1] ?? Number.NaN)) * 111_320),
      );
    });
  }
  process.stdout.write(
    `${ZONES.length} zones, ${POSITIONS} positions each: at most ${worst.toExponential(1)} m off PROJ, ${worstBack.toExponential(1)} m back\n`,
  );
  expect(worst).toBeLessThan(0.001);
  expect(worstBack).toBeLessThan(0.001);
});

test('the anchor of the demo district lies where it must in every form of its zone, both ways', () => {
  const place: Position = [113.559066, 37.870085];
  const forms: readonly (readonly [epsg: number, easting: number])[] = [
    [4526, 38_461_203.36],
    [4547, 461_203.36],
  ];
  for (const [epsg, easting] of forms) {
    const crs = crsOfEpsg(epsg) as Crs;
    const [east, north] = crs.fromLonLat(place);
    expect(Math.hypot(east - easting, north - 4_193_169.71)).toBeLessThan(0.01);
    const [lon, lat] = crs.toLonLat([easting, 4_193_169.71]);
    expect(Math.hypot((lon - place[0]) * 87_900, (lat - place[1]) * 111_000)).toBeLessThan(0.01);
  }
});

test('web-map shifts: the published vector, and back', () => {
  const [lon, lat] = toShifted('GCJ-02', [116.404, 39.915]);
  expect(lon).toBeCloseTo(116.41024449916938, 10);
  expect(lat).toBeCloseTo(39.91640428150164, 10);
  const place: Position = [113.559066, 37.870085];
  for (const datum of ['GCJ-02', 'BD-09'] as const) {
    const back = fromShifted(datum, toShifted(datum, place));
    expect(Math.hypot(back[0] - place[0], back[1] - place[1])).toBeLessThan(2e-6);
  }
});

test.skipIf(missing)('an older datum by seven given parameters agrees with PROJ', () => {
  const parameters = [15.8, -154.4, -82.3, 0.5, -1.2, 2.3, 0.22];
  const system = oldSystemOfEpsg(2414);
  if (!system) throw new Error('EPSG:2414 is Beijing 1954 zone 38');
  const convert = oldToLonLat(system, parameters);
  const source = `+proj=tmerc +lat_0=0 +lon_0=114 +k=1 +x_0=38500000 +y_0=0 +ellps=krass +towgs84=${parameters.join(',')} +units=m`;
  const places: Position[] = [
    [38_461_000, 4_193_000],
    [38_520_000, 2_500_000],
  ];
  const answers = proj(
    source,
    '+proj=longlat +ellps=GRS80 +towgs84=0,0,0',
    places.map(([x, y]) => `${x} ${y}`),
  );
  places.forEach((place, i) => {
    const [lon, lat] = convert(place);
    expect(Math.hypot(lon - (answers[i]?.[0] as number), lat - (answers[i]?.[1] as number))).toBeLessThan(1e-8);
  });
});
