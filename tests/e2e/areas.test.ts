// From a hazard to the area it threatens, as staff read and change it in a real browser: the rule on the card, the rules
// themselves, the life of a danger zone, the checks. The public sees none of it.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ExposureReport } from '../../server/domain/figure.ts';
import type { Rule } from '../../server/domain/rules.ts';
import { axeFaults, launch, PHONE, ready, shot, signIn, skip, visit, type Visit, WIDE } from '../support/browser.ts';
import { Client, PASSWORD, startServer, type TestServer } from '../support/server.ts';

interface Area {
  id: string;
  properties: { rule: string; formula: string; source_id: string; fallback: string | null; name: string };
}

let server: TestServer;
let browser: Browser;
let analyst: Client;

beforeAll(async () => {
  if (skip) return;
  [server, browser] = await Promise.all([startServer({ XIANTU_DEMO: 'on' }), launch()]);
  analyst = await Client.as(server, 'analyst');
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

let opened = 0;
let there: { visit: Visit; of: string } | null = null;

/** The page as somebody who is signed in, opened anew at a card or at the book of rules. Pages of others are closed: they follow every change. */
async function as(user: 'analyst' | 'planner' | 'admin', hash: string, language = 'zh-CN', size: typeof WIDE | typeof PHONE = WIDE) {
  const of = `${user} ${size.width}`;
  if (there?.of !== of) {
    await there?.visit.close();
    there = { visit: await visit(browser, server.url, `/?lang=${language}`, size), of };
    await signIn(there.visit.page, user, PASSWORD);
  }
  const { page, errors } = there.visit;
  errors.length = 0;
  await page.goto(`${server.url}/?lang=${language}&visit=${++opened}#v=1&${hash}`);
  await ready(page);
  return { page, errors };
}

const figures = (text: string | null) => Number((text ?? '').replace(/[^\d]/g, ''));
const firstArea = async (query: string) => {
  const { features } = await analyst.json<{ features: Area[] }>(`/ogc/collections/threatened-areas/items?limit=50&${query}`);
  const found = features.find(({ properties }) => properties.fallback === null);
  if (!found) throw new Error(`the demo district has no whole area of ${query}`);
  return found;
};
const field = (page: Page, key: string) => page.locator(`[data-key="${key}"]`);
const ruleNamed = async (id: string) => {
  const found = (await analyst.json<{ rules: Rule[] }>('/api/rules')).rules.find((rule) => rule.id === id);
  if (!found) throw new Error(`no rule ${id}`);
  return found;
};

describe.skipIf(skip)('areas and their rules', () => {
  test('the card of a directed area shows its rule and its formula', async () => {
    const area = await firstArea('layer=hazard-points&rule=landslide');
    const rule = await ruleNamed('landslide');
    const { page, errors } = await as('analyst', `pick=hazard-points:${area.properties.source_id}`, 'en');
    await page.getByTestId('formula').waitFor();
    expect(await page.getByTestId('formula').textContent()).toBe(area.properties.formula.replaceAll('·', '\u22c5'));
    await expect.poll(() => page.getByTestId('zone-rule').textContent()).toBe(rule.en);
    expect(await page.getByTestId('rule-part').textContent()).toContain('not verified');
    await page.getByRole('button', { name: '中文' }).click();
    await expect.poll(() => page.getByTestId('zone-rule').textContent()).toBe(rule.zh);
    expect(await page.getByTestId('formula').textContent()).toMatch(/^滑体 .*滑距 .*两侧/);
    await page.getByTestId('open-rule').click();
    await page.locator('[data-rule=landslide].here').waitFor();
    expect(page.url()).toContain('book=rules&rule=landslide');
    // the rule has the focus; Escape closes the book and gives it back
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('rule-landslide');
    await page.keyboard.press('Escape');
    await page.getByTestId('book').waitFor({ state: 'detached' });
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('book-switch');
    expect(errors).toEqual([]);
  });

  test('the checks say what the service found, and a place its chainage', async () => {
    const report = await analyst.json<{ counts: Record<string, number> }>('/api/reports/subsidence-damage?format=json');
    const near = await analyst.json<{ checks: { id: string; rows: unknown[] }[] }>('/api/reports/proximity-checks?format=json');
    const { page } = await as('analyst', 'book=checks');
    await page.getByTestId('damage-row').first().waitFor();
    for (const [group, houses] of Object.entries(report.counts)) {
      expect([group, figures(await page.locator(`[data-group=${group}]`).textContent())]).toEqual([group, houses]);
    }
    for (const { id, rows } of near.checks) {
      expect(figures(await page.locator(`[data-check=${id}] [data-testid=check-count]`).textContent())).toBe(rows.length);
    }
    const at = await page.evaluate(() => {
      type Map = { getContainer(): HTMLElement; unproject(p: [number, number]): { lng: number; lat: number } };
      const { __map: map } = globalThis as unknown as { __map: Map };
      const box = map.getContainer().getBoundingClientRect();
      const { lng, lat } = map.unproject([box.width / 2, box.height / 2]);
      return { x: box.left + box.width / 2, y: box.top + box.height / 2, lng, lat };
    });
    await page.mouse.click(at.x, at.y, { button: 'right' });
    const { positions } = await analyst.json<{ positions: { label: string }[] }>(`/api/river-position?lon=${at.lng}&lat=${at.lat}`);
    expect(await page.getByTestId('chainage-label').textContent()).toBe(positions[0]?.label);
  });

  test('an admin sees what another value would change, applies it with a reason, and the total follows', async () => {
    const before = await analyst.json<ExposureReport>('/api/exposure');
    const { page } = await as('admin', 'book=rules&rule=flood-register');
    await page.getByTestId('edit-rules').click();
    const radius = field(page, 'flood-register/parameters/radius_m');
    // what cannot be read is said at the field, and nothing is asked
    await radius.fill('fifteen');
    await page.getByTestId('preview-rules').click();
    expect(await radius.getAttribute('aria-invalid')).toBe('true');
    // what the service refuses is said at the field too
    await radius.fill('17');
    await field(page, 'cut-slope/parameters/shadow_angle_deg').fill('120');
    await page.getByTestId('preview-rules').click();
    await expect.poll(() => field(page, 'cut-slope/parameters/shadow_angle_deg').getAttribute('aria-invalid')).toBe('true');
    await field(page, 'cut-slope/parameters/shadow_angle_deg').fill('27.5');
    await page.getByTestId('preview-rules').click();
    const row = page.locator('[data-figure=households] td');
    await row.first().waitFor();
    expect(figures(await row.nth(0).textContent())).toBe(before.totals.households);
    const after = figures(await row.nth(1).textContent());
    expect(after).toBeGreaterThan(before.totals.households ?? 0);
    expect(await page.getByTestId('preview-zone').count()).toBeGreaterThan(100);
    expect(figures((await analyst.json<ExposureReport>('/api/exposure')).totals.households?.toString() ?? '')).toBe(
      before.totals.households,
    );
    await shot(page, 'rules-preview-zh');
    // no reason, no change
    await page.getByTestId('apply-rules').click();
    expect(await page.getByTestId('rules-reason').getAttribute('aria-invalid')).toBe('true');
    await page.getByTestId('rules-reason').fill('汛期按十七米');
    await page.getByTestId('apply-rules').click();
    await page.getByTestId('rules-notice').waitFor();
    expect((await analyst.json<ExposureReport>('/api/exposure')).totals.households).toBe(after);
    await page.keyboard.press('Escape');
    await expect.poll(async () => figures(await page.getByTestId('total-households').first().textContent())).toBe(after);
    // who changed which value, and why
    await page.getByTestId('open-book').click();
    await page.getByTestId('rules-history').click();
    const latest = await page.getByTestId('rules-version-row').first().textContent();
    expect(latest).toContain('汛期按十七米');
    expect(latest).toContain('15 米 → 17 米');
  });

  test('a draft made from older rules is not applied over newer ones unseen', async () => {
    const admin = await Client.as(server, 'admin');
    const { page } = await as('admin', 'book=rules');
    await page.getByTestId('edit-rules').click();
    await field(page, 'landslide/parameters/runout_cap_m').fill('180');
    const now = await admin.json<{ version: number; rules: Rule[] }>('/api/rules');
    const rules = now.rules.map((rule) => (rule.id === 'pit' ? { ...rule, parameters: { ...rule.parameters, rim_least_m: 12 } } : rule));
    expect((await admin.send('PUT', '/api/rules', { ...now, rules }, { 'X-Reason': 'other' })).status).toBe(200);
    await page.getByTestId('rules-conflict').getByText('坑缘外最小距离').waitFor();
    expect(await field(page, 'landslide/parameters/runout_cap_m').inputValue()).toBe('180');
  });

  test('axe finds no fault in the rules, read and in hand, and they fit a phone', async () => {
    for (const size of [WIDE, PHONE]) {
      const { page } = await as('admin', 'book=rules', 'zh-CN', size);
      await page.getByTestId('rules-version').waitFor();
      if (size === WIDE) expect(await axeFaults(page, 'html')).toEqual([]);
      await page.getByTestId('edit-rules').click();
      await field(page, 'pit/parameters/rim_least_m').fill('-1');
      await page.getByTestId('preview-rules').click();
      expect(await axeFaults(page, '.book')).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(size.width);
    }
  });

  test('a planner walks a zone from the proposal to the revocation, and each refusal stands at its field', async () => {
    const { id, properties } = await firstArea('layer=hazard-points&rule=ground-fissure');
    const { page } = await as('planner', `pick=${id}`);
    await page.getByTestId('propose').click();
    await page.getByTestId('proposal').getByText('上盘').first().waitFor();
    const drawn = () =>
      page.evaluate(() => {
        const { __map: map } = globalThis as unknown as { __map: { getSource(id: string): unknown } };
        return map.getSource('proposal') !== undefined;
      });
    expect(await drawn()).toBe(true);
    await page.getByTestId('proposal-keep').click();
    await page.getByTestId('fault-reason').waitFor();
    await page.getByTestId('field-reason').fill('裂缝两侧已见错台');
    await page.getByTestId('proposal-keep').click();
    await page.getByTestId('confirm-first').waitFor();
    const point = properties.source_id;
    const zones = () => analyst.json<{ features: Area[] }>(`/ogc/collections/danger-zones/items?hazard_id=${point}`);
    const [zone] = (await zones()).features;
    expect(zone?.properties).toMatchObject({ status: 'draft', basis: 'default_rule', extent: 'risk_extent', reason: '裂缝两侧已见错台' });

    await page.getByTestId('move-confirmed').click();
    await page.getByTestId('move-save').click();
    expect(await page.getByTestId('fault-technical_unit').textContent()).toBe('请填技术支撑单位');
    await expect.poll(() => page.evaluate(() => (document.activeElement as HTMLElement).dataset['testid'])).toBe('field-technical_unit');
    await page.getByTestId('field-technical_unit').fill('演示地质勘查院');
    await page.getByTestId('field-confirmed_by').fill('演示专家');
    await page.getByTestId('move-save').click();

    await page.getByTestId('move-announced').click();
    await page.getByTestId('field-document_no').fill('演示〔2026〕90号');
    await page.getByTestId('move-save').click();
    await page.getByTestId('fault-announced_on').waitFor();
    expect(await page.getByTestId('fault-document_no').count()).toBe(0);
    await page.getByTestId('field-announced_on').fill('2026-07-01');
    await page.getByTestId('move-save').click();
    await page.getByTestId('notice-pdf').waitFor();
    expect(await page.getByTestId('notice-pdf').getAttribute('href')).toBe(`/api/notices/danger-zones/${zone?.id}.pdf`);

    await page.getByTestId('move-revoked').click();
    await page.getByTestId('field-revocation_no').fill('演示〔2026〕91号');
    await page.getByTestId('field-revoked_on').fill('2026-06-01');
    await page.getByTestId('move-save').click();
    await page.getByTestId('fault-revoked_on').waitFor();
    await page.getByTestId('field-revoked_on').fill('2026-07-20');
    await page.getByTestId('move-save').click();
    await page.locator('[data-state=revoked][aria-current=step]').waitFor();
    expect((await zones()).features[0]?.properties).toMatchObject({ status: 'revoked', document_no: '演示〔2026〕90号' });
  });

  test('somebody else changed the zone meanwhile: the form says so, shows what, and keeps what was typed', async () => {
    const planner = await Client.as(server, 'planner');
    const { features } = await analyst.json<{ features: Area[] }>('/ogc/collections/danger-zones/items?status=draft&limit=1');
    const id = features[0]?.id ?? '';
    const { page } = await as('planner', `pick=danger-zones:${id}`);
    await page.getByTestId('move-confirmed').click();
    await page.getByTestId('field-confirmed_by').fill('演示专家');
    // the page must not hear of it before it sends
    await page.route('**/ogc/collections/danger-zones/items/**', async (route) => {
      if (route.request().method() === 'PATCH') {
        const path = `/ogc/collections/danger-zones/items/${id}`;
        const etag = (await planner.get(path)).headers.get('etag') ?? '';
        await planner.send('PATCH', path, { properties: { restrictions: '不得建房' } }, { 'If-Match': etag });
      }
      await route.continue();
    });
    await page.getByTestId('move-save').click();
    await page.getByTestId('overtaken').getByText('不得建房').waitFor();
    expect(await page.getByTestId('field-confirmed_by').inputValue()).toBe('演示专家');
  });

  test('the public sees none of it and downloads none of it', async () => {
    const { page, errors, close } = await visit(browser, server.url, '/?lang=zh-CN', WIDE);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(`${server.url}/?lang=zh-CN&visit=${++opened}#v=1&book=rules&rule=landslide&pick=danger-zones:WXQ-001`);
    await ready(page);
    await page.getByTestId('answer').first().waitFor();
    expect(await page.getByTestId('open-book').count()).toBe(0);
    expect(await page.getByTestId('book').count()).toBe(0);
    expect(await page.getByTestId('rule-part').count()).toBe(0);
    expect(await page.getByTestId('life').count()).toBe(0);
    expect(asked.filter((path) => /\/assets\/(Book|Count|Lifecycle|Rule)/.test(path))).toEqual([]);
    expect(asked.filter((path) => /reference-areas|threatened-areas|\/api\/(rules|reports|proposals|river-position)/.test(path))).toEqual(
      [],
    );
    expect(errors).toEqual([]);
    await close();
  });
});
