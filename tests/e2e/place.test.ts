// Households without a position, in a real browser: listed, placed by click and by keyboard, refused when somebody else was
// faster, given up by Escape. The analyst reads the list, the public does not know of it.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ExposureReport } from '../../server/domain/figure.ts';
import { axeFaults, launch, PHONE, ready, settled, shot, signIn, skip, visit, WIDE } from '../support/browser.ts';
import { spot, type StoredPoint } from '../support/houses.ts';
import { Client, PASSWORD, startServer, type TestServer } from '../support/server.ts';

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

const pathOf = (id: string) => `/ogc/collections/households/items/${encodeURIComponent(id)}`;
const household = (id: string) => planner.json<StoredPoint>(pathOf(id));
const unlocated = async () => (await planner.json<ExposureReport>('/api/exposure')).unlocated.households;
const figures = (text: string | null) => Number((text ?? '').replace(/[^\d]/g, ''));
const inFocus = (page: Page) => page.evaluate(() => document.activeElement?.id ?? '');
const card = (page: Page) => page.getByTestId('place-card');
const row = (page: Page, id: string) => page.locator(`[data-testid=unlocated-row][data-id="${id}"]`);
const ids = (page: Page) => page.getByTestId('unlocated-row').evaluateAll((rows) => rows.map((each) => each.dataset['id'] ?? ''));

/** The list, opened by somebody of the staff with the map near enough to point at a house. */
async function open(user: 'analyst' | 'planner', language = 'zh-CN', size: typeof WIDE | typeof PHONE = WIDE) {
  const there = await visit(browser, server.url, `/?lang=${language}`, size);
  await signIn(there.page, user, PASSWORD);
  await there.page.goto(`${server.url}/?lang=${language}&near#v=1&c=113.56,37.87,16.5`);
  await ready(there.page);
  await there.page.getByTestId('open-unlocated').click();
  await there.page.getByTestId('unlocated-row').first().waitFor();
  return there;
}

/** Where the crosshair stands. */
const cross = (page: Page) =>
  page.evaluate(() => {
    const { __map: map } = globalThis as unknown as { __map: { getCenter(): { lng: number; lat: number } } };
    const { lng, lat } = map.getCenter();
    return { lng, lat };
  });

const moving = (page: Page) => page.evaluate(() => (globalThis as unknown as { __map: { isMoving(): boolean } }).__map.isMoving());

describe.skipIf(skip)('households without a position', () => {
  test('a planner reads the list, places one by click and one by keyboard, and the figure falls by two', async () => {
    const before = await unlocated();
    const { page, errors, foreign, close } = await open('planner');
    expect(figures(await page.getByTestId('unlocated-total').textContent())).toBe(before);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('未定位户');
    expect(await page.getByTestId('unlocated-row').count()).toBe(50);
    await page.getByTestId('more-unlocated').click();
    await expect.poll(() => page.getByTestId('unlocated-row').count()).toBe(100);
    const listed = await ids(page);
    expect(new Set(listed).size).toBe(100);
    expect(await axeFaults(page)).toEqual([]);
    const [first = '', second = '', third = ''] = listed;

    // by click; a second click moves the mark, and only what is confirmed is stored
    await row(page, first).getByTestId('place').click();
    await page.getByTestId('place-pick').waitFor();
    const wrong = await spot(page, 120, 40);
    await page.mouse.click(wrong.x, wrong.y);
    await page.getByTestId('place-mark').waitFor();
    const there = await spot(page, 150, -30);
    await page.mouse.click(there.x, there.y);
    await expect.poll(() => page.getByTestId('place-coordinates').textContent()).toBe(`${there.lng.toFixed(6)}，${there.lat.toFixed(6)}`);
    expect(await axeFaults(page)).toEqual([]);
    expect((await household(first)).geometry).toBeNull();
    await settled(page);
    await shot(page, 'place-wide-zh');
    await page.getByTestId('place-confirm').click();
    await card(page).waitFor({ state: 'detached' });
    const placed = await household(first);
    expect(placed.geometry?.coordinates[0]).toBeCloseTo(there.lng, 6);
    expect(placed.geometry?.coordinates[1]).toBeCloseTo(there.lat, 6);
    expect(placed.properties).toMatchObject({ position_method: 'by_hand', updated_by: 'planner' });
    const { revisions } = await planner.json<{ revisions: { reason: string | null }[] }>(`${pathOf(first)}/history`);
    expect(revisions.at(-1)?.reason).toBe('人工定位');
    expect(await row(page, first).count()).toBe(0);
    // the next one is at hand
    await expect.poll(() => inFocus(page)).toBe(`place-${second}`);

    // by keyboard: Enter on the row, the map moves under the crosshair, Enter places, Enter confirms
    await page.keyboard.press('Enter');
    await page.getByTestId('place-pick').waitFor();
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('CANVAS');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => moving(page)).toBe(false);
    const centre = await cross(page);
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByTestId('place-confirm').evaluate((button) => button === document.activeElement)).toBe(true);
    expect((await household(second)).geometry).toBeNull();
    await page.keyboard.press('Enter');
    await card(page).waitFor({ state: 'detached' });
    const byKey = (await household(second)).geometry?.coordinates ?? [];
    expect(byKey[0]).toBeCloseTo(centre.lng, 6);
    expect(byKey[1]).toBeCloseTo(centre.lat, 6);
    await expect.poll(() => inFocus(page)).toBe(`place-${third}`);

    expect(await unlocated()).toBe(before - 2);
    await expect.poll(async () => figures(await page.getByTestId('unlocated-total').textContent())).toBe(before - 2);
    await expect
      .poll(async () => figures(((await page.getByTestId('unlocated').textContent()) ?? '').split('户')[0] ?? ''), { timeout: 10_000 })
      .toBe(before - 2);
    expect(await ids(page)).not.toContain(first);

    await page.keyboard.press('Escape');
    await page.getByTestId('unlocated-list').waitFor({ state: 'detached' });
    await expect.poll(() => inFocus(page)).toBe('unlocated-switch');
    expect([errors, foreign]).toEqual([[], []]);
    await close();
  });

  test('Escape gives up the place, then the list; a click on the map asks again what is there', async () => {
    const { page, errors, close } = await open('planner', 'en');
    const before = await unlocated();
    const [, id = ''] = await ids(page);
    await row(page, id).getByTestId('place').click();
    await page.keyboard.press('Escape');
    await card(page).waitFor({ state: 'detached' });
    await expect.poll(() => inFocus(page)).toBe(`place-${id}`);
    await row(page, id).getByTestId('place').click();
    const there = await spot(page, 100, 20);
    await page.mouse.click(there.x, there.y);
    await page.getByTestId('place-again').click();
    expect(await page.getByTestId('place-mark').count()).toBe(0);
    await page.mouse.click(there.x, there.y);
    await page.getByTestId('place-mark').waitFor();
    await page.keyboard.press('Escape');
    await card(page).waitFor({ state: 'detached' });
    expect(await page.getByTestId('place-mark').count()).toBe(0);
    expect((await household(id)).geometry).toBeNull();
    expect(await unlocated()).toBe(before);
    await page.mouse.click(there.x, there.y);
    await page.getByTestId('card').waitFor();
    expect(await page.getByTestId('place-mark').count()).toBe(0);
    await page.keyboard.press('Escape');
    await page.getByTestId('unlocated-list').waitFor({ state: 'detached' });
    expect(errors).toEqual([]);
    await close();
  });

  test('somebody else was faster: it is said, what they changed is shown, and the second try stands', async () => {
    const { page, close } = await open('planner');
    const [id = '', other = ''] = await ids(page);
    const meanwhile = async (of: string, body: unknown) => {
      const etag = (await planner.get(pathOf(of))).headers.get('etag') ?? '';
      const answer = await planner.send('PATCH', pathOf(of), body, { 'If-Match': etag, 'Content-Type': 'application/merge-patch+json' });
      expect(answer.status).toBe(200);
    };
    let change: (() => Promise<void>) | null = () => meanwhile(id, { properties: { house_no: '新7号' } });
    // the page must not hear of it before it sends
    await page.route('**/ogc/collections/households/items/**', async (route) => {
      if (route.request().method() === 'PATCH') {
        await change?.();
        change = null;
      }
      await route.continue();
    });
    await row(page, id).getByTestId('place').click();
    const there = await spot(page, 140, 30);
    await page.mouse.click(there.x, there.y);
    await page.getByTestId('place-confirm').click();
    await page.getByTestId('place-overtaken').getByText('新7号').waitFor();
    expect((await household(id)).geometry).toBeNull();
    expect(await row(page, id).textContent()).toContain('新7号');
    await shot(page, 'place-overtaken-zh');
    await page.getByTestId('place-confirm').click();
    await card(page).waitFor({ state: 'detached' });
    expect((await household(id)).geometry?.coordinates[0]).toBeCloseTo(there.lng, 6);

    // and where somebody else has placed it, theirs stands
    change = () => meanwhile(other, { geometry: { type: 'Point', coordinates: [113.5, 37.9] } });
    await row(page, other).getByTestId('place').click();
    await page.mouse.click(there.x, there.y);
    await page.getByTestId('place-confirm').click();
    await page.getByTestId('place-outcome').getByText('由别人放到图上').waitFor();
    expect(await row(page, other).count()).toBe(0);
    expect((await household(other)).geometry?.coordinates).toEqual([113.5, 37.9]);
    await close();
  });

  test('on a phone the map is drawn under the cross, and the list comes back', async () => {
    const { page, errors, close } = await open('planner', 'zh-CN', PHONE);
    const [id = ''] = await ids(page);
    expect(await axeFaults(page)).toEqual([]);
    await shot(page, 'place-list-phone-zh');
    await row(page, id).getByTestId('place').tap();
    await page.getByTestId('place-centre').waitFor();
    await settled(page);
    await shot(page, 'place-pick-phone-zh');
    const centre = await cross(page);
    await page.getByTestId('place-centre').tap();
    await page.getByTestId('place-mark').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
    await settled(page);
    await shot(page, 'place-phone-zh');
    await page.getByTestId('place-confirm').tap();
    await page.getByTestId('place-outcome').waitFor();
    expect(await page.getByTestId('unlocated-list').isVisible()).toBe(true);
    expect((await household(id)).geometry?.coordinates[0]).toBeCloseTo(centre.lng, 6);
    expect(errors).toEqual([]);
    await close();
  });

  test('an analyst reads the list and places nobody; the public does not know of it', async () => {
    const { page, close } = await open('analyst', 'en');
    expect(await page.getByTestId('place').count()).toBe(0);
    expect(figures(await page.getByTestId('unlocated-total').textContent())).toBe(await unlocated());
    await close();
    const outside = await visit(browser, server.url, '/?lang=zh-CN', WIDE);
    const loaded = await outside.page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
    expect(loaded.filter((name) => /\/assets\/(Place|Count)/.test(name))).toEqual([]);
    expect(await outside.page.getByTestId('open-unlocated').count()).toBe(0);
    await outside.close();
  });
});
