// A small county for drawing on: a grid of houses whose coordinates are known, so that a test can count for itself; and what
// a hand does on the map, in pixels of the page.
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { ready, settled, signIn, visit, WIDE, type PHONE, type Visit } from './browser.ts';
import type { launch } from './browser.ts';
import { Client, collectionOf, PASSWORD, startServer, type TestServer } from './server.ts';

export const CENTRE = [113.56, 37.87] as const;
const STEP = 0.0004;
const HALF = 25;

export interface Home {
  readonly lon: number;
  readonly lat: number;
  readonly people: number;
}

export const HOMES: readonly Home[] = Array.from({ length: (2 * HALF + 1) ** 2 }, (_, n) => {
  const [i, j] = [(n % (2 * HALF + 1)) - HALF, Math.floor(n / (2 * HALF + 1)) - HALF];
  return { lon: round(CENTRE[0] + i * STEP + STEP / 3), lat: round(CENTRE[1] + j * STEP + STEP / 3), people: 1 + (n % 5) };
});

function round(degrees: number): number {
  return Math.round(degrees * 1e7) / 1e7;
}

export const box = (west: number, south: number, east: number, north: number) => ({
  type: 'Polygon' as const,
  coordinates: [
    [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ],
  ],
});

/** Of the houses, those that the rings take in, by even and odd: no vertex of a test's shape lies on a house. */
export function countedBy(rings: readonly (readonly (readonly number[])[])[]): { households: number; people: number } {
  let [households, people] = [0, 0];
  for (const home of HOMES) {
    let inside = false;
    for (const ring of rings) {
      for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
        const [x1 = 0, y1 = 0] = ring[i] ?? [];
        const [x2 = 0, y2 = 0] = ring[j] ?? [];
        if (y1 > home.lat !== y2 > home.lat && home.lon < ((x2 - x1) * (home.lat - y1)) / (y2 - y1) + x1) inside = !inside;
      }
    }
    if (!inside) continue;
    households++;
    people += home.people;
  }
  return { households, people };
}

/** A service with the county in it; `zone` is announced and lies in the middle. */
export async function startCounty(): Promise<{ server: TestServer; planner: Client; zone: string }> {
  const server = await startServer();
  const planner = await Client.as(server, 'planner');
  const [lon, lat] = CENTRE;
  await planner.report(
    'townships.geojson',
    collectionOf([
      {
        id: 't1',
        geometry: box(lon - 0.02, lat - 0.02, lon, lat + 0.02),
        properties: { code: '140303001000', name: '西街道', level: 'township' },
      },
      {
        id: 't2',
        geometry: box(lon, lat - 0.02, lon + 0.02, lat + 0.02),
        properties: { code: '140303002000', name: '东街道', level: 'township' },
      },
    ]),
    { layer: 'townships' },
  );
  await planner.report(
    'households.geojson',
    collectionOf(
      HOMES.map(({ lon: x, lat: y, people }, n) => ({
        id: `h${n}`,
        geometry: { type: 'Point', coordinates: [x, y] },
        properties: { address: `第 ${n} 号`, people, elderly: n % 2, position_accuracy_m: 1 },
      })),
    ),
    { layer: 'households' },
  );
  const zone = await makeZone(planner, '西坡', [lon - 0.003, lat - 0.002, lon + 0.003, lat + 0.002]);
  return { server, planner, zone };
}

export async function makeZone(planner: Client, name: string, bounds: readonly [number, number, number, number]): Promise<string> {
  const response = await planner.send(
    'POST',
    '/ogc/collections/danger-zones/items',
    { type: 'Feature', geometry: box(...bounds), properties: { name, extent: 'risk_extent', status: 'draft', basis: 'survey' } },
    { 'Content-Type': 'application/geo+json', 'X-Reason': encodeURIComponent('初划') },
  );
  expect(response.status).toBe(201);
  return ((await response.json()) as { id: string }).id;
}

export const itemOf = (client: Client, id: string) =>
  client.json<{
    geometry: { type: string; coordinates: number[][][] };
    properties: Record<string, unknown>;
  }>(`/ogc/collections/danger-zones/items/${id}`);

/** The planner's page with the map over the county, and the drawing open. */
export async function openDrawing(
  browser: Awaited<ReturnType<typeof launch>>,
  server: TestServer,
  options: { size?: typeof WIDE | typeof PHONE; language?: string; zoom?: number; user?: 'planner' | 'admin' } = {},
): Promise<Visit> {
  const { size = WIDE, language = 'zh-CN', zoom = 14.6, user = 'planner' } = options;
  const there = await visit(browser, server.url, `/?lang=${language}#v=1&c=${CENTRE[0]},${CENTRE[1]},${zoom}`, size);
  await signIn(there.page, user, PASSWORD);
  await there.page.getByTestId('mode-draw').click();
  await there.page.getByTestId('draw-start').waitFor();
  await settled(there.page);
  return there;
}

/** Opens a zone that is there, as its card does. */
export async function openZone(page: Page, at: readonly [number, number] = [CENTRE[0] + 0.0001, CENTRE[1] + 0.0001]): Promise<void> {
  const { x, y } = await pixel(page, ...at);
  await page.mouse.click(x, y);
  await page.getByTestId('card').waitFor();
  const listed = page.locator('.candidates button').filter({ hasText: /危险区|Danger zone/ });
  if ((await listed.count()) > 0) await listed.first().click();
  await page.getByTestId('edit-outline').click();
  await page.getByTestId('inspector').waitFor();
  await page.getByTestId('chip-count').waitFor();
}

interface MapHook {
  getContainer(): HTMLElement;
  project(at: [number, number]): { x: number; y: number };
  unproject(at: [number, number]): { lng: number; lat: number };
}

/** Where a position stands on the page, in whole pixels: a mouse has no others. */
export async function pixel(page: Page, lon: number, lat: number): Promise<{ x: number; y: number }> {
  return page.evaluate(
    ([x, y]) => {
      const { __map: map } = globalThis as unknown as { __map: MapHook };
      const frame = map.getContainer().getBoundingClientRect();
      const at = map.project([x, y]);
      return { x: Math.round(frame.left + at.x), y: Math.round(frame.top + at.y) };
    },
    [lon, lat] as [number, number],
  );
}

/** The figures in the chip: households, people, vulnerable, schools. */
export async function chip(page: Page): Promise<number[]> {
  const text = (await page.getByTestId('chip-count').textContent()) ?? '';
  return [...text.matchAll(/[\d,]+/g)].map(([figure]) => Number(figure.replaceAll(',', '')));
}

/** The chip shows these households, within the time that a count may take. */
export async function shows(page: Page, households: number): Promise<void> {
  await expect.poll(async () => (await chip(page))[0], { timeout: 20_000 }).toBe(households);
}

/** Clicks the map at positions, one after another. */
export async function clickAll(page: Page, positions: readonly (readonly [number, number])[]): Promise<void> {
  for (const [lon, lat] of positions) {
    const { x, y } = await pixel(page, lon, lat);
    await page.mouse.click(x, y);
  }
}

/** The position under a pixel of the page, rounded as the drawing rounds. */
export async function positionAt(page: Page, x: number, y: number): Promise<[number, number]> {
  return page.evaluate(
    ([px, py]) => {
      const { __map: map } = globalThis as unknown as { __map: MapHook };
      const frame = map.getContainer().getBoundingClientRect();
      const { lng, lat } = map.unproject([px - frame.left, py - frame.top]);
      return [Math.round(lng * 1e7) / 1e7, Math.round(lat * 1e7) / 1e7] as [number, number];
    },
    [x, y] as [number, number],
  );
}

/** What a ring that is drawn by clicks really is: pixels are whole. */
export async function drawn(page: Page, corners: readonly (readonly [number, number])[]): Promise<[number, number][]> {
  return Promise.all(
    corners.map(async ([lon, lat]) => {
      const { x, y } = await pixel(page, lon, lat);
      return positionAt(page, x, y);
    }),
  );
}

export async function save(page: Page, reason: string): Promise<void> {
  await page.getByTestId('draw-reason').fill(reason);
  await page.getByTestId('draw-save').click();
  await page.getByTestId('saved').waitFor();
}

export async function reopen(page: Page): Promise<void> {
  await page.reload();
  await ready(page);
  await page.getByTestId('mode-draw').click();
  await page.getByTestId('draw-start').waitFor();
}

export const textOf = async (locator: Locator): Promise<string> => ((await locator.textContent()) ?? '').replace(/\s+/g, ' ').trim();
