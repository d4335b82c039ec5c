// The page near enough to point at a house, and what is stored of the points on it.
import type { Point } from 'geojson';
import type { Browser, Page } from 'playwright-core';
import { PHONE, signIn, visit, WIDE, type Visit } from './browser.ts';
import { PASSWORD, type Client, type TestServer } from './server.ts';

export interface StoredPoint {
  id: string;
  geometry: Point | null;
  properties: Record<string, unknown>;
}

/** The first stored feature with these properties. */
export async function storedPoint(client: Client, layer: string, where: Record<string, string>): Promise<StoredPoint | undefined> {
  const query = new URLSearchParams({ ...where, limit: '1' });
  return (await client.json<{ features: StoredPoint[] }>(`/ogc/collections/${layer}/items?${query}`)).features[0];
}

/** The page of somebody of the staff, in the middle of the demo district. */
export async function openNear(
  browser: Browser,
  { url }: TestServer,
  user: 'analyst' | 'planner',
  language = 'zh-CN',
  size: typeof WIDE | typeof PHONE = WIDE,
): Promise<Visit> {
  const there = await visit(browser, url, `/?lang=${language}#v=1&c=113.56,37.87,16.5`, size);
  there.page.setDefaultTimeout(60_000);
  await signIn(there.page, user, PASSWORD);
  return there;
}

/** A whole pixel of the page, right of and below the middle of the map, and the place under it. */
export const spot = (page: Page, right: number, down: number) =>
  page.evaluate(
    ([dx, dy]) => {
      type Map = { getContainer(): HTMLElement; unproject(p: [number, number]): { lng: number; lat: number } };
      const { __map: map } = globalThis as unknown as { __map: Map };
      const box = map.getContainer().getBoundingClientRect();
      const [x, y] = [Math.round(box.left + box.width / 2 + dx), Math.round(box.top + box.height / 2 + dy)];
      const { lng, lat } = map.unproject([x - box.left, y - box.top]);
      return { x, y, lng, lat };
    },
    [right, down] as [number, number],
  );
