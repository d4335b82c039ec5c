// Drawing in a real browser, by mouse, by keyboard alone and by touch: draw, edit, undo, redo, save. Every figure that the page
// shows is counted again here, house by house.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFaults, launch, PHONE, shot, skip } from '../support/browser.ts';
import {
  CENTRE,
  chip,
  clickAll,
  countedBy,
  drawn,
  openDrawing,
  pixel,
  positionAt,
  save,
  shows,
  startCounty,
  textOf,
} from '../support/drawing.ts';
import type { Client, TestServer } from '../support/server.ts';

let server: TestServer;
let browser: Browser;
let planner: Client;

beforeAll(async () => {
  if (skip) return;
  [{ server, planner }, browser] = await Promise.all([startCounty(), launch()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const [LON, LAT] = CENTRE;
const at = (x: number, y: number): [number, number] => [LON + x * 0.001, LAT + y * 0.001];
/** West of everything else, so that nothing snaps. */
const CORNERS = [at(-4.1, 3.2), at(-1.1, 3.6), at(-1.3, 5.6), at(-3.8, 5.4)];

const zones = async () =>
  (
    await planner.json<{
      features: { id: string; properties: Record<string, unknown>; geometry: { type: string; coordinates: number[][][] } }[];
    }>('/ogc/collections/danger-zones/items?limit=100')
  ).features;
const named = async (name: string) => (await zones()).find(({ properties }) => properties['name'] === name);

describe.skipIf(skip)('drawing', () => {
  test('by mouse: every shown count is right, undo and redo go step by step, saving needs a reason', async () => {
    const { page, errors, foreign, close } = await openDrawing(browser, server);
    expect(await axeFaults(page)).toEqual([]);
    await shot(page, 'draw-start');
    await page.getByTestId('new-zone').click();
    await page.keyboard.press('s'); // nothing shall snap: every vertex is where it was clicked
    const ring = await drawn(page, CORNERS);
    await clickAll(page, CORNERS.slice(0, 3));
    // the fourth corner is only pointed at: it counts already
    const last = await pixel(page, ...(CORNERS[3] as [number, number]));
    await page.mouse.move(last.x, last.y, { steps: 4 });
    await shows(page, countedBy([ring]).households);
    expect((await chip(page))[1]).toBe(countedBy([ring]).people);
    await shot(page, 'draw-polygon');
    await page.mouse.click(last.x, last.y);
    // back on the first vertex the ring is closed
    await clickAll(page, CORNERS.slice(0, 1));
    await expect.poll(() => textOf(page.getByTestId('vertex-count'))).toBe('4 个顶点');
    await shows(page, countedBy([ring]).households);

    // a vertex is dragged, with a count at every move
    const [from, to] = [await pixel(page, ...(CORNERS[1] as [number, number])), await pixel(page, ...at(-0.5, 2.2))];
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    for (let step = 1; step <= 5; step++) {
      const [x, y] = [Math.round(from.x + ((to.x - from.x) * step) / 5), Math.round(from.y + ((to.y - from.y) * step) / 5)];
      await page.mouse.move(x, y);
      await shows(page, countedBy([ring.with(1, await positionAt(page, x, y))]).households);
    }
    await shot(page, 'draw-drag');
    await page.mouse.up();
    const moved = ring.with(1, await positionAt(page, to.x, to.y));
    await shows(page, countedBy([moved]).households);
    expect(await textOf(page.getByTestId('undo'))).toContain('移动顶点 2');
    await page.keyboard.press('Control+z');
    await shows(page, countedBy([ring]).households);
    await page.keyboard.press('Control+Shift+Z');
    await shows(page, countedBy([moved]).households);

    // attributes are steps as well
    await page.getByTestId('draw-name').fill('新区');
    expect(await textOf(page.getByTestId('undo'))).toContain('名称');
    await page.getByTestId('undo').click();
    await expect.poll(() => page.getByTestId('draw-name').inputValue()).toBe('');
    await page.getByTestId('redo').click();
    await expect.poll(() => page.getByTestId('draw-name').inputValue()).toBe('新区');

    // without a reason nothing is saved, and it is said why
    await page.getByTestId('draw-save').click({ force: true });
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-testid'))).toBe('draw-reason');
    expect(await axeFaults(page)).toEqual([]);
    await save(page, '雨后新裂缝');
    const stored = await named('新区');
    expect(stored?.properties).toMatchObject({ status: 'draft', reason: '雨后新裂缝' });
    expect(stored?.geometry.coordinates[0]?.slice(0, -1)).toEqual(moved);
    expect(errors).toEqual([]);
    expect(foreign).toEqual([]);
    await close();
  });

  test('by keyboard alone: drawn under the crosshair, a vertex carried, undone, saved', async () => {
    const { page, close } = await openDrawing(browser, server);
    await page.getByTestId('new-zone').focus();
    await page.keyboard.press('Enter');
    await page.evaluate(() => document.querySelector<HTMLElement>('#map canvas')?.focus());
    const centre = () =>
      page.evaluate(() => {
        const { __map: map } = globalThis as unknown as { __map: { getCenter(): { lng: number; lat: number } } };
        const { lng, lat } = map.getCenter();
        return [lng, lat] as [number, number];
      });
    const press = async (key: string, times = 1) => {
      for (let i = 0; i < times; i++) await page.keyboard.press(key);
    };
    const ring: [number, number][] = [];
    const put = async () => {
      await press('Enter');
      ring.push((await centre()).map((degrees) => Math.round(degrees * 1e7) / 1e7) as [number, number]);
    };
    await press('s'); // nothing shall snap
    await press('ArrowLeft', 2);
    await put();
    await press('ArrowDown', 3);
    await put();
    await press('ArrowRight', 4);
    await press('Shift+ArrowRight', 3);
    await put();
    await press('ArrowUp', 1);
    await put();
    await press('Backspace');
    ring.pop();
    await press('ArrowUp', 1);
    await put();
    expect(await textOf(page.locator('[aria-live=polite]').first())).not.toBe('');
    await press('Enter'); // twice at one place: the last
    await expect.poll(() => textOf(page.getByTestId('vertex-count'))).toBe('4 个顶点');
    await shows(page, countedBy([ring]).households);

    // walk to the second vertex, pick it up, carry it, put it down
    await press('n', 2);
    await press('Enter');
    await press('ArrowLeft', 2);
    const to = (await centre()).map((degrees) => Math.round(degrees * 1e7) / 1e7) as [number, number];
    await shows(page, countedBy([ring.with(1, to)]).households);
    await shot(page, 'draw-keyboard');
    await press('Enter');
    await shows(page, countedBy([ring.with(1, to)]).households);
    await press('Control+z');
    await shows(page, countedBy([ring]).households);
    await press('Control+y');
    await page.getByTestId('draw-name').focus();
    await page.keyboard.type('键盘画的');
    await page.getByTestId('draw-reason').focus();
    await page.keyboard.type('只用键盘');
    await page.keyboard.press('Enter');
    await page.getByTestId('saved').waitFor();
    expect((await named('键盘画的'))?.geometry.coordinates[0]?.length).toBe(5);
    await close();
  });

  test('by touch on a phone: taps, the crosshair button, a vertex moved from point to point, saved', async () => {
    const { page, close, errors } = await openDrawing(browser, server, { size: PHONE, zoom: 15 });
    await page.getByTestId('new-zone').tap();
    const corners = [at(-1.6, 1.2), at(1.4, 1.6), at(1.2, -1.1)];
    for (const [lon, lat] of corners) {
      const { x, y } = await pixel(page, lon, lat);
      await page.touchscreen.tap(x, y);
    }
    // near the first one closes the ring: a finger is no needle
    const start = await pixel(page, ...(corners[0] as [number, number]));
    await page.touchscreen.tap(start.x + 8, start.y - 6);
    await expect.poll(() => page.getByTestId('phone-back').count()).toBe(1);
    await page.getByTestId('chip-count').waitFor();
    const before = await chip(page);
    expect(before[0]).toBeGreaterThan(10);
    await shot(page, 'draw-phone');
    expect(await axeFaults(page)).toEqual([]);
    // choose the first corner, bring the map under the cross, put it down
    const first = await pixel(page, ...(corners[0] as [number, number]));
    await page.touchscreen.tap(first.x, first.y);
    await page.getByTestId('phone-drop').tap();
    expect(await textOf(page.locator('.phone-hint'))).toContain('拖地图对准十字');
    await page.evaluate(() => {
      const { __map: map } = globalThis as unknown as { __map: { panBy(by: [number, number], options: object): void } };
      map.panBy([-120, -60], { duration: 0 });
    });
    await page.waitForTimeout(200);
    await shot(page, 'draw-phone-carry');
    await page.getByTestId('phone-drop').tap();
    await expect.poll(async () => (await chip(page))[0]).not.toBe(before[0]);
    await page.getByTestId('phone-undo').tap();
    await shows(page, before[0] ?? 0);
    await page.locator('.sheet-open').tap();
    await page.getByTestId('draw-name').fill('手机画的');
    await page.getByTestId('draw-reason').fill('现场');
    await shot(page, 'draw-phone-form');
    expect(await axeFaults(page)).toEqual([]);
    await page.getByTestId('draw-save').tap();
    await page.getByTestId('saved').waitFor();
    expect(await named('手机画的')).toBeTruthy();
    expect(errors).toEqual([]);
    await close();
  });
});
