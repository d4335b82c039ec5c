// The page in a real browser on the demo district: drawn, signed in to, and saying the same numbers as the API.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ExposureReport } from '../../server/domain/figure.ts';
import { axeFaults, launch, PHONE, settled, shot, signIn, skip, visit, WIDE } from '../support/browser.ts';
import { Client, PASSWORD, startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let browser: Browser;
let report: ExposureReport;

beforeAll(async () => {
  if (skip) return;
  [server, browser] = await Promise.all([startServer({ XIANTU_DEMO: 'on' }), launch()]);
  report = await (await Client.as(server, 'analyst')).json<ExposureReport>('/api/exposure');
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const figures = (text: string | null) => Number((text ?? '').replace(/[^\d]/g, ''));

/** Colours in the middle of the map: a blank one has a handful. */
async function coloursOf(page: Awaited<ReturnType<typeof visit>>['page'], png: Buffer): Promise<number> {
  return page.evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.width;
    canvas.height = image.height;
    const context = canvas.getContext('2d');
    context?.drawImage(image, 0, 0);
    const { data } = context?.getImageData(image.width * 0.3, image.height * 0.2, image.width * 0.4, image.height * 0.4) ?? { data: [] };
    const colours = new Set<number>();
    for (let i = 0; i < data.length; i += 4) colours.add(((data[i] ?? 0) << 16) | ((data[i + 1] ?? 0) << 8) | (data[i + 2] ?? 0));
    return colours.size;
  }, png.toString('base64'));
}

describe.skipIf(skip)('the page', () => {
  test('the demo district counts what was published of its flood points', async () => {
    expect(report.byRegister.find((row) => row.register === 'flood')?.points).toBe(3232);
    const analyst = await Client.as(server, 'analyst');
    // 赛鱼, 蔡洼, 桥头, 沙坪, 平潭街, 贵石沟 as published
    for (const [township, points] of Object.entries({
      140303004000: 2482,
      140303003000: 238,
      140303007000: 139,
      140303005000: 286,
      140303001000: 41,
      140303006000: 46,
    })) {
      const page = await analyst.json<{ numberMatched: number }>(
        `/ogc/collections/hazard-points/items?limit=1&register=flood&township=${township}`,
      );
      expect([township, page.numberMatched]).toEqual([township, points]);
    }
    const share = (report.totals.households ?? 0) / 80_000;
    expect(share).toBeGreaterThan(0.02);
    expect(share).toBeLessThan(0.1);
  });

  test.each([
    ['zh-CN', WIDE, 'look-wide-zh'],
    ['en', WIDE, 'look-wide-en'],
    ['zh-CN', PHONE, 'look-phone-zh'],
    ['en', PHONE, 'look-phone-en'],
  ] as const)('the public sees a drawn map in %s at %o', async (language, size, name) => {
    const { page, foreign, errors, close } = await visit(browser, server.url, `/?lang=${language}`, size);
    await settled(page);
    const png = await shot(page, name);
    expect(await page.evaluate(() => document.documentElement.lang)).toBe(language);
    expect(await coloursOf(page, png)).toBeGreaterThan(100);
    expect(await page.getByTestId('attribution').first().textContent()).toMatch(language === 'en' ? /made up/ : /虚构/);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(size.width);
    expect(foreign).toEqual([]);
    expect(errors).toEqual([]);
    await close();
  });

  test.each([
    ['zh-CN', WIDE, 'count-wide-zh'],
    ['en', WIDE, 'count-wide-en'],
    ['zh-CN', PHONE, 'count-phone-zh'],
    ['en', PHONE, 'count-phone-en'],
  ] as const)('an analyst reads the totals of the API in %s at %o', async (language, size, name) => {
    const { page, foreign, close } = await visit(browser, server.url, `/?lang=${language}`, size);
    await signIn(page, 'analyst', PASSWORD);
    await page.waitForFunction(
      (want) => document.querySelector('[data-testid=total-households]')?.textContent?.replace(/\D/g, '') === want,
      String(report.totals.households),
    );
    expect(figures(await page.getByTestId('total-people').first().textContent())).toBe(report.totals.people);
    expect(figures(await page.getByTestId('certain-households').first().textContent())).toBe(report.totals.certain.households);
    for (const township of report.byTownship) {
      const row = page.locator(`[data-testid=by-township] [data-key="${township.code}"]`).first();
      expect((await row.textContent())?.replaceAll(',', '')).toContain(String(township.households));
    }
    await settled(page).catch(() => undefined);
    await shot(page, name);
    expect(foreign).toEqual([]);
    await close();
  });

  test('a click on a zone shows the number that the API gives for it', async () => {
    const zone = report.byZone.find((row) => row.layer === 'danger-zones' && (row.households ?? 0) > 50);
    if (!zone) throw new Error('the demo district has a large danger zone');
    const analyst = await Client.as(server, 'analyst');
    const area = await analyst.json<{ geometry: { coordinates: [number, number][][] } }>(
      `/ogc/collections/threatened-areas/items/${zone.zone}`,
    );
    const ring = area.geometry.coordinates[0] ?? [];
    const centre = [0, 1].map((axis) => ring.slice(1).reduce((sum, p) => sum + (p[axis] ?? 0), 0) / (ring.length - 1)) as [number, number];
    const { page, close } = await visit(browser, server.url, '/?lang=zh-CN', WIDE);
    await signIn(page, 'analyst', PASSWORD);
    const at = await page.evaluate(async (target) => {
      type Map = {
        jumpTo(view: object): void;
        once(e: string, d: () => void): void;
        triggerRepaint(): void;
        project(p: [number, number]): { x: number; y: number };
        getContainer(): HTMLElement;
      };
      const { __map: map } = globalThis as unknown as { __map: Map };
      map.jumpTo({ center: target, zoom: 16 });
      await new Promise<void>((done) => {
        map.once('idle', () => done());
        map.triggerRepaint();
      });
      const box = map.getContainer().getBoundingClientRect();
      const point = map.project(target);
      return { x: box.left + point.x, y: box.top + point.y };
    }, centre);
    await page.mouse.click(at.x, at.y);
    await page.getByTestId('card').first().waitFor();
    // where several things lie under the click, the zone is one of those to choose from
    if ((await page.getByTestId('zone-households').count()) === 0) {
      await page
        .getByTestId('card')
        .getByText(zone.name ?? '', { exact: false })
        .first()
        .click();
    }
    await page.getByTestId('zone-households').first().waitFor();
    await expect.poll(async () => figures(await page.getByTestId('zone-households').first().textContent())).toBe(zone.households);
    const alone = await analyst.json<ExposureReport>(`/api/exposure?zone=${encodeURIComponent(zone.zone)}`);
    expect(alone.totals.households).toBe(zone.households);
    expect(figures(await page.getByTestId('zone-people').first().textContent())).toBe(zone.people);
    await shot(page, 'zone-card-zh');
    await close();
  });

  test('the page counts what the map shows, at every move, as the service does', async () => {
    const analyst = await Client.as(server, 'analyst');
    const { page, errors, foreign, close } = await visit(browser, server.url, '/?lang=zh-CN', WIDE);
    await signIn(page, 'analyst', PASSWORD);
    await page.getByRole('button', { name: '数视野内', exact: true }).click();
    await page.getByTestId('in-view').waitFor();
    type Box = { getWest(): number; getSouth(): number; getEast(): number; getNorth(): number };
    type Map = { jumpTo(view: object): void; getBounds(): Box };
    const zone = report.byZone.find((row) => row.layer === 'danger-zones' && (row.households ?? 0) > 50);
    const area = await analyst.json<{ geometry: { coordinates: [number, number][][] } }>(
      `/ogc/collections/threatened-areas/items/${zone?.zone}`,
    );
    const center = area.geometry.coordinates[0]?.[0] as [number, number];
    for (const view of [{ zoom: 9 }, { center, zoom: 13.3 }, { center, zoom: 15.1 }]) {
      const box = await page.evaluate((to) => {
        const { __map: map } = globalThis as unknown as { __map: Map };
        map.jumpTo(to);
        const bounds = map.getBounds();
        return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()] as [number, number, number, number];
      }, view);
      const [west, south, east, north] = box;
      const ring = [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
      ];
      const answer = await analyst.send('POST', '/api/exposure/what-if', { geometry: { type: 'Polygon', coordinates: [ring] } });
      const { households } = (await answer.json()) as { households: number };
      expect(households).toBeGreaterThan(0);
      await expect.poll(() => page.getByTestId('in-view').getAttribute('data-households')).toBe(String(households));
    }
    await shot(page, 'count-in-view');
    await page.getByRole('button', { name: '停止', exact: true }).click();
    await page.getByTestId('in-view').waitFor({ state: 'detached' });
    expect([errors, foreign]).toEqual([[], []]);
    await close();
  });

  test('axe finds no fault in what the public and the analyst see', async () => {
    const { page, close } = await visit(browser, server.url, '/?lang=zh-CN', WIDE);
    expect(await axeFaults(page)).toEqual([]);
    await signIn(page, 'analyst', PASSWORD);
    expect(await axeFaults(page)).toEqual([]);
    await close();
  });
});
