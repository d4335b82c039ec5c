// Two planners on one zone, and what must not be lost: both versions are seen and chosen from; drafts outlive a reload and a
// lost network; earlier versions come back as new revisions; others' edits appear without disturbing a draft.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launch, shot, skip } from '../support/browser.ts';
import { box, CENTRE, countedBy, itemOf, openDrawing, openZone, pixel, reopen, shows, startCounty, textOf } from '../support/drawing.ts';
import { Client, type TestServer } from '../support/server.ts';

let server: TestServer;
let browser: Browser;
let planner: Client;
let admin: Client;
let zone: string;

beforeAll(async () => {
  if (skip) return;
  [{ server, planner, zone }, browser] = await Promise.all([startCounty(), launch()]);
  admin = await Client.as(server, 'admin');
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const [LON, LAT] = CENTRE;
const at = (x: number, y: number): [number, number] => [LON + x * 0.001, LAT + y * 0.001];
const path = () => `/ogc/collections/danger-zones/items/${zone}`;

/** Somebody else changes the zone, by the same way as every client. */
async function byAdmin(change: { geometry?: unknown; properties?: Record<string, unknown> }, reason: string): Promise<void> {
  const etag = (await admin.get(path())).headers.get('ETag') ?? '';
  const response = await admin.send(
    'PATCH',
    path(),
    { properties: {}, ...change },
    { 'Content-Type': 'application/merge-patch+json', 'If-Match': etag, 'X-Reason': encodeURIComponent(reason) },
  );
  expect(response.status).toBe(200);
}

/** Drags the corner of the zone in hand from one place to another. */
async function drag(page: Page, from: readonly [number, number], to: readonly [number, number]): Promise<void> {
  const [a, b] = [await pixel(page, ...(from as [number, number])), await pixel(page, ...(to as [number, number]))];
  await page.mouse.move(a.x, a.y);
  await page.mouse.down();
  await page.mouse.move(b.x, b.y, { steps: 3 });
  await page.mouse.up();
}

const ringOf = async () => (await itemOf(planner, zone)).geometry.coordinates;

describe.skipIf(skip)('drawing together', () => {
  test('the second to save sees both shapes and what differs, and chooses of each', async () => {
    const { page, close } = await openDrawing(browser, server);
    await openZone(page);
    await drag(page, at(3, 2), at(4.1, 3.1));
    await page.getByTestId('draw-technical_unit').fill('甲院');
    const mine = countedBy([[at(-3, -2), at(3, -2), at(4.1, 3.1), at(-3, 2)]]);
    await expect
      .poll(async () => Math.abs(Number((await textOf(page.getByTestId('draft-households'))).replace(/\D/g, '')) - mine.households))
      .toBeLessThan(4);
    await byAdmin({ geometry: box(...at(-3, -2), ...at(3, 1)), properties: { method: '现场踏勘', technical_unit: '乙院' } }, '北面已削坡');
    // it is noticed before anybody tries to save
    const conflict = page.getByTestId('conflict');
    await conflict.waitFor();
    expect(await textOf(conflict)).toContain('admin');
    expect(await textOf(conflict)).toContain('北面已削坡');
    const theirs = countedBy(await ringOf());
    await expect.poll(() => textOf(conflict)).toContain(`${theirs.households} 户`);
    await shot(page, 'draw-conflict');
    // theirs of the unit, mine of the outline; what only they touched stays theirs
    await page.getByTestId('choose-technical_unit-theirs').check();
    await page.getByTestId('keep-mine').click();
    await expect.poll(() => page.getByTestId('draw-technical_unit').inputValue()).toBe('乙院');
    await page.getByTestId('draw-reason').fill('东北角新裂缝');
    await page.getByTestId('draw-save').click();
    await page.getByTestId('saved').waitFor();
    const stored = await itemOf(planner, zone);
    expect(stored.properties).toMatchObject({ technical_unit: '乙院', method: '现场踏勘', reason: '东北角新裂缝' });
    expect(Math.max(...(stored.geometry.coordinates[0] ?? []).map(([, lat = 0]) => lat))).toBeGreaterThan(LAT + 0.0029);
    await close();
  });

  test('a save that comes too late is refused, and theirs can be taken whole; undo brings mine back', async () => {
    const { page, close } = await openDrawing(browser, server);
    await openZone(page);
    // the page does not hear of it: the events are cut off
    await page.route('**/api/events', (route) => route.abort());
    await page.evaluate(() => undefined);
    await drag(page, at(-3, -2), at(-4.2, -3.1));
    await page.getByTestId('draw-reason').fill('西南角');
    await page.route(`**${path()}`, async (route) => {
      if (route.request().method() === 'PATCH') await byAdmin({ properties: { method: '二次踏勘' } }, '补方法');
      await page.unroute(`**${path()}`);
      await route.continue();
    });
    await page.getByTestId('draw-save').click();
    const conflict = page.getByTestId('conflict');
    await conflict.waitFor();
    expect(await textOf(conflict)).toContain('没有保存');
    expect((await itemOf(planner, zone)).properties).toMatchObject({ method: '二次踏勘' });
    const theirs = countedBy(await ringOf());
    await page.getByTestId('take-theirs').click();
    await shows(page, theirs.households);
    await page.getByTestId('undo').click();
    await expect.poll(() => textOf(page.getByTestId('chip'))).toMatch(/比已存(多|少)/);
    await close();
  });

  test('a draft outlives a reload and a lost network, and is saved when it is back', async () => {
    const { page, close } = await openDrawing(browser, server);
    await openZone(page);
    await drag(page, at(-3, -2), at(-4.4, -2.6));
    await page.getByTestId('draw-name').fill('西坡（改）');
    await page.getByTestId('draw-reason').fill('离线改的');
    const households = await textOf(page.getByTestId('draft-households'));
    await page.waitForTimeout(600);
    await reopen(page);
    await expect.poll(() => textOf(page.getByTestId('draw-start'))).toContain('西坡（改）');
    await shot(page, 'draw-waiting');
    await page.getByTestId('resume').first().click();
    await expect.poll(() => textOf(page.getByTestId('draft-households'))).toBe(households);
    await expect.poll(() => page.getByTestId('draw-name').inputValue()).toBe('西坡（改）');
    expect(await page.getByTestId('draw-reason').inputValue()).toBe('离线改的');
    // undo goes back over the steps of before the reload
    expect(await textOf(page.getByTestId('undo'))).toContain('名称');

    const context = page.context();
    await context.setOffline(true);
    await page.getByTestId('draw-save').click();
    await page.getByTestId('save-error').waitFor();
    expect(await textOf(page.getByTestId('save-error'))).toContain('草稿已存在这台电脑上');
    // drawing and counting go on without the network
    await drag(page, at(-4.4, -2.6), at(-4.9, -2.9));
    await expect.poll(() => textOf(page.getByTestId('draft-households'))).not.toBe('—');
    await shot(page, 'draw-offline');
    await context.setOffline(false);
    await page.getByTestId('draw-save').click();
    await page.getByTestId('saved').waitFor();
    expect((await itemOf(planner, zone)).properties).toMatchObject({ name: '西坡（改）', reason: '离线改的' });
    await reopen(page);
    await page.waitForTimeout(500);
    expect(await page.getByTestId('resume').count()).toBe(0);
    await close();
  });

  test('earlier versions are looked at beside the draft, compared, and restored as a new revision', async () => {
    const before = await planner.json<{ revisions: { revision: number; geometry: { coordinates: number[][][] } }[] }>(`${path()}/history`);
    const { page, close } = await openDrawing(browser, server);
    await openZone(page);
    await page.getByTestId('compare').click();
    expect(await textOf(page.getByTestId('history-text'))).toMatch(/admin|planner/);
    const slider = page.getByTestId('history-slider');
    await slider.focus();
    await page.keyboard.press('Home');
    const first = before.revisions[0]?.geometry.coordinates ?? [];
    await expect.poll(() => textOf(page.getByTestId('looked-count'))).toContain(`${countedBy(first).households} 户`);
    expect(await textOf(page.getByTestId('history-text'))).toContain('初划');
    await shot(page, 'draw-history');
    await page.getByTestId('restore').click();
    await shows(page, countedBy(first).households);
    // one of the steps of the draft like any other
    await page.getByTestId('undo').click();
    await page.getByTestId('redo').click();
    await page.getByTestId('draw-reason').fill('恢复初划范围');
    await page.getByTestId('draw-save').click();
    await page.getByTestId('saved').waitFor();
    const after = await planner.json<typeof before>(`${path()}/history`);
    expect(after.revisions.length).toBe(before.revisions.length + 1);
    expect((await itemOf(planner, zone)).geometry.coordinates).toEqual(first);
    await close();
  });

  test('who draws a zone is seen by others, and their saved edits appear without disturbing a draft', async () => {
    const first = await openDrawing(browser, server, { user: 'admin' });
    await openZone(first.page);
    const second = await openDrawing(browser, server);
    expect(await textOf(second.page.getByTestId('draw-start'))).toContain('admin');
    await openZone(second.page);
    await second.page.getByTestId('beside-me').waitFor();
    expect(await textOf(second.page.getByTestId('beside-me'))).toContain('admin 正在改这个区');
    await drag(second.page, at(-3, -2), at(-4.3, -3));
    const mine = await textOf(second.page.getByTestId('draft-households'));
    await first.page.getByTestId('draw-name').fill('西坡三版');
    await first.page.getByTestId('draw-reason').fill('改名');
    await first.page.getByTestId('draw-save').click();
    await first.page.getByTestId('saved').waitFor();
    await second.page.getByTestId('conflict').waitFor();
    expect(await textOf(second.page.getByTestId('draft-households'))).toBe(mine);
    // and whoever has changed nothing simply has the newer version
    await second.page.getByTestId('take-theirs').click();
    await expect.poll(() => second.page.getByTestId('draw-name').inputValue()).toBe('西坡三版');
    await first.page.getByTestId('put-aside').click();
    await expect.poll(() => second.page.getByTestId('beside-me').count()).toBe(0);
    await first.close();
    await second.close();
  });
});
