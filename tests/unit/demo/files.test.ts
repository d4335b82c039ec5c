import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generateDemoDistrict, type DemoManifest } from '../../../scripts/demo/generate.ts';
import {
  areaOf,
  distanceTo,
  fingerprints,
  insideRings,
  pointOf,
  readCsv,
  readGeojson,
  readShapefile,
  ringsOf,
  toLonLat,
  toMetres,
} from './reading.ts';

const PUBLISHED: Readonly<Record<string, number>> = {
  '140303001000': 41,
  '140303003000': 238,
  '140303004000': 2482,
  '140303005000': 286,
  '140303006000': 46,
  '140303007000': 139,
};
const CRACKED = ['56', '57', '58', '60', '61', '62', '76', '81', '94', '96'];

const folder = mkdtempSync(join(tmpdir(), 'demo-'));
let manifest: DemoManifest;

beforeAll(async () => {
  manifest = await generateDemoDistrict(folder);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the demo district', () => {
  test('comes out byte for byte the same on every run', { timeout: 60_000 }, async () => {
    const again = mkdtempSync(join(tmpdir(), 'demo-again-'));
    try {
      await generateDemoDistrict(again);
      expect(fingerprints(again)).toEqual(fingerprints(folder));
    } finally {
      rmSync(again, { recursive: true, force: true });
    }
  });

  test('says that it is synthetic, townships first, and lists every file it writes', () => {
    expect(manifest.district.synthetic).toBe(true);
    expect(manifest.district.name).toContain('演示');
    expect(manifest.files[0]?.layer).toBe('townships');
    const listed = [...manifest.files.map(({ file }) => file), manifest.ground.image, 'manifest.json'];
    expect(readdirSync(folder).toSorted()).toEqual(listed.toSorted());
    expect(statSync(join(folder, manifest.ground.image)).size).toBeLessThan(1_200_000);
  });

  test('has the published number of flood points in every sub-district, each inside it and off its border', async () => {
    const townships = readGeojson(folder, 'townships.geojson').features;
    const points = await readShapefile(folder, 'hazard-points-flood.zip');
    const found: Record<string, number> = {};
    for (const point of points) {
      const position = pointOf(point);
      const [lon = 0, lat = 0] = toLonLat(position);
      const homes = townships.filter((one) =>
        insideRings(
          lon,
          lat,
          ringsOf(areaOf(one), (p) => p),
        ),
      );
      expect(homes.map((one) => one.properties?.['code'])).toEqual([point.properties?.['街道代码']]);
      const code = String(point.properties?.['街道代码']);
      found[code] = (found[code] ?? 0) + 1;
    }
    expect(found).toEqual(PUBLISHED);
    const borders = townships.flatMap((one) => ringsOf(areaOf(one)));
    expect(Math.min(...points.map((point) => distanceTo(pointOf(point)[0] ?? 0, pointOf(point)[1] ?? 0, borders)))).toBeGreaterThan(2);
    expect(new Set(points.map((point) => pointOf(point).join())).size).toBe(3232);
  });

  test('is tiled by its sub-districts: shared edges have the same vertices, and only the outline is left over', () => {
    const edges = new Map<string, number>();
    let area = 0;
    for (const township of readGeojson(folder, 'townships.geojson').features) {
      for (const ring of ringsOf(areaOf(township), (p) => p)) {
        ring.forEach((b, index) => {
          const a = ring[index - 1];
          if (!a) return;
          const key = `${a.join()} ${b.join()}`;
          edges.set(key, (edges.get(key) ?? 0) + 1);
          area += (a[0] ?? 0) * (b[1] ?? 0) - (b[0] ?? 0) * (a[1] ?? 0);
        });
      }
    }
    expect(Math.max(...edges.values())).toBe(1);
    const outer = [...edges.keys()].map((key) => key.split(' ')).filter(([a, b]) => !edges.has(`${b} ${a}`));
    // What is not shared must close into one single ring, and hold exactly the area of the six.
    const next = new Map(outer.map(([a = '', b = '']) => [a, b]));
    expect(next.size).toBe(outer.length);
    let at = outer[0]?.[0] ?? '';
    let steps = 0;
    let outline = 0;
    do {
      const to = next.get(at) ?? '';
      const [ax = 0, ay = 0] = at.split(',').map(Number);
      const [bx = 0, by = 0] = to.split(',').map(Number);
      outline += ax * by - bx * ay;
      at = to;
      steps++;
    } while (at !== outer[0]?.[0] && steps <= outer.length);
    expect(steps).toBe(outer.length);
    expect(Math.abs(outline - area)).toBeLessThan(1e-9);
  });

  test('has 67 schools and 196 kindergartens', async () => {
    const schools = await readShapefile(folder, 'schools.zip');
    const kindergartens = schools.filter((school) => school.properties?.['办学类型'] === '幼儿园');
    expect([schools.length, kindergartens.length]).toEqual([263, 196]);
    expect(new Set(schools.map((school) => school.properties?.['编号'])).size).toBe(263);
  });

  test('reaches of a river share their end vertices, and one alone has no widths', async () => {
    const sections = await readShapefile(folder, 'river-sections.zip');
    const last = new Map<string, string>();
    for (const section of sections) {
      if (section.geometry.type !== 'LineString') throw new Error('a line was expected');
      const river = String(section.properties?.['河流']);
      const line = section.geometry.coordinates.map((p) => p.join());
      if (last.has(river)) expect(line[0]).toBe(last.get(river));
      last.set(river, line.at(-1) ?? '');
    }
    expect([...last.keys()].toSorted()).toEqual(['水泉沟河', '洪桥排洪渠', '蒙河'].toSorted());
    expect(sections.filter((one) => one.properties?.['左岸宽度'] === null && one.properties['右岸宽度'] === null)).toHaveLength(1);
    const cleared = (river: string): number =>
      sections.filter((one) => one.properties?.['河流'] === river).reduce((sum, one) => sum + Number(one.properties?.['清障量']), 0);
    expect([cleared('蒙河'), cleared('水泉沟河'), cleared('洪桥排洪渠')]).toEqual([2600, 500, 1200]);
  });
});

describe('the named cases', () => {
  const inZone = (zone: string, where: (row: Record<string, string>) => boolean): Record<string, string>[] => {
    const found = readGeojson(folder, 'danger-zones.geojson').features.find((one) => String(one.properties?.['name']).startsWith(zone));
    if (!found) throw new Error(`no zone ${zone}`);
    const rings = ringsOf(areaOf(found));
    return readCsv(folder, 'households.csv', 'utf-8').filter(
      (row) => row['X坐标'] !== '' && insideRings(Number(row['Y坐标']), Number(row['X坐标']), rings) && where(row),
    );
  };

  test('ten house numbers of 西山坡自建九组 lie in the collapse, 59 and 63 beside it', () => {
    const group = readCsv(folder, 'households.csv', 'utf-8').filter((row) => row['组'] === '西山坡自建九组');
    const hit = inZone('西山坡', () => true);
    expect(hit.map((row) => row['门牌号']).toSorted()).toEqual(CRACKED);
    expect(new Set(hit.map((row) => row['组']))).toEqual(new Set(['西山坡自建九组']));
    for (const number of ['59', '63']) expect(group.filter((row) => row['门牌号'] === number)).toHaveLength(1);
  });

  test('小南沟 65, 小礼堂 9, 窑洞 9 twice, 段北沟 130 households, and nobody else in their areas', () => {
    expect(inZone('小南沟滑坡', () => true)).toHaveLength(65);
    expect(inZone('中沙坪小礼堂', () => true)).toHaveLength(9);
    const slide = inZone('中沙坪窑洞北侧滑坡', () => true).map((row) => row['户号']);
    expect(slide).toHaveLength(9);
    expect(inZone('中沙坪窑洞泥石流', () => true).map((row) => row['户号'])).toEqual(slide);
    expect(inZone('富山村', (row) => row['村'] === '段北沟社区')).toHaveLength(130);
    expect(inZone('富山村', () => true)).toHaveLength(130);
  });

  test('the source above 段北沟 lies outside the district', () => {
    const source = readCsv(folder, 'hazard-points-geological.csv', 'gb18030').find((row) => row['名称']?.startsWith('富山村'));
    const [x, y] = toMetres([Number(source?.['经度']), Number(source?.['纬度'])]);
    expect(readGeojson(folder, 'townships.geojson').features.some((one) => insideRings(x, y, ringsOf(areaOf(one))))).toBe(false);
  });
});
