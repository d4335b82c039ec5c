// Files as a county's clerks have them: the register in Excel, the mixed folder of a data steward.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { crsOfEpsg, type Crs } from '../../server/geo/crs.ts';
import { toShifted } from '../../server/geo/shiftedDatum.ts';
import { Client, collectionOf, startServer, type TestServer } from '../support/server.ts';
import { square } from '../support/square.ts';
import { workbook, type TestCell } from '../support/workbook.ts';

const dms = (degrees: number): string => {
  const seconds = Math.round(degrees * 36_000) / 10;
  return `${Math.floor(seconds / 3600)}°${Math.floor((seconds % 3600) / 60)}′${(Math.round((seconds % 60) * 10) / 10).toFixed(1)}″`;
};

describe('the register of 149 points in Excel', () => {
  const TOWNSHIPS: readonly (readonly [name: string, code: string, points: number])[] = [
    ['城东街道', '350922001000', 9],
    ['城西街道', '350922002000', 25],
    ['大甲镇', '350922108000', 9],
    ['大桥镇', '350922102000', 21],
    ['凤都镇', '350922106000', 12],
    ['凤埔乡', '350922204000', 7],
    ['鹤塘镇', '350922104000', 15],
    ['黄田镇', '350922103000', 4],
    ['吉巷乡', '350922201000', 5],
    ['泮洋乡', '350922203000', 3],
    ['平湖镇', '350922101000', 8],
    ['杉洋镇', '350922105000', 12],
    ['水口镇', '350922107000', 10],
    ['卓洋乡', '350922205000', 9],
  ];
  let server: TestServer;
  let planner: Client;

  beforeAll(async () => {
    server = await startServer();
    planner = await Client.as(server, 'planner');
    const report = await planner.report(
      'townships.geojson',
      collectionOf(
        TOWNSHIPS.map(([name, code], i) => ({
          id: code,
          geometry: square(118.55 + i * 0.06, 26.3, 0.06),
          properties: { code, name, level: 'township' },
        })),
      ),
      { layer: 'townships' },
    );
    expect(report.accepted).toBe(14);
  });
  afterAll(() => server.stop());

  function register(): TestCell[][] {
    const types = [...Array.from({ length: 81 }, () => '滑坡'), ...Array.from({ length: 66 }, () => '崩塌'), '泥石流', '泥石流'];
    const serial = { 滑坡: ['01', 0], 崩塌: ['02', 0], 泥石流: ['03', 0] } as Record<string, [string, number]>;
    const lines: TestCell[][] = [
      [{ value: '古田县地质灾害隐患点一览表', columns: 8 }],
      [{ value: '填表单位：自然资源局', columns: 4 }, null, null, null, { value: '2021.5.6', columns: 4 }],
      [
        { value: '统一编号', rows: 2 },
        { value: '名称', rows: 2 },
        { value: '灾害类型', rows: 2 },
        { value: '所属乡镇', rows: 2 },
        { value: '位置', columns: 2 },
        null,
        { value: '威胁人数', rows: 2 },
        { value: '登记日期', rows: 2 },
      ],
      [null, null, null, null, '经度', '纬度', null, null],
    ];
    let at = 0;
    for (const [township, [name, , points]] of TOWNSHIPS.entries()) {
      lines.push([{ value: name, columns: 8 }]);
      for (let i = 0; i < points; i++) {
        const type = types[at] as string;
        const entry = serial[type] as [string, number];
        entry[1]++;
        const lon = 118.551 + township * 0.06 + i * 0.002;
        const lat = 26.305 + i * 0.002;
        const position = at === 30 ? [dms(lat), dms(lon)] : [dms(lon), dms(lat)];
        // one township's name is written without its suffix
        const written = at === 40 ? name.replace(/[镇乡]$/, '') : name;
        lines.push([
          `350922${entry[0]}${String(entry[1]).padStart(4, '0')}`,
          `点${at + 1}`,
          type,
          written,
          ...position,
          at === 0 ? 4789 - 148 * 32 : 32,
          '2021.5.6',
        ]);
        at++;
      }
    }
    lines.push(['合计', null, null, null, null, null, 4789, null]);
    return lines;
  }

  test('is taken row by row: 149 accepted, the total and the titles skipped, the swapped row put right and said', async () => {
    const bytes = await workbook(register());
    const dry = await planner.report('隐患点.xlsx', bytes, { layer: 'hazard-points', dryRun: 'true' });
    expect(dry).toMatchObject({ httpStatus: 200, stored: false, accepted: 149, rejected: 0, repaired: 1 });
    expect(dry.read).toBe(dry.accepted + dry.rejected + dry.skipped);
    expect(dry.skipped).toBe(2 + 14 + 1);
    expect(dry.issueCounts).toMatchObject({ title_row: 1, total_row: 1, section_row: 1, position_swapped: 1 });
    expect(dry.issues.find(({ code }) => code === 'position_swapped')?.message).toContain('118°');

    const report = await planner.report('隐患点.xlsx', bytes, { layer: 'hazard-points' });
    expect(report).toMatchObject({ httpStatus: 201, stored: true, accepted: 149 });
    const all = await planner.json<{ features: { id: string; properties: Record<string, unknown> }[] }>(
      '/ogc/collections/hazard-points/items?limit=1000',
    );
    const count = (field: string, value: string) => all.features.filter(({ properties }) => properties[field] === value).length;
    expect([count('hazard_type', 'landslide'), count('hazard_type', 'rockfall'), count('hazard_type', 'debris_flow')]).toEqual([81, 66, 2]);
    expect(TOWNSHIPS.map(([, code]) => count('township', code))).toEqual(TOWNSHIPS.map(([, , points]) => points));
    expect(all.features.reduce((sum, { properties }) => sum + Number(properties['reported_people']), 0)).toBe(4789);
    const swapped = all.features.find(({ id }) => id === '350922010031')?.properties;
    expect(swapped).toMatchObject({
      position_method: 'dms',
      source_crs: 'EPSG:4490',
      source_position: expect.stringMatching(/26°.*\| 118°/),
    });
  });

  test('taken a second time every id is there already', async () => {
    const report = await planner.report('隐患点.xlsx', await workbook(register()), { layer: 'hazard-points' });
    expect(report).toMatchObject({ httpStatus: 422, stored: false, rejected: 149 });
  });
});

describe('a folder of mixed files', () => {
  let server: TestServer;
  let planner: Client;
  const ANCHOR = { lon: 113.559066, lat: 37.870085, north: 4193169.71, east: 38461203.36 };
  const zone38 = crsOfEpsg(4526) as Crs;
  const zone19 = crsOfEpsg(4497) as Crs;
  const grid = (crs: Crs, lon: number, lat: number) => crs.fromLonLat([lon, lat]);

  beforeAll(async () => {
    server = await startServer();
    planner = await Client.as(server, 'planner');
    await planner.report(
      't.geojson',
      collectionOf([
        {
          id: '140303004000',
          geometry: square(113.5, 37.85, 0.08),
          properties: { code: '140303004000', name: '赛鱼街道', level: 'township' },
        },
      ]),
      { layer: 'townships' },
    );
  });
  afterAll(() => server.stop());

  const placeOf = async (layer: string, id: string) =>
    (await planner.json<{ geometry: { coordinates: [number, number] } }>(`/ogc/collections/${layer}/items/${id}`)).geometry.coordinates;

  test('the anchor of the district lies where it must, in every form of its zone', async () => {
    const csv = `编号,X坐标,Y坐标\nA1,${ANCHOR.north},${ANCHOR.east}\n`;
    expect(await planner.report('a.csv', csv, { layer: 'hazard-points' })).toMatchObject({ stored: true, crs: 'EPSG:4526' });
    const [lon, lat] = await placeOf('hazard-points', 'A1');
    expect(Math.abs(lon - ANCHOR.lon)).toBeLessThan(1e-7);
    expect(Math.abs(lat - ANCHOR.lat)).toBeLessThan(1e-7);
  });

  test('metres that lost their zone: the zone is asked for, and only those that land in the county are offered', async () => {
    const csv = `编号,X坐标,Y坐标\nB1,${ANCHOR.north},${ANCHOR.east - 38_000_000}\n`;
    const refused = await planner.report('b.csv', csv, { layer: 'hazard-points' });
    expect([refused.httpStatus, refused.code]).toEqual([422, 'crs_needed']);
    const { errors } = refused as unknown as { errors: { code: string; detail: string }[] };
    expect(errors.filter(({ code }) => code === 'crs_choice').map(({ detail }) => detail.split(' ')[0])).toEqual(['EPSG:4547']);
    expect(await planner.report('b.csv', csv, { layer: 'hazard-points', crs: 'EPSG:4547' })).toMatchObject({ stored: true, accepted: 1 });
  });

  test('northing and easting the wrong way round in one row are put right', async () => {
    const [e1, n1] = grid(zone38, 113.52, 37.87);
    const [e2, n2] = grid(zone38, 113.53, 37.87);
    const report = await planner.report('c.csv', `编号,X坐标,Y坐标\nC1,${n1},${e1}\nC2,${e2},${n2}\nC3,${n1 + 5},${e1}\n`, {
      layer: 'hazard-points',
    });
    expect(report).toMatchObject({ stored: true, accepted: 3, repaired: 1, issueCounts: { position_swapped: 1 } });
    const [lon] = await placeOf('hazard-points', 'C2');
    expect(lon).toBeCloseTo(113.53, 6);
  });

  test('a zone of six degrees is known by its prefix', async () => {
    const [e, n] = grid(zone19, 113.54, 37.88);
    expect(await planner.report('d.csv', `编号,X坐标,Y坐标\nD1,${n},${e}\n`, { layer: 'hazard-points' })).toMatchObject({
      stored: true,
      crs: 'EPSG:4497',
    });
    const [lon, lat] = await placeOf('hazard-points', 'D1');
    expect([lon, lat].map((value) => value.toFixed(7))).toEqual(['113.5400000', '37.8800000']);
  });

  test.each([
    ['1133332.6', '375212', 'packed'],
    ['113.33326', '37.5212', 'dotted'],
    ['113 33 32.6', '37 52 12', 'dms'],
    ['１１３°３３′３２．６″', '３７°５２′１２″', 'dms'],
    ['东经113度33分32.6秒', '北纬37度52分12秒', 'dms'],
    ['113-33-32.6', '37-52-12', 'dms'],
  ])('degrees, minutes and seconds as %s', async (lon, lat, method) => {
    const id = `E-${encodeURIComponent(lon).length}-${lon.charCodeAt(3)}`;
    const report = await planner.report('e.csv', `编号,经度,纬度\n${id},${lon},${lat}\n`, { layer: 'hazard-points' });
    expect(report).toMatchObject({ stored: true, accepted: 1 });
    const found = await planner.json<{ geometry: { coordinates: [number, number] }; properties: Record<string, unknown> }>(
      `/ogc/collections/hazard-points/items/${id}`,
    );
    expect(found.geometry.coordinates[0]).toBeCloseTo(113 + 33 / 60 + 32.6 / 3600, 8);
    expect(found.geometry.coordinates[1]).toBeCloseTo(37.87, 8);
    expect(found.properties).toMatchObject({ position_method: method, source_position: `${lon} | ${lat}` });
  });

  test('points picked from a web map are suspected by where known places lie in the file, and moved only when asked', async () => {
    const known = Array.from({ length: 8 }, (_, i) => ({ name: `第${i + 1}小学`, lon: 113.51 + i * 0.006, lat: 37.86 + i * 0.004 }));
    await planner.report(
      's.geojson',
      collectionOf(
        known.map(({ name, lon, lat }, i) => ({
          id: `S${i}`,
          geometry: { type: 'Point', coordinates: [lon, lat] },
          properties: { name, school_code: `S${i}` },
        })),
      ),
      { layer: 'schools' },
    );
    const rows = known.map(({ name, lon, lat }, i) => {
      const [x, y] = toShifted('BD-09', [lon, lat]);
      return `T${i},${name},${x},${y}`;
    });
    const csv = `编号,名称,经度,纬度\n${rows.join('\n')}\n`;
    const suspected = await planner.report('bd.csv', csv, { layer: 'shelters', dryRun: 'true' });
    expect(suspected.issueCounts).toMatchObject({ datum_suspected: 1 });
    expect(suspected.issues.find(({ code }) => code === 'datum_suspected')?.message).toContain('BD-09');
    const moved = await planner.report('bd.csv', csv, { layer: 'shelters', crs: 'BD-09' });
    expect(moved).toMatchObject({ stored: true, crs: 'BD-09' });
    expect(moved.issueCounts).not.toHaveProperty('datum_suspected');
    const [lon, lat] = await placeOf('shelters', 'T3');
    expect(lon).toBeCloseTo(known[3]?.lon ?? 0, 5);
    expect(lat).toBeCloseTo(known[3]?.lat ?? 0, 5);
  });
});

describe('what an import leaves to decide', () => {
  let server: TestServer;
  let planner: Client;

  beforeAll(async () => {
    server = await startServer();
    planner = await Client.as(server, 'planner');
  });
  afterAll(() => server.stop());

  const count = async (layer: string) =>
    (await planner.json<{ numberMatched: number }>(`/ogc/collections/${layer}/items?limit=1`)).numberMatched;

  test('a dry run is stored as it is when it is confirmed, once', async () => {
    const dry = await planner.report('h.csv', '户号,经度,纬度\n1,113.5,37.8\n2,113.51,37.8\n', { layer: 'households', dryRun: 'true' });
    expect(dry.confirmBy).toMatch(/^\d{4}-/);
    expect(await count('households')).toBe(0);
    const confirmed = await planner.send('POST', `/api/imports/${dry.importId}/confirm`, {});
    expect(confirmed.status).toBe(201);
    expect(await confirmed.json()).toMatchObject({ stored: true, accepted: 2 });
    expect(await count('households')).toBe(2);
    expect((await planner.send('POST', `/api/imports/${dry.importId}/confirm`, {})).status).toBe(404);
    expect(await planner.json(`/api/imports/${dry.importId}`)).toMatchObject({ state: 'stored', stored: true, phase: 'done' });
    expect((await planner.send('DELETE', `/api/imports/${dry.importId}`)).status).toBe(200);
    expect(await planner.json(`/api/imports/${dry.importId}`)).toMatchObject({ state: 'undone', stored: false });
    expect(await count('households')).toBe(0);
  });

  test('rows at fault are left out only when asked, and come back with their cells and reasons', async () => {
    const refused = await planner.report('f.csv', '户号,经度,纬度,人口\n1,113.5,37.8,3\n2,113.5,37.8,many\n', { layer: 'households' });
    expect(refused).toMatchObject({ stored: false, accepted: 1, rejected: 1 });
    expect(refused.issues[0]).toMatchObject({
      row: 2,
      line: 3,
      field: 'people',
      code: 'not_a_number',
      zh: expect.stringContaining('不是数字'),
      en: expect.stringContaining('Not a number'),
    });
    expect((await planner.send('POST', `/api/imports/${refused.importId}/confirm`, {})).status).toBe(409);
    expect((await planner.send('POST', `/api/imports/${refused.importId}/confirm`, { allowPartial: true })).status).toBe(201);
    const csv = await (await planner.get(`/api/imports/${refused.importId}/rejected.csv`)).text();
    const corrected = csv.replace('many', '4');
    expect(await planner.report('rejected.csv', corrected, { layer: 'households' })).toMatchObject({ stored: true, accepted: 1 });
    // an id that is there already comes back with its cells too
    const again = await planner.report('f.csv', '户号,经度,纬度,人口\n1,113.5,37.8,3\n', { layer: 'households' });
    expect(await (await planner.get(`/api/imports/${again.importId}/rejected.csv`)).text()).toContain('1,113.5,37.8,3');
    expect(await (await planner.get(`/api/imports/${again.importId}/original`)).text()).toBe('户号,经度,纬度,人口\n1,113.5,37.8,3\n');
  });

  test('an update says field by field what it changes', async () => {
    await planner.report('s.csv', '编号,名称,学生数,经度,纬度\nU1,甲校,100,113.5,37.8\nU2,乙校,50,113.5,37.8\n', {
      layer: 'schools',
      mapping: '{"students":"学生数"}',
    });
    const report = await planner.report(
      's.csv',
      '编号,名称,学生数,经度,纬度\nU1,甲校,120,113.5,37.8\nU2,乙校,50,113.5,37.8\nU3,丙校,9,113.5,37.8\n',
      { layer: 'schools', mode: 'upsert', dryRun: 'true' },
    );
    // and the mapping of last time is remembered by the header
    expect(report.issueCounts).toHaveProperty('mapping_remembered');
    expect(report.changes).toEqual({
      created: 1,
      changed: 1,
      unchanged: 1,
      examples: [{ id: 'U1', fields: [{ field: 'students', from: 100, to: 120 }] }],
    });
  });

  test('an upsert cannot take a step that the law does not know', async () => {
    await planner.report(
      'z.geojson',
      collectionOf([{ id: 'Z', geometry: square(113.5, 37.8, 0.001), properties: { extent: 'risk_extent', status: 'draft' } }]),
      { layer: 'danger-zones' },
    );
    const report = await planner.report(
      'z.geojson',
      collectionOf([{ id: 'Z', geometry: square(113.5, 37.8, 0.001), properties: { extent: 'risk_extent', status: 'announced' } }]),
      {
        layer: 'danger-zones',
        mode: 'upsert',
      },
    );
    expect(report).toMatchObject({ httpStatus: 422, stored: false, rejected: 1, issueCounts: { lifecycle: 1 } });
  });

  test('what was put right stands on the map as it was and as it is', async () => {
    const bowTie = {
      type: 'Polygon',
      coordinates: [
        [
          [113.5, 37.8],
          [113.502, 37.802],
          [113.502, 37.8],
          [113.5, 37.802],
        ],
      ],
    };
    const report = await planner.report('a.geojson', collectionOf([{ id: 'A', geometry: bowTie, properties: { kind: 'low_lying' } }]), {
      layer: 'hazard-areas',
      dryRun: 'true',
    });
    expect(report).toMatchObject({ accepted: 1, repaired: 1, issueCounts: { ring_closed: 1, self_crossing: 1 } });
    expect(report.issues.find(({ code }) => code === 'self_crossing')?.message).toMatch(/→ \d+\.\d m²/);
    const preview = await planner.json<{ features: { properties: { role: string } }[] }>(`/api/imports/${report.importId}/preview.geojson`);
    expect(preview.features.map(({ properties }) => properties.role)).toEqual(['before', 'after']);
  });

  test('ten house numbers find ten houses of the group, and not the ones beside them', async () => {
    const numbers = [56, 57, 58, 60, 61, 62, 76, 81, 94, 96];
    const placed = [...numbers, 59, 63, 156, 5].map((n, i) => `P${n},段南沟社区,西山坡自建九组,${n},${113.55 + i * 0.0001},37.87`);
    await planner.report('p.csv', `户号,村,组,门牌号,经度,纬度\n${placed.join('\n')}\n`, { layer: 'households' });
    const list = numbers.map((n) => `N${n},段南沟社区,西山坡自建九组,${n}号`);
    const report = await planner.report('n.csv', `户号,村,组,门牌号\n${list.join('\n')}\nN99,段南沟社区,西山坡自建九组,99号\n`, {
      layer: 'households',
    });
    expect(report).toMatchObject({ stored: true, accepted: 11, issueCounts: { placed_by_address: 10 } });
    for (const [i, n] of numbers.entries()) {
      const house = await planner.json<{ geometry: { coordinates: number[] }; properties: Record<string, unknown> }>(
        `/ogc/collections/households/items/N${n}`,
      );
      expect(house.geometry.coordinates[0]).toBeCloseTo(113.55 + i * 0.0001, 9);
      expect(house.properties).toMatchObject({ position_method: 'address_match', source_position: `households:P${n}` });
    }
    expect((await planner.json<{ geometry: unknown }>('/ogc/collections/households/items/N99')).geometry).toBeNull();
  });

  test('a shapefile may come in parts, and a GeoPackage, KML and newline-delimited features as they are', async () => {
    const kml = `<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark id="K1"><name>甲</name>
      <ExtendedData><Data name="容量"><value>30</value></Data></ExtendedData><Point><coordinates>113.51,37.81,900</coordinates></Point></Placemark></Document></kml>`;
    expect(await planner.report('s.kml', kml, { layer: 'shelters' })).toMatchObject({ stored: true, accepted: 1 });
    const lines = [1, 2].map((n) =>
      JSON.stringify({ type: 'Feature', id: `L${n}`, geometry: { type: 'Point', coordinates: [113.5, 37.8] }, properties: {} }),
    );
    expect(await planner.report('s.ndjson', `${lines.join('\n')}\n`, { layer: 'shelters' })).toMatchObject({ stored: true, accepted: 2 });
    const evil = kml.replace('<kml', '<!DOCTYPE kml [<!ENTITY a "x">]><kml');
    expect(await planner.report('e.kml', evil, { layer: 'shelters' })).toMatchObject({ httpStatus: 422, code: 'xml_doctype' });
  });

  test('an older datum is refused with what to do, and read by parameters that the user gives', async () => {
    const csv = '编号,X坐标,Y坐标\nX1,4193169.71,38461203.36\n';
    const refused = await planner.report('x.csv', csv, { layer: 'facilities', crs: 'EPSG:2362' });
    expect([refused.httpStatus, refused.code]).toEqual([422, 'crs_other_datum']);
    expect((refused as unknown as { detail: string }).detail).toContain('transform');
    expect(await planner.report('x.csv', csv, { layer: 'facilities', crs: 'EPSG:2362', transform: '20,-30,10' })).toMatchObject({
      stored: true,
      accepted: 1,
    });
    expect((await planner.report('x.csv', csv, { layer: 'facilities', crs: 'EPSG:2362', transform: '20,-30' })).httpStatus).toBe(400);
  });
});
