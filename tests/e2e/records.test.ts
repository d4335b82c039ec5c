// Records put right by hand, in a real browser: cells in the table, a form with photos and history, new features by click and by the
// phone's position, deletion and return.
import { createCanvas } from '@napi-rs/canvas';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFaults, launch, PHONE, settled, shot, skip, WIDE } from '../support/browser.ts';
import { openNear, spot, storedPoint, type StoredPoint } from '../support/houses.ts';
import { Client, startServer, type TestServer } from '../support/server.ts';

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

const pathOf = (layer: string, id: string) => `/ogc/collections/${layer}/items/${encodeURIComponent(id)}`;
const feature = (layer: string, id: string) => planner.json<StoredPoint>(pathOf(layer, id));
const one = (layer: string, where: Record<string, string>) => storedPoint(planner, layer, where);
const reasons = async (layer: string, id: string) =>
  (await planner.json<{ revisions: { reason: string | null }[] }>(`${pathOf(layer, id)}/history`)).revisions.map(({ reason }) => reason);

/** Somebody else's change, without the page hearing of it first. */
async function meanwhile(layer: string, id: string, properties: Record<string, unknown>): Promise<void> {
  const etag = (await planner.get(pathOf(layer, id))).headers.get('etag') ?? '';
  const headers = { 'If-Match': etag, 'Content-Type': 'application/merge-patch+json' };
  expect((await planner.send('PATCH', pathOf(layer, id), { properties }, headers)).status).toBe(200);
}

const cell = (page: Page, id: string, column: string) => page.locator(`[data-row="${id}"] [data-column="${column}"]`);
const inFocus = (page: Page) =>
  page.evaluate(() => {
    const held = document.activeElement;
    return `${held?.closest<HTMLElement>('[data-row]')?.dataset['row'] ?? ''} ${(held as HTMLElement | null)?.dataset['column'] ?? ''}`;
  });

const open = (language = 'zh-CN', size: typeof WIDE | typeof PHONE = WIDE) => openNear(browser, server, 'planner', language, size);

async function openSchools(page: Page): Promise<void> {
  await page.getByTestId('open-records').click();
  await page.getByTestId('record-row').first().waitFor();
  await page.getByTestId('records-layer').selectOption('schools');
  await cell(page, 'XX-001', 'id').waitFor();
}

async function openForm(page: Page, id: string): Promise<void> {
  await cell(page, id, 'id').click();
  await page.getByTestId('record-name').waitFor();
  await page.getByTestId('version').first().waitFor();
}

describe.skipIf(skip)('the table of records', () => {
  test('cells are changed by keyboard, undone, checked, stored with a reason; leaving asks first', async () => {
    const { page, errors, foreign, close } = await open();
    await openSchools(page);
    expect(await axeFaults(page)).toEqual([]);
    await cell(page, 'XX-001', 'students').click();
    await page.keyboard.press('Enter');
    await page.keyboard.type('三百');
    await page.keyboard.press('Enter');
    expect(await page.getByTestId('cell-fault').textContent()).toBe('请填整数。');
    await page.keyboard.press('Escape');
    expect(await inFocus(page)).toBe('XX-001 students');
    // a figure typed on the cell replaces it; Enter goes down, where F2 keeps what stands there
    await page.keyboard.type('601');
    await page.keyboard.press('Enter');
    expect(await inFocus(page)).toBe('XX-002 students');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('F2');
    await page.getByTestId('cell-input').selectOption('junior');
    await page.keyboard.press('Tab');
    expect(await inFocus(page)).toBe('XX-002 students');
    await page.keyboard.press('Delete');
    expect(await page.getByTestId('changes').textContent()).toBe('3 处改动，2 行');
    await page.keyboard.press('Control+z');
    expect(await page.getByTestId('changes').textContent()).toBe('2 处改动，2 行');
    expect(await cell(page, 'XX-001', 'students').getAttribute('title')).toMatch(/原为 [\d,]+/);
    expect(await axeFaults(page)).toEqual([]);
    await settled(page);
    await shot(page, 'records-table-zh');

    await page.getByTestId('close-records').click();
    await page.getByTestId('leaving').waitFor();
    expect(await page.getByTestId('leaving').textContent()).toContain('2 处改动');
    await page.getByTestId('stay').click();
    await page.getByTestId('records-reason').fill('学年更新');
    await page.getByTestId('save-records').click();
    await page.getByTestId('saved-rows').getByText('2 行').waitFor();
    expect((await feature('schools', 'XX-001')).properties['students']).toBe(601);
    expect((await feature('schools', 'XX-002')).properties['kind']).toBe('junior');
    expect((await reasons('schools', 'XX-001')).at(-1)).toBe('学年更新');
    expect(await page.getByTestId('records-bar').count()).toBe(0);
    await page.keyboard.press('Escape');
    await page.getByTestId('records').waitFor({ state: 'detached' });
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('records-switch');
    expect([errors, foreign]).toEqual([[], []]);
    await close();
  });

  test('somebody else was faster: theirs and mine stand side by side, and what is chosen is stored; a refusal says which field', async () => {
    const { page, close } = await open();
    let change: (() => Promise<void>) | null = () => meanwhile('schools', 'XX-003', { students: 700, boarders: 12 });
    await page.route('**/ogc/collections/schools/items/XX-003', async (route) => {
      if (route.request().method() === 'PATCH') {
        await change?.();
        change = null;
      }
      await route.continue();
    });
    await openSchools(page);
    await page.getByTestId('records-filter').fill('蔡东小学');
    await expect.poll(() => page.getByTestId('record-row').count()).toBeLessThan(20);
    await cell(page, 'XX-003', 'students').dblclick();
    await page.keyboard.type('650');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.type('x');
    await page.keyboard.press('Enter');
    await page.getByTestId('save-records').click();
    await page.getByTestId('outcome-conflict').waitFor();
    expect(await page.getByTestId('conflict').textContent()).toMatch(/在校生.*700.*650.*寄宿生.*12/);
    expect(await page.getByTestId('settle').isDisabled()).toBe(true);
    expect(await axeFaults(page)).toEqual([]);
    await shot(page, 'records-conflict-zh');
    await page.getByTestId('keep-mine-students').check();
    await page.getByTestId('settle').click();
    await page.getByTestId('saved-rows').waitFor();
    const stored = (await feature('schools', 'XX-003')).properties;
    expect([stored['students'], stored['boarders'], stored['flood_officer']]).toEqual([650, 12, 'x']);

    // the service refuses a township that is none; the page says so at the row
    await page.route('**/ogc/collections/schools/items/XX-003', (route) =>
      route.request().method() === 'PATCH' ? route.continue({ postData: '{"properties":{"township":"无此街道"}}' }) : route.continue(),
    );
    await cell(page, 'XX-003', 'boarders').dblclick();
    await page.keyboard.type('13');
    await page.keyboard.press('Enter');
    await page.getByTestId('save-records').click();
    await page.getByTestId('outcome-refused').waitFor();
    expect(await page.getByTestId('outcome-refused').textContent()).toContain('没有这个街道');
    await page.getByTestId('discard-records').click();
    expect(await page.getByTestId('outcomes').count()).toBe(0);
    await close();
  });
});

describe.skipIf(skip)('the form of a record', () => {
  test('a school is added by a click on the map, moved by typed coordinates, and its earlier version put back', async () => {
    const { page, errors, close } = await open();
    await openSchools(page);
    await page.getByTestId('new-record-button').click();
    expect(await axeFaults(page)).toEqual([]);
    await page.getByTestId('new-schools').click();
    await page.getByTestId('save-record').click();
    expect(await page.getByTestId('record-fault-geometry').textContent()).toContain('请先定位置');
    await page.getByTestId('by-click').click();
    await page.getByTestId('placing').waitFor();
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('CANVAS');
    const there = await spot(page, 90, 60);
    await page.mouse.click(there.x, there.y);
    await page.getByTestId('record-mark').waitFor();
    await page.getByTestId('value-name').fill('新沟小学');
    await page.getByTestId('value-kind').selectOption('primary');
    await page.getByTestId('value-students').fill('多');
    await page.getByTestId('value-boarders').focus();
    expect(await page.getByTestId('value-fault-students').textContent()).toBe('请填整数。');
    await page.getByTestId('value-students').fill('120');
    await page.getByTestId('record-reason').fill('新建');
    expect(await axeFaults(page)).toEqual([]);
    await settled(page);
    await shot(page, 'records-new-zh');
    await page.getByTestId('save-record').click();
    await page.getByTestId('version').first().waitFor();
    const added = await one('schools', { name: '新沟小学' });
    expect(added?.geometry?.coordinates[0]).toBeCloseTo(there.lng, 6);
    expect(added?.properties).toMatchObject({ students: 120, kind: 'primary', position_method: 'by_hand', updated_by: 'planner' });
    const id = added?.id ?? '';
    expect(await reasons('schools', id)).toEqual(['新建']);

    await page.getByTestId('by-coordinates').click();
    await page.getByTestId('typed-coordinates').fill('4193169.71, 38461203.36');
    await expect.poll(() => page.getByTestId('coordinates-read').textContent()).toContain('EPSG:4526');
    await page.getByTestId('take-coordinates').click();
    await page.getByTestId('value-students').fill('130');
    await page.getByTestId('save-record').click();
    await expect.poll(() => page.getByTestId('version').count()).toBe(2);
    expect((await feature('schools', id)).geometry?.coordinates[0]).toBeCloseTo(113.559066, 5);

    await page.getByTestId('version').last().getByTestId('restore').click();
    await page.getByTestId('restore-sure').click();
    await expect.poll(() => page.getByTestId('version').count()).toBe(3);
    const back = await feature('schools', id);
    expect(back.properties['students']).toBe(120);
    expect(back.geometry?.coordinates[0]).toBeCloseTo(there.lng, 6);
    expect((await reasons('schools', id)).at(-1)).toMatch(/恢复到修订 \d+/);
    expect(errors).toEqual([]);
    await close();
  });

  test('Escape gives up the place, then asks before the form is lost', async () => {
    const { page, close } = await open('en');
    await openSchools(page);
    await page.getByTestId('new-record-button').click();
    await page.getByTestId('new-facilities').click();
    await page.getByTestId('value-name').fill('Works');
    await page.getByTestId('by-click').click();
    await page.keyboard.press('Escape');
    await page.getByTestId('placing').waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('record-point');
    await page.keyboard.press('Escape');
    await page.getByTestId('leaving').waitFor();
    await page.getByTestId('leave-now').click();
    await expect.poll(() => page.getByTestId('records').getAttribute('data-page')).toBe('table');
    // by keyboard alone: the map moves under the crosshair, Enter places
    await page.getByTestId('new-record-button').click();
    await page.getByTestId('new-shelters').click();
    await page.getByTestId('by-click').focus();
    await page.keyboard.press('Enter');
    await page.getByTestId('placing').waitFor();
    await page.keyboard.press('Enter');
    await page.getByTestId('record-mark').waitFor();
    expect(await page.getByTestId('form-changes').textContent()).toBe('1 change not saved');
    await close();
  });

  test('a household gets the phone’s position with its accuracy; a refusal is said', async () => {
    const { page, errors, close } = await open('zh-CN', PHONE);
    await page.getByTestId('open-records').click();
    await page.getByTestId('record-row').first().waitFor();
    expect(await axeFaults(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
    await shot(page, 'records-table-phone-zh');
    await page.getByTestId('new-record-button').click();
    await page.getByTestId('new-households').click();
    // an empty form is refused in words, though no field of it is at fault
    await page.getByTestId('save-record').click();
    await page.getByTestId('record-trouble').getByText('没有保存：请至少填写位置、住址').waitFor();
    await shot(page, 'records-empty-phone-zh');
    expect(errors.splice(0)).toEqual([expect.stringContaining('status of 422')]);
    await page.getByTestId('by-device').click();
    await page.getByTestId('located').getByText('没有得到定位许可').waitFor();
    await page.context().grantPermissions(['geolocation'], { origin: server.url });
    await page.context().setGeolocation({ longitude: 113.5612345, latitude: 37.8712345, accuracy: 7.3 });
    await page.getByTestId('by-device').click();
    await page.getByTestId('located').getByText('精度 8 米').waitFor();
    expect(await page.getByTestId('value-position_accuracy_m').inputValue()).toBe('8');
    await page.getByTestId('value-address').fill('新沟1号');
    await page.getByTestId('value-people').fill('3');
    expect(await axeFaults(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
    await page.getByTestId('record-name').scrollIntoViewIfNeeded();
    await shot(page, 'records-device-phone-zh');
    await page.getByTestId('save-record').click();
    await page.getByTestId('version').first().waitFor();
    const stored = await one('households', { address: '新沟1号' });
    expect(stored?.geometry?.coordinates).toEqual([113.5612345, 37.8712345]);
    expect(stored?.properties).toMatchObject({ people: 3, position_accuracy_m: 8 });

    // and is moved by bringing the map under the cross
    await page.getByTestId('by-click').click();
    await page.getByTestId('placing').waitFor();
    expect(await page.getByTestId('records').isVisible()).toBe(false);
    await settled(page);
    await shot(page, 'records-placing-phone-zh');
    await page.getByTestId('placing-centre').click();
    await page.getByTestId('move-back').waitFor();
    expect(await page.getByTestId('form-changes').textContent()).toBe('1 处改动未保存');
    expect(errors).toEqual([]);
    await close();
  });

  test('a photo is added, looked at and deleted; a feature is deleted with a reason and comes back', async () => {
    const { page, errors, close } = await open();
    await openSchools(page);
    await openForm(page, 'XX-004');
    const canvas = createCanvas(640, 480);
    const context = canvas.getContext('2d');
    context.fillStyle = '#7a5';
    context.fillRect(0, 0, 640, 480);
    context.fillStyle = '#333';
    context.fillRect(80, 200, 480, 16);
    await page.getByTestId('photo-caption').fill('校门裂缝');
    await page.getByTestId('photo-file').setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: canvas.toBuffer('image/jpeg') });
    const thumbnail = page.getByTestId('thumbnail');
    await thumbnail.waitFor();
    expect(await thumbnail.textContent()).toBe('校门裂缝');
    await thumbnail.scrollIntoViewIfNeeded();
    await expect.poll(() => thumbnail.locator('img').evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0);
    expect(await axeFaults(page)).toEqual([]);
    await settled(page);
    await shot(page, 'records-photos-zh');
    await thumbnail.click();
    const large = page.getByTestId('photo-large');
    await expect.poll(() => large.locator('img').evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(640);
    expect(await axeFaults(page)).toEqual([]);
    await shot(page, 'records-photo-large-zh');
    // nobody outside sees it
    const address = (await large.locator('img').getAttribute('src')) ?? '';
    expect((await fetch(server.url + address)).status).toBeGreaterThanOrEqual(400);
    await page.getByTestId('photo-remove').click();
    await page.getByTestId('photo-remove-sure').click();
    await thumbnail.waitFor({ state: 'detached' });

    await page.getByTestId('remove-record').click();
    await page.getByTestId('remove-sure').click();
    expect(await page.getByTestId('remove-trouble').textContent()).toBe('请写明理由');
    await page.getByTestId('remove-reason').fill('重复登记');
    await page.getByTestId('remove-sure').click();
    await expect.poll(() => page.getByTestId('records').getAttribute('data-page')).toBe('table');
    expect((await planner.get(pathOf('schools', 'XX-004'))).status).toBe(404);
    await page.getByTestId('open-removed').click();
    const gone = page.locator('[data-testid=removed-row][data-id="XX-004"]');
    await gone.waitFor();
    expect(await gone.textContent()).toContain('重复登记');
    expect(await axeFaults(page)).toEqual([]);
    await shot(page, 'records-removed-zh');
    await gone.getByTestId('bring-back').click();
    await page.getByTestId('brought-back').waitFor();
    expect((await feature('schools', 'XX-004')).properties['name']).toBeTruthy();
    await gone.waitFor({ state: 'detached' });
    expect(errors).toEqual([]);
    await close();
  });

  test('from the card to the form; a conflict in the form keeps what both changed', async () => {
    const { page, close } = await open();
    await page.keyboard.press('/');
    await page.getByTestId('search').fill('XX-005');
    await page.locator('[data-key="schools:XX-005"]').waitFor();
    await page.keyboard.press('Enter');
    await page.getByTestId('edit-record').click();
    await page.getByTestId('version').first().waitFor();
    let change: (() => Promise<void>) | null = () => meanwhile('schools', 'XX-005', { classes: 9 });
    await page.route('**/ogc/collections/schools/items/XX-005', async (route) => {
      if (route.request().method() === 'PATCH') {
        await change?.();
        change = null;
      }
      await route.continue();
    });
    await page.getByTestId('value-staff').fill('41');
    await page.getByTestId('save-record').click();
    await page.getByTestId('record-conflict').waitFor();
    expect(await page.getByTestId('record-conflict').textContent()).toMatch(/班数.*9/);
    await page.getByTestId('settle-form').click();
    await page.getByTestId('save-record').click();
    await expect.poll(async () => (await feature('schools', 'XX-005')).properties['staff']).toBe(41);
    expect((await feature('schools', 'XX-005')).properties['classes']).toBe(9);
    await close();
  });
});
