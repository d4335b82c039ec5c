// The server's own answer about a store: it is started on a copy and asked over HTTP, like anyone else would ask it.
import { randomBytes } from 'node:crypto';
import { start } from '../../server/main.ts';
import { readSettings } from '../../server/service/settings.ts';

export interface ServerAnswer {
  /** One row a unit and zone of the lists behind the figures. */
  readonly pairs: readonly {
    list: 'nominal' | 'certain' | 'possible';
    kind: 'households' | 'schools';
    id: string;
    zone: string;
    certainty: string;
  }[];
  readonly zones: readonly string[];
  /** One row a number: `block` is totals, certain, possible, pointSum, unlocated, accuracyUnknown or byZone … */
  readonly figures: readonly FigureRow[];
}

export interface FigureRow {
  readonly base: string;
  readonly at: string;
  readonly block: string;
  /** Zone, township code, layer, register or hazard type; empty for the blocks that are one figure. */
  readonly key: string;
  readonly name: string;
  readonly value: number | null;
}

/** How people and students are asked for: each base and each time of day once. */
const QUESTIONS = [
  { base: 'resident', at: 'night' },
  { base: 'registered', at: 'day' },
  { base: 'at_home', at: 'holiday' },
] as const;

/** @param folder a data folder that holds the copy as xiantu.gpkg and nothing else; the server adds files to it */
export async function askServer(folder: string): Promise<ServerAnswer> {
  const password = randomBytes(18).toString('base64url');
  const settings = readSettings({
    PORT: '0',
    XIANTU_DATA: folder,
    XIANTU_DEMO: 'off',
    XIANTU_DEMO_PASSWORD: password,
    XIANTU_RATE_LIMIT: 'off',
  });
  const running = await start(settings, () => undefined);
  try {
    await running.ready;
    return await ask(await signIn(running.url, password));
  } finally {
    await running.stop();
  }
}

/** Reads a JSON answer of a path. */
export type Get = (path: string) => Promise<unknown>;

async function signIn(url: string, password: string): Promise<Get> {
  const response = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ username: 'analyst', password }),
  });
  if (!response.ok) throw new Error(`sign-in answered ${response.status}`);
  const cookie = (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  return async (path) => {
    const answer = await fetch(url + path, { headers: { Cookie: cookie } });
    if (!answer.ok) throw new Error(`GET ${path} answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`);
    return answer.json();
  };
}

/** Lists and figures of a running server. */
export async function ask(get: Get): Promise<ServerAnswer> {
  const pairs: ServerAnswer['pairs'][number][] = [];
  const figures: FigureRow[] = [];
  let zones: string[] = [];
  for (const kind of ['households', 'schools'] as const) {
    for (const list of ['nominal', 'certain', 'possible'] as const) {
      const rows = await readList(get, kind, list === 'nominal' ? '' : `&certainty=${list}`);
      for (const row of rows) for (const zone of row.zones) pairs.push({ list, kind, id: row.id, zone, certainty: row.certainty });
    }
  }
  for (const { base, at } of QUESTIONS) {
    const report = (await get(`/api/exposure?base=${base}&at=${at}`)) as Report;
    figures.push(...figuresOf(report, base, at));
    zones = report.byZone.map((row) => String(row['zone']));
  }
  return { pairs, zones, figures };
}

interface ListRow {
  readonly id: string;
  readonly certainty: string;
  readonly zones: readonly string[];
}

/** In pages, so that a county of millions does not come as one text. */
async function readList(get: Get, kind: 'households' | 'schools', filter: string): Promise<ListRow[]> {
  const rows: ListRow[] = [];
  let cursor: string | null = null;
  do {
    const from: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page = (await get(`/api/exposure/${kind}?format=json&limit=100000${filter}${from}`)) as {
      total: number;
      next: string | null;
    } & Record<string, unknown>;
    rows.push(...(page[kind] as ListRow[]));
    cursor = page.next;
    if (cursor === null && rows.length !== page.total) throw new Error(`the list of ${kind} says ${page.total} and gives ${rows.length}`);
  } while (cursor !== null);
  return rows;
}

type Row = Readonly<Record<string, unknown>>;

interface Report {
  readonly totals: Row & { certain: Row; possible: Row };
  readonly pointSum: Row;
  readonly unlocated: Row;
  readonly accuracyUnknown: Row;
  readonly byZone: readonly Row[];
  readonly byTownship: readonly Row[];
  readonly byLayer: readonly Row[];
  readonly byRegister: readonly Row[];
  readonly byHazardType: readonly Row[];
}

const NAMES = ['households', 'people', 'vulnerable', 'schools', 'students', 'property'];

function figuresOf(report: Report, base: string, at: string): FigureRow[] {
  const numbers = (block: string, key: string, row: Row) =>
    NAMES.filter((name) => row[name] !== undefined).map((name) => ({ base, at, block, key, name, value: row[name] as number | null }));
  const many = (block: string, rows: readonly Row[], key: string) => rows.flatMap((row) => numbers(block, String(row[key]), row));
  return [
    ...numbers('totals', '', report.totals),
    ...numbers('certain', '', report.totals.certain),
    ...numbers('possible', '', report.totals.possible),
    ...numbers('pointSum', '', report.pointSum),
    ...numbers('unlocated', '', report.unlocated),
    ...numbers('accuracyUnknown', '', report.accuracyUnknown),
    ...many('byZone', report.byZone, 'zone'),
    ...many('byTownship', report.byTownship, 'code'),
    ...many('byLayer', report.byLayer, 'layer'),
    ...many('byRegister', report.byRegister, 'register'),
    ...many('byHazardType', report.byHazardType, 'hazardType'),
  ];
}
