// A base map in one file: read by ranges from the service alone, drawn under everything, its makers named.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launch, settled, shot, skip, visit, WIDE } from '../support/browser.ts';
import { oneTilePmtiles, plainPng } from '../support/pmtiles.ts';
import { startServer, type TestServer } from '../support/server.ts';

const folder = mkdtempSync(join(tmpdir(), 'xiantu-pmtiles-'));
let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  if (skip) return;
  const path = join(folder, 'base.pmtiles');
  writeFileSync(path, oneTilePmtiles(plainPng(256, [40, 90, 200]), { attribution: '© 测绘院' }));
  [server, browser] = await Promise.all([startServer({ XIANTU_BASEMAP: `pmtiles:${path}` }), launch()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  rmSync(folder, { recursive: true });
});

describe.skipIf(skip)('a base map in one file', () => {
  test('is drawn, and nothing outside is asked', async () => {
    const asked: string[] = [];
    const { page, foreign, errors, close } = await visit(browser, server.url, '/#v=1&c=113.56,37.87,8', WIDE);
    page.on('request', (request) => asked.push(request.url()));
    await page.waitForFunction(() => {
      const { __map: map } = globalThis as unknown as { __map: { getSource(id: string): unknown; isSourceLoaded(id: string): boolean } };
      return map.getSource('basemap') !== undefined && map.isSourceLoaded('basemap');
    });
    await settled(page);
    const picture = await shot(page, 'basemap');
    // the colour of the tile, held back: more blue than red anywhere in the middle of the map
    const { createCanvas, loadImage } = await import('@napi-rs/canvas');
    const canvas = createCanvas(WIDE.width, WIDE.height);
    const pen = canvas.getContext('2d');
    pen.drawImage(await loadImage(picture), 0, 0);
    const [red = 0, , blue = 0] = pen.getImageData(900, 450, 1, 1).data;
    expect(blue).toBeGreaterThan(red + 20);
    expect(await page.locator('.attribution').first().textContent()).toContain('© 测绘院');
    expect(foreign).toEqual([]);
    expect(errors).toEqual([]);
    await close();
  });
});
