// What a planner does with shapes in a real browser: against a saved zone and its neighbours, holes and parts, faults, the one list
// of operations, measuring. Every figure that the page shows is counted again here, house by house.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFaults, launch, settled, shot, skip } from '../support/browser.ts';
import {
  CENTRE,
  clickAll,
  countedBy,
  itemOf,
  makeZone,
  drawn,
  openDrawing,
  openZone,
  pixel,
  save,
  shows,
  startCounty,
  textOf,
} from '../support/drawing.ts';
import type { Client, TestServer } from '../support/server.ts';

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
describe.skipIf(skip)('shapes in the hand', () => {
  test('a saved zone: the difference, who comes in, the townships, the neighbour that is snapped to', async () => {
    await makeZone(planner, '东坡', [LON + 0.0046, LAT - 0.002, LON + 0.0075, LAT + 0.002]);
    const { page, close } = await openDrawing(browser, server);
    await openZone(page);
    const before = (await itemOf(planner, zone)).geometry.coordinates;
    const saved = countedBy(before);
    await shows(page, saved.households);
    // the eastern corners go to those of the neighbour: bit for bit
    for (const [own, other] of [
      [at(3, -2), at(4.6, -2)],
      [at(3, 2), at(4.6, 2)],
    ] as const) {
      const [from, to] = [await pixel(page, ...own), await pixel(page, ...other)];
      await page.mouse.move(from.x, from.y);
      await page.mouse.down();
      await page.mouse.move(to.x + 4, to.y + 3, { steps: 3 });
      await page.waitForTimeout(50);
      expect(await textOf(page.getByTestId('chip'))).toContain('吸附到东坡');
      await page.mouse.up();
    }
    const ring = [at(-3, -2), at(4.6, -2), at(4.6, 2), at(-3, 2)];
    const now = countedBy([ring]);
    await shows(page, now.households);
    const more = now.households - saved.households;
    expect(more).toBeGreaterThan(0);
    expect(await textOf(page.getByTestId('chip'))).toContain(`比已存多 ${more} 户`);
    expect(await textOf(page.getByTestId('chip-in-out'))).toBe(`进 ${more} 户，出 0 户`);
    expect(await textOf(page.getByTestId('shared').first())).toContain('东坡');
    // nobody is threatened yet: in force, the townships have exactly those inside
    const effects = await textOf(page.getByTestId('effects'));
    const east = countedBy([[at(0, -2), at(4.6, -2), at(4.6, 2), at(0, 2)]]).households;
    expect(effects).toContain(`0 → ${east} 户`);
    await page.getByTestId('list-in').click();
    const people = page.getByTestId('people');
    await people.locator('li').first().waitFor();
    expect(await people.locator('li').count()).toBe(more);
    await shot(page, 'draw-difference');
    await save(page, '与东坡共边');
    const stored = (await itemOf(planner, zone)).geometry.coordinates[0];
    expect(stored).toContainEqual([LON + 0.0046, LAT - 0.002]);
    expect(stored).toContainEqual([LON + 0.0046, LAT + 0.002]);
    await close();
  });

  test('holes, parts, splitting, merging, circles by radius, widening: areas and counts follow', async () => {
    const { page, close } = await openDrawing(browser, server);
    await page.getByTestId('new-zone').click();
    await page.keyboard.press('r');
    await clickAll(page, [at(-4.1, -5.5), at(0.2, -2.6)]);
    const outer = await drawn(page, [at(-4.1, -5.5), at(0.2, -2.6)]);
    const [[west, south], [east, north]] = outer as [[number, number], [number, number]];
    const shell: [number, number][] = [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
    ];
    await shows(page, countedBy([shell]).households);

    await page.keyboard.press('h');
    const hole = [at(-3.1, -4.6), at(-1.1, -4.6), at(-2.1, -3.4)];
    await clickAll(page, hole);
    await page.keyboard.press('Enter');
    const holeRing = await drawn(page, hole);
    await shows(page, countedBy([shell, holeRing]).households);
    expect(await textOf(page.getByTestId('inspector'))).toContain('1 个洞');

    await page.keyboard.press('x');
    await clickAll(page, [at(-0.55, -6.2), at(-0.55, -2.2)]);
    await page.keyboard.press('Enter');
    await expect.poll(() => textOf(page.getByTestId('inspector'))).toContain('2 块');
    // nothing is lost or counted twice along the cut
    await shows(page, countedBy([shell, holeRing]).households);
    await shot(page, 'draw-split');

    await page.getByTestId('undo').click();
    await shows(page, countedBy([shell, holeRing]).households);

    await page.keyboard.press('c');
    await clickAll(page, [at(2.2, -4.2)]);
    await page.getByTestId('figure-radius').fill('120');
    await page.getByTestId('apply-radius').click();
    await expect.poll(() => textOf(page.getByTestId('inspector'))).toContain('2 块');

    // widened by the service, on the ellipsoid
    const size = () => textOf(page.getByTestId('zone-size'));
    const small = await size();
    await page.keyboard.press('w');
    await page.getByTestId('figure-buffer').fill('15');
    await page.getByTestId('apply-buffer').click();
    await expect.poll(size).not.toBe(small);
    expect(await textOf(page.getByTestId('undo'))).toContain('外扩 15 米');

    // typed to the centimetre
    await page.getByTestId('undo').click();
    await page.getByTestId('vertex-table').locator('summary').first().click();
    await page.getByTestId('vertex-1').fill('113°33′20″, 37°51′50″');
    await page.getByTestId('vertex-1').press('Enter');
    await expect.poll(() => page.getByTestId('vertex-1').inputValue()).toBe('113.5555556, 37.8638889');
    await close();
  });

  test('what crosses itself is told at once, marked, and not saved', async () => {
    const { page, close } = await openDrawing(browser, server);
    await page.getByTestId('new-zone').click();
    await clickAll(page, [at(-4, -1), at(-3.2, 1), at(-3.2, -1), at(-4, 1)]);
    await page.keyboard.press('Enter');
    // the ring stays open in the hand: nothing that was clicked is lost
    await expect.poll(() => textOf(page.getByTestId('chip'))).toContain('边界自己交叉');
    await shot(page, 'draw-crossing');
    await page.getByTestId('draw-reason').fill('试');
    expect(await page.getByTestId('draw-save').getAttribute('aria-disabled')).toBe('true');
    await close();
  });

  test('the context menu, the help sheet and the keys are one list; what cannot be done says why', async () => {
    const { page, close } = await openDrawing(browser, server);
    await openZone(page);
    const { x, y } = await pixel(page, ...at(1.1, 1.1));
    await page.mouse.click(x, y, { button: 'right' });
    const menu = page.getByTestId('menu');
    await menu.waitFor();
    expect(await textOf(menu.getByTestId('menu-remove-vertex'))).toContain('先选一个顶点');
    expect(await textOf(menu.getByTestId('menu-merge-parts'))).toContain('只有一块');
    expect(await axeFaults(page)).toEqual([]);
    await shot(page, 'draw-menu');
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    const sheet = page.locator('.help-sheet');
    await sheet.waitFor();
    for (const key of ['V', 'P', 'R', 'C', 'F', 'H', 'X', 'G', 'M', 'S', 'L', 'Del', 'Ctrl+Z']) {
      expect(
        await sheet
          .locator('kbd')
          .filter({ hasText: new RegExp(`^${key.replace('+', '\\+')}$`) })
          .count(),
      ).toBe(1);
    }
    await shot(page, 'draw-help');
    await page.keyboard.press('Escape');
    // what is counted and shown can be changed without leaving the draft
    await page.keyboard.press('l');
    const sheetOfLayers = page.getByTestId('layers-sheet');
    await sheetOfLayers.waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await shot(page, 'draw-layers');
    await sheetOfLayers.getByRole('button', { name: '户籍' }).click();
    await expect.poll(() => textOf(page.getByTestId('inspector'))).toContain('户籍，夜间');
    await page.keyboard.press('Escape');
    expect(await sheetOfLayers.count()).toBe(0);
    await close();
  });

  test('measuring: length and area on the ellipsoid, without touching the draft', async () => {
    const { page, close } = await openDrawing(browser, server);
    await page.keyboard.press('m');
    await clickAll(page, [at(-2, 0), at(2, 0), at(2, 2)]);
    await page.mouse.move(5, 300);
    // 0.004° along the parallel and 0.002° along the meridian, within a pixel of each
    await expect.poll(() => textOf(page.getByTestId('measured'))).toMatch(/长 [\d.,]+ (千)?米/);
    await page.getByTestId('notation').selectOption('grid');
    const { x, y } = await pixel(page, ...at(0, 0));
    await page.mouse.move(x, y);
    await expect.poll(() => textOf(page.getByTestId('readout'))).toMatch(/^38\d{6}\.\d\d 41\d{5}\.\d\d$/);
    await page.getByTestId('notation').selectOption('dms');
    await expect.poll(() => textOf(page.getByTestId('readout'))).toContain('113°33′');
    await page.keyboard.press('Escape');
    await settled(page);
    await close();
  });
});
