// A real browser for the page. Debian's Chromium with software WebGL.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';

export const CHROMIUM = '/usr/bin/chromium';
/** Without a browser the tests of the page are left out, but never in CI. */
export const skip = !existsSync(CHROMIUM) && process.env['CI'] !== 'true';

export const WIDE = { width: 1440, height: 900 } as const;
export const PHONE = { width: 390, height: 844 } as const;

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--use-gl=angle',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export interface Visit {
  readonly page: Page;
  /** Addresses asked outside the service. */
  readonly foreign: string[];
  /** Console errors and uncaught exceptions. */
  readonly errors: string[];
  close(): Promise<void>;
}

/** Opens the page and waits until the map is drawn. */
export async function visit(browser: Browser, url: string, path: string, viewport: { width: number; height: number }): Promise<Visit> {
  const phone = viewport.width < 600;
  const context = await browser.newContext({ viewport, locale: 'zh-CN', isMobile: phone, hasTouch: phone, serviceWorkers: 'block' });
  const page = await context.newPage();
  const foreign: string[] = [];
  const errors: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !/^(data|blob):/.test(request.url())) foreign.push(request.url());
  });
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(url + path);
  await ready(page);
  return { page, foreign, errors, close: () => context.close() };
}

export async function ready(page: Page): Promise<void> {
  await page.waitForFunction(() => document.body.dataset['ready'] === 'true', undefined, { timeout: 60_000 });
}

/** Waits until the map has drawn everything it has. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        interface Settling {
          once(event: string, done: () => void): void;
          triggerRepaint(): void;
          isMoving(): boolean;
          areTilesLoaded(): boolean;
        }
        const { __map: map } = globalThis as unknown as { __map: Settling };
        const done = (): void => {
          clearInterval(looking);
          resolve();
        };
        // an event that came a moment before would be waited for in vain
        const looking = setInterval(() => {
          if (!map.isMoving() && map.areTilesLoaded()) done();
        }, 500);
        map.once('idle', done);
        map.triggerRepaint();
      }),
  );
}

/** @param arrives what is there once one is signed in */
export async function signIn(page: Page, username: string, password: string, arrives = 'total-households'): Promise<void> {
  await page.getByTestId('sign-in').first().click();
  await page.locator('dialog input, [role=dialog] input').first().fill(username);
  await page.locator('input[type=password]').fill(password);
  await page.keyboard.press('Enter');
  await page.getByTestId(arrives).first().waitFor();
}

interface Axe {
  run(part: string): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
}

let axe: string | null = null;

/** What axe-core has against the page, or a part of it. */
export async function axeFaults(page: Page, part = 'html'): Promise<string[]> {
  axe ??= readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  await page.evaluate(axe);
  const { violations } = await page.evaluate((of) => (globalThis as unknown as { axe: Axe }).axe.run(of), part);
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`);
}

const SHOTS = join(import.meta.dirname, '../e2e/screenshots');

export async function shot(page: Page, name: string): Promise<Buffer> {
  mkdirSync(SHOTS, { recursive: true });
  return page.screenshot({ path: join(SHOTS, `${name}.png`) });
}
