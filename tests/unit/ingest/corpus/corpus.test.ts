// Every tricky file gets the report that it must get, to the last issue.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Problem } from '../../../../server/domain/problem.ts';
import { ISSUE_WORDS } from '../../../../server/domain/importWords.ts';
import { ImportBench, type Imported } from '../../../support/importing.ts';
import { square } from '../../../support/square.ts';
import { GEOMETRIES } from './geometries.ts';
import { POSITIONS } from './positions.ts';
import { SHAPEFILES } from './shapefiles.ts';
import { TABLES } from './tables.ts';
import type { Refused, Taken, TrickyFile } from './trickyFile.ts';
import { WORKBOOKS } from './workbooks.ts';

const bench = new ImportBench();

beforeAll(async () => {
  await bench.store.transact({ by: 'a', reason: null }, async (t) => {
    const township = (code: string, name: string, lon: number) =>
      t.put('townships', { id: code, geometry: square(lon, 28.1, 0.06), properties: { code, name, level: 'township' } });
    await township('430181101000', '东山镇', 113.52);
    await township('430181202000', '西河乡', 113.58);
    await t.put('townships', {
      id: '430181203000',
      geometry: square(113.6, 28.11, 0.02),
      properties: { code: '430181203000', name: '南岸乡', level: 'township', valid_to: '2015-12-31' },
    });
  });
});
afterAll(() => bench.close());

describe.each([
  ['tables', TABLES],
  ['positions', POSITIONS],
  ['geometries', GEOMETRIES],
  ['shapefiles', SHAPEFILES],
  ['workbooks and databases', WORKBOOKS],
] as const)('%s', (_, files) => {
  test.each(files)('$name', async (file) => {
    const result = await read(file);
    if ('refused' in file.expected) expectRefused(result, file.expected);
    else expectTaken(result, file.expected);
  });
});

async function read(file: TrickyFile): Promise<Imported | Problem> {
  const files = await Promise.all(
    file.files.map(async ([name, content]) => [name, typeof content === 'function' ? await content() : content] as const),
  );
  try {
    return await bench.readParts(files, { ...file.options, layer: file.layer });
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}

function expectRefused(result: Imported | Problem, { refused, says, offered }: Refused): void {
  if (!(result instanceof Problem)) throw new Error(`taken, not refused: ${JSON.stringify(result.report)}`);
  expect(result.code).toBe(refused);
  expect(result.status).toBeLessThan(500);
  if (says) expect(result.message).toMatch(says);
  if (offered) expect(result.errors.filter(({ code }) => code === 'crs_choice').map(({ detail }) => detail.split(' ')[0])).toEqual(offered);
}

function expectTaken(result: Imported | Problem, expected: Taken): void {
  if (result instanceof Problem) throw result;
  const { report, features } = result;
  const [read, accepted, repaired, rejected, skipped] = expected.counts;
  expect(report).toMatchObject({ read, accepted, repaired, rejected, skipped });
  const issues = Object.fromEntries(Object.entries(report.issueCounts).filter(([code]) => code !== 'field_missing'));
  expect(issues).toEqual(Object.fromEntries(Object.entries(expected.issues).filter(([, count]) => count > 0)));
  for (const issue of report.issues) expect(ISSUE_WORDS[issue.code], `words for ${issue.code}`).toBeDefined();
  for (const [row, field, code] of expected.rejectedRows ?? [])
    expect(report.issues).toContainEqual(expect.objectContaining({ row, field, code, severity: 'error' }));
  expect(result.rejected).toHaveLength(rejected);
  if (expected.encoding !== undefined) expect(report.encoding).toBe(expected.encoding);
  if (expected.crs !== undefined) expect(report.crs).toBe(expected.crs);
  if (expected.features) expect(features).toMatchObject(expected.features);
  if (expected.at) {
    const [first] = features;
    const [lon = Number.NaN, lat = Number.NaN] = first?.geometry?.type === 'Point' ? first.geometry.coordinates : [];
    expect(Math.abs(lon - expected.at[0])).toBeLessThan(1e-7);
    expect(Math.abs(lat - expected.at[1])).toBeLessThan(1e-7);
  }
}
