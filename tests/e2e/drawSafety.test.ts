// What must not be lost or doubled, whatever happens between the hand and the service: work done while a save is under way, a
// sketch, a draft that is opened by another way, an answer that never came, a second window.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launch, ready, signIn, skip } from '../support/browser.ts';
import { CENTRE, clickAll, itemOf, makeZone, openDrawing, openZone, reopen, save, startCounty, textOf } from '../support/drawing.ts';
import { Client, PASSWORD, type TestServer } from '../support/server.ts';

let server: TestServer;
let browser: Browser;
let planner: Client;
let zone: string;

beforeAll(async () => {
  if (skip) return;
  [{ server, planner, zone }, browser] = await Promise.all([startCounty(), launch()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const [LON, LAT] = CENTRE;
const at = (x: number, y: number): [number, number] => [LON + x * 0.001, LAT + y * 0.001];
const count = async (name: string): Promise<number> =>
  (
    await planner.json<{ features: { properties: { name: string | null } }[] }>('/ogc/collections/danger-zones/items?limit=100')
  ).features.filter(({ properties }) => properties.name === name).length;

describe.skipIf(skip)('what must not be lost', () => {
  test('what is done while a save is under way stays, as changes that are not saved', async () => {
    const { page, close } = await openDrawing(browser, server);
    await openZone(page);
    await page.getByTestId('draw-technical_unit').fill('甲院');
    await page.getByTestId('draw-reason').fill('补单位');
    await page.route(`**/danger-zones/items/${zone}`, async (route) => {
      if (route.request().method() === 'PATCH') await new Promise((resolve) => setTimeout(resolve, 1200));
      await route.continue();
    });
    await page.getByTestId('draw-save').click();
    await page.getByTestId('draw-name').fill('西坡新名');
    await expect.poll(async () => (await itemOf(planner, zone)).properties['technical_unit']).toBe('甲院');
    await expect.poll(() => textOf(page.getByTestId('changes'))).toBe('1 处改动未存');
    expect(await page.getByTestId('draw-name').inputValue()).toBe('西坡新名');
    expect(await textOf(page.getByTestId('undo'))).toContain('名称');
    await save(page, '改名');
    expect((await itemOf(planner, zone)).properties).toMatchObject({ name: '西坡新名', technical_unit: '甲院' });
    await close();
  });

  test('a zone whose draft waits is opened with it, also by its card; every step stays through a conflict', async () => {
    const { page, close } = await openDrawing(browser, server);
    await openZone(page);
    await page.getByTestId('draw-technical_unit').fill('乙院');
    await page.waitForTimeout(600);
    await page.goto(`${server.url}/?again#v=1&c=${LON},${LAT},14.6`);
    await ready(page);
    await page.getByTestId('mode-draw').waitFor();
    await openZone(page);
    expect(await page.getByTestId('draw-technical_unit').inputValue()).toBe('乙院');
    // somebody else saves; the conflict stays in sight while one goes on
    const admin = await Client.as(server, 'admin');
    const path = `/ogc/collections/danger-zones/items/${zone}`;
    const etag = (await admin.get(path)).headers.get('ETag') ?? '';
    const headers = { 'Content-Type': 'application/merge-patch+json', 'If-Match': etag, 'X-Reason': 'x' };
    expect((await admin.send('PATCH', path, { properties: { method: '踏勘' } }, headers)).status).toBe(200);
    await page.getByTestId('conflict').waitFor();
    await page.getByTestId('draw-name').fill('西坡又改');
    await page.waitForTimeout(300);
    expect(await page.getByTestId('conflict').count()).toBe(1);
    await page.getByTestId('keep-mine').click();
    await save(page, '两边都要');
    expect((await itemOf(planner, zone)).properties).toMatchObject({ name: '西坡又改', technical_unit: '乙院', method: '踏勘' });
    await close();
  });

  test('a sketch is taken up after a reload where it was left; more than a few points are not dropped unasked', async () => {
    const { page, close } = await openDrawing(browser, server);
    await page.keyboard.press('p');
    await clickAll(page, [at(-4, -4), at(-2, -4), at(-1.4, -3), at(-2, -2), at(-3, -1.6), at(-4.2, -2)]);
    await page.waitForTimeout(300);
    await reopen(page);
    await page.getByTestId('resume').first().click();
    await expect.poll(() => textOf(page.getByTestId('vertex-count'))).toMatch(/^6 /);
    let asked = 0;
    page.on('dialog', (dialog) => {
      asked++;
      void (asked === 1 ? dialog.dismiss() : dialog.accept());
    });
    await page.keyboard.press('Escape');
    await expect.poll(() => textOf(page.getByTestId('vertex-count'))).toMatch(/^6 /);
    await page.keyboard.press('Enter');
    await expect.poll(() => textOf(page.getByTestId('changes'))).toBe('1 处改动未存');
    expect(asked).toBe(1);
    await page.getByTestId('give-up-draft').click();
    await page.getByTestId('draw-start').waitFor();
    await close();
  });

  test('an answer that never came makes no second zone', async () => {
    const { page, close } = await openDrawing(browser, server);
    await page.keyboard.press('r');
    await clickAll(page, [at(2.4, 3.1), at(4.4, 4.3)]);
    await page.getByTestId('draw-name').fill('只要一个');
    await page.getByTestId('draw-reason').fill('新画');
    let lost = 0;
    await page.route('**/danger-zones/items', async (route) => {
      if (route.request().method() !== 'POST' || lost > 0) return route.continue();
      lost++;
      await route.fetch();
      await route.abort();
    });
    await page.getByTestId('draw-save').click();
    await page.getByTestId('save-error').waitFor();
    expect(await count('只要一个')).toBe(1);
    await page.getByTestId('draw-technical_unit').fill('丙院');
    await page.getByTestId('draw-save').click();
    await page.getByTestId('saved').waitFor();
    expect(lost).toBe(1);
    expect(await count('只要一个')).toBe(1);
    await close();
  });

  test('two windows on one zone keep a draft each', async () => {
    const other = await makeZone(planner, '两窗', [LON + 0.0061, LAT + 0.0051, LON + 0.0072, LAT + 0.0062]);
    const { page, close } = await openDrawing(browser, server);
    const second = await page.context().newPage();
    await second.goto(`${server.url}/?lang=zh-CN#v=1&c=${LON},${LAT},14.6&draw=1`);
    await ready(second);
    for (const [window, unit] of [
      [page, '窗一'],
      [second, '窗二'],
    ] as const) {
      await openZone(window, [LON + 0.0066, LAT + 0.0056]);
      await window.getByTestId('draw-technical_unit').fill(unit);
      await window.waitForTimeout(600);
    }
    await expect.poll(() => textOf(second.getByTestId('inspector'))).toContain('另一个窗口');
    await save(second, '第二个窗口存了');
    expect((await itemOf(planner, other)).properties).toMatchObject({ technical_unit: '窗二' });
    // the first one's is still there, and is told of the other version
    await page.getByTestId('conflict').waitFor();
    await reopen(page);
    await expect.poll(() => textOf(page.getByTestId('draw-start'))).toContain('两窗');
    await close();
  });

  test('a draft waits for its owner: signed out in the middle, or beside other panels, it comes back as it was', async () => {
    const { page, close } = await openDrawing(browser, server);
    await openZone(page);
    await page.getByTestId('draw-technical_unit').fill('丁院');
    await page.getByTestId('draw-reason').fill('中途');
    // another panel takes the place, and gives it back
    await page.getByTestId('open-book').click();
    await page.getByTestId('mode-draw').click();
    await expect.poll(() => page.getByTestId('draw-technical_unit').inputValue()).toBe('丁院');
    expect(await page.getByTestId('draw-reason').inputValue()).toBe('中途');
    // the session ends elsewhere
    await page.getByTestId('draw-technical_unit').fill('戊院');
    await page.context().clearCookies();
    await page.getByTestId('draw-save').click();
    await page.getByTestId('sign-in').first().waitFor();
    expect(await page.locator('.strip').textContent()).toContain('存在这台电脑上');
    await signIn(page, 'planner', PASSWORD, 'inspector');
    await expect.poll(() => page.getByTestId('draw-technical_unit').inputValue()).toBe('戊院');
    await save(page, '接着存');
    expect((await itemOf(planner, zone)).properties['technical_unit']).toBe('戊院');
    await close();
  });
});
