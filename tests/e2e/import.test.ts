// A clerk's file from the drop to the store and back, in a real browser: looked at, its columns corrected, seen on the map, stored
// without its bad row, taken back. The public and the analyst see none of it.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFaults, launch, PHONE, settled, shot, signIn, skip, visit, WIDE } from '../support/browser.ts';
import { toGbk } from '../support/gb18030.ts';
import { Client, collectionOf, PASSWORD, startServer, type TestServer } from '../support/server.ts';
import { square } from '../support/square.ts';

let server: TestServer;
let browser: Browser;
let planner: Client;

beforeAll(async () => {
  if (skip) return;
  [server, browser] = await Promise.all([startServer(), launch()]);
  planner = await Client.as(server, 'planner');
  const town = { code: '140303004000', name: '赛鱼街道', level: 'township' };
  await planner.report('t.geojson', collectionOf([{ id: town.code, geometry: square(113.5, 37.82, 0.1), properties: town }]), {
    layer: 'townships',
  });
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const dms = (degrees: number): string => {
  const seconds = Math.round(degrees * 36_000) / 10;
  return `${Math.floor(seconds / 3600)}°${Math.floor((seconds % 3600) / 60)}′${(seconds % 60).toFixed(1)}″`;
};

/** Six rows in GBK: one with its coordinates swapped, one without a place, and a column of names that no field knows. */
function register(): Buffer {
  const places = [0, 1, 2, 3, 4, 5].map((i) => [dms(113.52 + i * 0.01), dms(37.85 + i * 0.006)]);
  places[2]?.reverse();
  places[4] = ['不详', '不详'];
  const rows = places.map(([lon, lat], i) => `P${i + 1},东坡滑坡${i + 1}号,滑坡,${lon},${lat},${10 + i}`);
  return Buffer.from(toGbk(['编号,点位称呼,灾害类型,经度,纬度,威胁人数', ...rows, '合计,,,,,75'].join('\r\n')));
}

const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'text/csv', buffer });
const count = async (layer: string) =>
  (await planner.json<{ numberMatched: number }>(`/ogc/collections/${layer}/items?limit=1`)).numberMatched;
const part = (page: Page, name: string) => page.locator(`[data-testid=import-sum] [data-part=${name}] dd`).first().textContent();
const stage = (page: Page, name: string) => page.locator(`[data-testid=import][data-stage=${name}]`).waitFor();

async function open(language: string, size: typeof WIDE | typeof PHONE) {
  const there = await visit(browser, server.url, `/?lang=${language}`, size);
  await signIn(there.page, 'planner', PASSWORD);
  await there.page.getByTestId('open-import').click();
  await there.page.getByTestId('import').waitFor();
  return there;
}

async function checkFile(page: Page, name: string, buffer: Buffer): Promise<void> {
  await page.getByTestId('import-file').setInputFiles(file(name, buffer));
  await page.getByTestId('check-import').click();
}

describe.skipIf(skip)('the import on the page', () => {
  test('a file is looked at, corrected, seen on the map, stored without its bad row and taken back', async () => {
    const { page, errors, foreign, close } = await open('zh-CN', WIDE);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('导入');
    expect(await axeFaults(page)).toEqual([]);
    await checkFile(page, '隐患点.csv', register());
    await stage(page, 'checked');
    expect(await Promise.all(['read', 'accepted', 'rejected', 'skipped'].map((name) => part(page, name)))).toEqual(['7', '5', '1', '1']);
    expect(await page.getByTestId('used-encoding').textContent()).toContain('GBK');
    expect(await page.getByTestId('used-crs').textContent()).toContain('EPSG:4490');
    const first = page.locator('[data-testid=import-issues] li').first();
    expect(await first.getAttribute('data-severity')).toBe('error');
    expect(await first.textContent()).toMatch(/不是坐标.*文件第 6 行/);
    expect(await page.locator('[data-code=position_swapped]').textContent()).toContain('写反，已对调');
    // the focus is on what was found
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('import-summary');
    expect(await count('hazard-points')).toBe(0);

    // the column that no field knows becomes the name; what was checked before may no longer be stored
    await page.locator('[data-column="点位称呼"] select').selectOption('name');
    expect(await page.getByTestId('confirm-import').count()).toBe(0);
    await page.getByTestId('check-import').click();
    await stage(page, 'running').catch(() => undefined);
    await stage(page, 'checked');
    expect(await page.getByTestId('column-of-name').inputValue()).toBe('column 点位称呼');
    expect(await page.locator('[data-column]').count()).toBe(0);

    // on the map: all rows as they would be, the swapped one with its ring
    await page.getByTestId('import-key').waitFor();
    expect(await page.getByTestId('import-key').textContent()).toContain('改正后');
    await settled(page);
    const drawn = await page.evaluate(() => {
      type Map = { queryRenderedFeatures(options: { layers: string[] }): { properties: { row: number; role: string } }[] };
      const { __map: map } = globalThis as unknown as { __map: Map };
      return map.queryRenderedFeatures({ layers: ['import-point'] }).map(({ properties }) => `${properties.row} ${properties.role}`);
    });
    expect([...new Set(drawn)].sort()).toEqual(['1 accepted', '2 accepted', '3 after', '4 accepted', '6 accepted']);
    expect(await axeFaults(page)).toEqual([]);
    await shot(page, 'import-report-zh');

    // stored only when the others are accepted in so many words
    expect(await page.getByTestId('confirm-import').isDisabled()).toBe(true);
    await page.getByTestId('allow-partial').check();
    await page.getByTestId('confirm-import').click();
    await page.getByTestId('import-stored').waitFor();
    expect(await page.getByTestId('import-stored').textContent()).toMatch(/已入库 5 行.*隐患点.*修订 \d+/);
    expect(await page.getByTestId('import-key').count()).toBe(0);
    expect(await count('hazard-points')).toBe(5);
    const stored = await planner.json<{ properties: Record<string, unknown>; geometry: { coordinates: number[] } }>(
      '/ogc/collections/hazard-points/items/P3',
    );
    expect(stored.properties['name']).toBe('东坡滑坡3号');
    expect(stored.geometry.coordinates[0]).toBeCloseTo(113.54, 5);
    expect(page.url()).not.toMatch(/P3|import=|%E9%9A%90/);

    await page.getByTestId('undo-import').click();
    await page.getByTestId('import-undone').waitFor();
    expect(await count('hazard-points')).toBe(0);
    expect(await axeFaults(page)).toEqual([]);
    await page.getByTestId('another-import').click();
    await stage(page, 'choosing');
    await page.keyboard.press('Escape');
    await page.getByTestId('import').waitFor({ state: 'detached' });
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('import-switch');
    expect(errors).toEqual([]);
    expect(foreign).toEqual([]);
    await close();
  });

  test('metres without a zone offer the systems that land in the county; an undo that is refused says why', async () => {
    const { page, close } = await open('en', WIDE);
    await checkFile(page, 'zone.csv', Buffer.from('编号,名称,X坐标,Y坐标\nZ1,北坡,4193169.71,461203.36\n'));
    await page.getByTestId('crs-choice').first().waitFor();
    expect(await page.getByTestId('import-problem').textContent()).toContain('zone number');
    expect(await axeFaults(page)).toEqual([]);
    await page.getByTestId('crs-choice').first().click();
    await stage(page, 'checked');
    expect(await page.getByTestId('used-crs').textContent()).toContain('EPSG:4547');
    await page.getByTestId('confirm-import').click();
    await page.getByTestId('import-stored').waitFor();
    const answer = await planner.get('/ogc/collections/hazard-points/items/Z1');
    const patch = await planner.send(
      'PATCH',
      '/ogc/collections/hazard-points/items/Z1',
      { properties: { name: '北坡二' } },
      { 'Content-Type': 'application/merge-patch+json', 'If-Match': answer.headers.get('etag') ?? '' },
    );
    expect(patch.status).toBeLessThan(300);
    await page.getByTestId('undo-import').click();
    await page.getByTestId('import-problem').waitFor();
    expect(await page.getByTestId('import-problem').textContent()).toMatch(/Not undone.*changed since.*hazard-points:Z1/);
    await close();
  });

  test('an update shows field by field what it changes, a replacement asks once more, a phone shows report and map in turn', async () => {
    const csv = '编号,名称,X坐标,Y坐标\nZ1,北坡三,4193169.71,38461203.36\nZ2,南坡,4193269.71,38461303.36\n';
    const { page, errors, close } = await open('zh-CN', PHONE);
    await page.getByTestId('mode-upsert').click();
    await page.getByTestId('import-file').setInputFiles(file('u.csv', Buffer.from(csv)));
    await page.getByTestId('mode-upsert').click();
    await page.getByTestId('check-import').click();
    await stage(page, 'checked');
    expect(await page.getByTestId('import-changes').textContent()).toMatch(/新增 1，改变 1，不变 0.*Z1.*名称.*北坡二.*北坡三/);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
    expect(await axeFaults(page)).toEqual([]);
    await shot(page, 'import-phone-zh');
    await page.getByTestId('see-map').click();
    await page.getByTestId('back-to-report').click();
    await page.getByTestId('mode-replace').click();
    await page.getByTestId('check-import').click();
    await page.getByTestId('allow-replace').waitFor();
    expect(await page.getByTestId('confirm-import').isDisabled()).toBe(true);
    expect(errors).toEqual([]);
    await close();
  });

  test('only planners see it; signing out leaves no file behind', async () => {
    const { page, close } = await visit(browser, server.url, '/?lang=zh-CN', WIDE);
    expect(await page.getByTestId('open-import').count()).toBe(0);
    await signIn(page, 'analyst', PASSWORD);
    expect(await page.getByTestId('open-import').count()).toBe(0);
    await page.getByTestId('sign-out').click();
    await signIn(page, 'planner', PASSWORD);
    await page.getByTestId('open-import').click();
    await page.getByTestId('import-file').setInputFiles(file('户.csv', Buffer.from('户号,经度,纬度\n1,113.55,37.87\n')));
    await page.getByText('户.csv').waitFor();
    await page.getByTestId('sign-out').click();
    await page.getByTestId('import').waitFor({ state: 'detached' });
    await signIn(page, 'planner', PASSWORD);
    if ((await page.getByTestId('import').count()) === 0) await page.getByTestId('open-import').click();
    await page.getByTestId('import').waitFor();
    expect(await page.getByText('户.csv').count()).toBe(0);
    await close();
  });

  test('a session that ends by itself keeps the file for its owner', async () => {
    const { page, close } = await open('zh-CN', WIDE);
    await page.getByTestId('import-file').setInputFiles(file('户二.csv', Buffer.from('户号,经度,纬度\n1,113.55,37.87\n')));
    await page.context().clearCookies();
    await page.getByTestId('check-import').click();
    await page.getByTestId('import').waitFor({ state: 'detached' });
    expect(await page.locator('.strip').textContent()).toContain('登录已过期');
    await page.locator('.strip button').click();
    await page.locator('dialog input').first().fill('planner');
    await page.locator('input[type=password]').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByText('户二.csv').waitFor();
    expect(await page.getByTestId('import-problem').textContent()).toContain('登录已过期');
    await page.getByTestId('check-import').click();
    await stage(page, 'checked');
    expect(await count('households')).toBe(0);
    await close();
  });
});
