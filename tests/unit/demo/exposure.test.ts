import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Position } from 'geojson';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { generateDemoDistrict } from '../../../scripts/demo/generate.ts';
import { areaOf, distanceTo, insideRings, pointOf, readCsv, readGeojson, readShapefile, ringsOf, toMetres } from './reading.ts';

type Threat = (x: number, y: number) => boolean;

/** Every so many households are asked: enough for a share. */
const EVERY = 8;

const folder = mkdtempSync(join(tmpdir(), 'demo-exposure-'));
beforeAll(() => generateDemoDistrict(folder), 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const near =
  ([px = 0, py = 0]: Position, radius: number): Threat =>
  (x, y) =>
    (x - px) ** 2 + (y - py) ** 2 <= radius ** 2;

function pointThreats(zones: ReturnType<typeof readGeojson>): Threat[] {
  const replaced = new Set(
    zones.features
      .filter(({ properties: p }) => p?.['extent'] === 'risk_extent' && ['confirmed', 'announced'].includes(String(p['status'])))
      .map(({ properties: p }) => p?.['hazard_id']),
  );
  return readCsv(folder, 'hazard-points-geological.csv', 'gb18030').flatMap((row) => {
    if (['疑似', '已核销'].includes(row['状态'] ?? '') || row['灾害类型'] === '高陡边坡' || replaced.has(row['编号'])) return [];
    const size = Math.max(Number(row['长度']), Number(row['宽度']), 2 * Number(row['坡高']));
    return [near([...toMetres([Number(row['经度']), Number(row['纬度'])])], size > 0 ? Math.min(250, size) : 50)];
  });
}

async function subsidenceThreats(): Promise<Threat[]> {
  const cotangent = (degrees: unknown): number => 1 / Math.tan((Number(degrees) * Math.PI) / 180);
  return (await readShapefile(folder, 'subsidence-zones.zip')).map((feature) => {
    const rings = ringsOf(areaOf(feature), (p) => p);
    const { 采深: depth, 松散层厚: loose, 松散移动角: looseAngle, 移动角: angle } = feature.properties ?? {};
    const margin = depth === null ? 0 : loose * cotangent(looseAngle) + (depth - loose) * cotangent(angle);
    return (x, y) => insideRings(x, y, rings) || distanceTo(x, y, rings) <= margin;
  });
}

/** The strip as a plain distance on the side the point lies on: at flat ends a little too much, which a share does not notice. */
async function riverThreats(): Promise<Threat[]> {
  return (await readShapefile(folder, 'river-sections.zip')).flatMap((feature) => {
    if (feature.geometry.type !== 'LineString') return [];
    const line = feature.geometry.coordinates.map(([x = 0, y = 0]) => [x + 38_000_000, y]);
    const { 岸别: bank, 左岸宽度: left, 右岸宽度: right } = feature.properties ?? {};
    return line.slice(1).map((b, index): Threat => {
      const a = line[index] ?? b;
      return (x, y) => {
        const onLeft = ((b[0] ?? 0) - (a[0] ?? 0)) * (y - (a[1] ?? 0)) - ((b[1] ?? 0) - (a[1] ?? 0)) * (x - (a[0] ?? 0)) >= 0;
        const width = onLeft ? (bank === '右岸' ? 0 : Number(left)) : bank === '左岸' ? 0 : Number(right);
        return width > 0 && distanceTo(x, y, [[a, b]]) <= width;
      };
    });
  });
}

test('between two and ten per cent of the households are threatened', { timeout: 60_000 }, async () => {
  const zones = readGeojson(folder, 'danger-zones.geojson');
  const polygons = [
    ...zones.features.filter(
      ({ properties: p }) => p?.['extent'] === 'risk_extent' && ['confirmed', 'announced'].includes(String(p['status'])),
    ),
    ...readGeojson(folder, 'hazard-areas.geojson').features.filter(({ properties: p }) => p?.['kind'] !== 'priority_area'),
  ].map((feature): Threat => {
    const rings = ringsOf(areaOf(feature));
    return (x, y) => insideRings(x, y, rings);
  });
  const threats = [
    ...(await readShapefile(folder, 'hazard-points-flood.zip')).map((feature) => near(pointOf(feature), 15)),
    ...pointThreats(zones),
    ...polygons,
    ...(await subsidenceThreats()),
    ...(await riverThreats()),
  ];
  const asked = readCsv(folder, 'households.csv', 'utf-8').filter((row, index) => index % EVERY === 0 && row['X坐标'] !== '');
  const hit = asked.filter((row) => {
    const x = Number(row['Y坐标']);
    const y = Number(row['X坐标']);
    return threats.some((threat) => threat(x, y));
  });
  const share = hit.length / asked.length;
  expect(share).toBeGreaterThan(0.02);
  expect(share).toBeLessThan(0.1);
});

test('the ledger has about 80,000 households, 120 without a position, 900 without accuracy, and outlines beside it', () => {
  const ledger = readCsv(folder, 'households.csv', 'utf-8');
  const outlines = readGeojson(folder, 'households-footprints.geojson').features;
  expect(ledger.length + outlines.length).toBe(80_000);
  expect(outlines.length).toBeGreaterThan(300);
  expect(ledger.filter((row) => row['X坐标'] === '')).toHaveLength(120);
  expect(ledger.filter((row) => row['X坐标'] !== '' && row['定位精度（米）'] === '')).toHaveLength(900);
  expect(new Set([...ledger.map((row) => row['户号']), ...outlines.map((one) => one.id)]).size).toBe(80_000);
  expect(ledger.every((row) => /^演示户\d+$/.test(row['户主'] ?? '') && /^0000-\d{7}$/.test(row['联系电话'] ?? ''))).toBe(true);
});
