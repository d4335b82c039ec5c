// The search box in a real browser: codes, names, people and coordinates in every notation for staff, places for the public.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFaults, launch, PHONE, settled, shot, skip, visit, WIDE } from '../support/browser.ts';
import { openNear, storedPoint, type StoredPoint } from '../support/houses.ts';
import { Client, startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let browser: Browser;
let planner: Client;

beforeAll(async () => {
  if (skip) return;
  [server, browser] = await Promise.all([startServer({ XIANTU_DEMO: 'on' }), launch()]);
  planner = await Client.as(server, 'planner');
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const one = (layer: string, where: Record<string, string>) => storedPoint(planner, layer, where);
const open = (user: 'analyst' | 'planner', language = 'zh-CN', size: typeof WIDE | typeof PHONE = WIDE) =>
  openNear(browser, server, user, language, size);

describe.skipIf(skip)('the search box', () => {
  test('finds a code, a name, a person and coordinates in every notation, and goes there', async () => {
    const { page, errors, foreign, close } = await open('planner');
    const found = page.getByTestId('search-result');
    await page.keyboard.press('/');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('combobox');
    const household = await one('households', { head_name: (await one('households', {}))?.properties['head_name'] as string });
    const head = String(household?.properties['head_name']);

    const point = await one('hazard-points', { register: 'geological' });
    await page.getByTestId('search').fill(String(point?.properties['code']));
    await page.locator(`[data-key="hazard-points:${point?.id}"]`).getByText('编号').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByTestId('card').getByText(String(point?.properties['name'])).first().waitFor();

    await page.getByTestId('search').fill(head);
    await found.filter({ hasText: '人名' }).first().waitFor();
    await settled(page);
    await shot(page, 'search-person-zh');
    await page.locator('[data-layer=households] [role=option]').first().click();
    await page.getByTestId('card').waitFor();
    expect(await page.getByTestId('search').inputValue()).toBe('');
    expect(page.url()).not.toContain(encodeURIComponent(head));
    expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain(head);

    await page.getByTestId('search').fill('113°33′36″ 37°52′12″');
    expect(await page.getByTestId('search-coordinates').textContent()).toMatch(/到 113.56, 37.87 去.*东经 113°33′36″，北纬 37°52′12″/);
    await page.keyboard.press('Enter');
    const centre = () =>
      page.evaluate(() => {
        const { lng, lat } = (globalThis as unknown as { __map: { getCenter(): { lng: number; lat: number } } }).__map.getCenter();
        return [lng, lat];
      });
    await expect.poll(async () => (await centre())[1]).toBeCloseTo(37.87, 3);
    await page.getByTestId('search').fill('4193169.71 461203.36');
    await expect.poll(() => page.getByTestId('search-coordinates').textContent()).toContain('第 38 带');
    expect(await axeFaults(page)).toEqual([]);
    await shot(page, 'search-grid-zh');
    expect([errors, foreign]).toEqual([[], []]);
    await close();
  });

  test('a household without a position opens its form; on a phone the box lies over the header', async () => {
    const { features } = await planner.json<{ features: StoredPoint[] }>(
      `/ogc/collections/households/items?${new URLSearchParams({ filter: 'geometry IS NULL', limit: '1' })}`,
    );
    const id = features[0]?.id ?? '';
    const { page, close } = await open('planner', 'zh-CN', PHONE);
    await page.getByTestId('open-search').click();
    await page.getByTestId('search').fill(id);
    await page.locator(`[data-key="households:${id}"]`).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await shot(page, 'search-phone-zh');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByTestId('record-position').textContent()).toContain('没有位置');
    await close();
  });

  test('an analyst finds and does not edit; the public finds places only and fetches nothing of the records', async () => {
    const { page, close } = await open('analyst', 'en');
    expect(await page.getByTestId('open-records').count()).toBe(0);
    await page.keyboard.press('/');
    await page.getByTestId('search').fill('XX-006');
    await page.locator('[data-key="schools:XX-006"]').waitFor();
    await page.keyboard.press('Enter');
    await page.getByTestId('card').waitFor();
    expect(await page.getByTestId('edit-record').count()).toBe(0);
    await close();
    const outside = await visit(browser, server.url, '/?lang=zh-CN', WIDE);
    const asked: string[] = [];
    outside.page.on('request', (request) => asked.push(request.url()));
    await outside.page.getByTestId('search').fill('小学');
    await outside.page.getByTestId('search-result').first().waitFor();
    await outside.page.waitForTimeout(600);
    const loaded = await outside.page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
    expect([...asked, ...loaded].filter((name) => /\/api\/search|\/assets\/(Records|gridReading|edit)/.test(name))).toEqual([]);
    await outside.close();
  });
});
