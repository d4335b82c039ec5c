// What the test of a million households asks of the page: every count it shows with the shape it was counted for, tasks that held
// the page up, the tiles it loaded, where a place is on the screen.
import type { Page } from 'playwright-core';
import type { Geometry, Position } from '../../server/domain/feature.ts';
import type { Rings } from './oracle/exact.ts';
import type { Million } from './million.ts';

/** One count as somebody could read it. */
export interface Shown {
  readonly number: number;
  readonly text: string;
  /** The line below: certain and possible. */
  readonly certainty: string;
  /** Of the shape that was counted. */
  readonly rings: Rings;
}

interface Counts {
  readonly shown: Shown[];
  /** Counts on the page that the counting does not know of. */
  strays: number;
  /** Is what is shown the count of the shape in the hand? */
  upToDate(): boolean;
  whenUpToDate(): Promise<Rings>;
  /** Of the shape in the hand. */
  rings(): Rings;
}

interface Hook {
  readonly counted: { readonly number: number; readonly geometry: Geometry | null } | null;
  readonly geometry: Geometry | null;
}

declare global {
  interface Window {
    __counts?: Counts;
    /** Milliseconds of tasks longer than 50 ms. */
    __tasks?: number[];
  }
}

/** Writes down every count from now on, also those that are shown for a moment only. */
export async function recordShown(page: Page): Promise<void> {
  await page.evaluate(() => {
    const hook = (): Hook | undefined => (window as unknown as { __draft?: Hook }).__draft;
    const ringsOf = (geometry: Geometry | null): Rings =>
      geometry?.type === 'Polygon' ? geometry.coordinates : geometry?.type === 'MultiPolygon' ? geometry.coordinates.flat() : [];
    const now = (): { number: number; text: string; certainty: string } | null => {
      const bold = document.querySelector<HTMLElement>('[data-testid=chip-count]');
      if (!bold) return null;
      return {
        number: Number(bold.dataset['number']),
        text: bold.textContent ?? '',
        certainty: bold.nextElementSibling?.textContent ?? '',
      };
    };
    const counts: Counts = {
      shown: [],
      strays: 0,
      upToDate: () => hook()?.counted?.geometry === hook()?.geometry && now()?.number === hook()?.counted?.number,
      whenUpToDate: () =>
        new Promise((resolve) => {
          const look = () => (counts.upToDate() ? resolve(counts.rings()) : void setTimeout(look, 2));
          look();
        }),
      rings: () => ringsOf(hook()?.geometry ?? null),
    };
    window.__counts = counts;
    const look = () => {
      const seen = now();
      const last = counts.shown.at(-1);
      if (!seen || (last?.number === seen.number && last.text === seen.text && last.certainty === seen.certainty)) return;
      const known = hook()?.counted;
      if (known?.number === seen.number) counts.shown.push({ ...seen, rings: ringsOf(known.geometry) });
      else counts.strays++;
    };
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
      attributeFilter: ['data-number'],
    });
  });
}

/** Collects tasks that held the page up. @returns tells of those since the last time */
export async function longTasks(page: Page): Promise<() => Promise<readonly number[]>> {
  await page.evaluate(() => {
    const tasks: number[] = (window.__tasks = []);
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' });
  });
  return () => page.evaluate(() => window.__tasks?.splice(0) ?? []);
}

/** Where a place is on the page, to the pixel that a mouse can stand on. */
export function pageAt(page: Page, at: Position): Promise<{ x: number; y: number }> {
  return page.evaluate(
    ([lon, lat]) => {
      type Map = { getContainer(): HTMLElement; project(p: [number, number]): { x: number; y: number } };
      const { __map: map } = globalThis as unknown as { __map: Map };
      const box = map.getContainer().getBoundingClientRect();
      const { x, y } = map.project([lon, lat]);
      return { x: Math.round(box.left + x), y: Math.round(box.top + y) };
    },
    [at[0], at[1]] as const,
  );
}

export interface Tiles {
  count: number;
  households: number;
  /** Bytes as sent. */
  largest: number;
  /** Milliseconds from the request to its last byte. */
  slowest: number;
}

/** Watches the tiles that the map's worker loads. @returns tells of those since the last time, when all of them are there */
export function watchTiles(page: Page): () => Promise<Tiles> {
  const loading: Promise<{ households: boolean; bytes: number; ms: number }>[] = [];
  page.on('requestfinished', (request) => {
    if (!request.url().includes('/tiles/')) return;
    const households = request.url().includes('/tiles/households/');
    const ms = request.timing().responseEnd;
    loading.push(request.sizes().then(({ responseBodySize: bytes }) => ({ households, bytes, ms })));
  });
  return async () => {
    const tiles = await Promise.all(loading.splice(0));
    return {
      count: tiles.length,
      households: tiles.filter(({ households }) => households).length,
      largest: Math.max(0, ...tiles.map(({ bytes }) => bytes)),
      slowest: Math.max(0, ...tiles.map(({ ms }) => ms)),
    };
  };
}

/** A household with nobody within 80 m or so, far from the town. */
export function loneHousehold({ lon, lat }: Million): number {
  const GAP = 0.0008;
  const cell = (i: number, dx = 0, dy = 0): number =>
    (Math.floor((lon[i] as number) / GAP) + dx) * 1_000_000 + Math.floor((lat[i] as number) / GAP) + dy;
  const crowd = new Map<number, number>();
  for (let i = 0; i < lon.length; i++) crowd.set(cell(i), (crowd.get(cell(i)) ?? 0) + 1);
  for (let i = 0; i < lon.length; i++) {
    let near = 0;
    for (const dx of [-1, 0, 1]) for (const dy of [-1, 0, 1]) near += crowd.get(cell(i, dx, dy)) ?? 0;
    if (near === 1) return i;
  }
  throw new Error('everybody has neighbours');
}
