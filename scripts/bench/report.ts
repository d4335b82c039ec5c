// What one size of the bench found, as lines for a terminal.
import type { SizeResult, Verdict } from './compare.ts';
import { median, percentile, perSecond } from './measure.ts';
import type { AreasResult, ImportTimes, Job, PageIndexTimes, Run } from './types.ts';

/** Columns side by side: the first to the left, the others to the right. */
export function tableOf(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

/** Milliseconds with three figures that count. */
function time(ms: number): string {
  return ms >= 100 ? count(ms) : ms.toPrecision(ms >= 1 ? 3 : 2);
}

function ratio(value: number): string {
  return Number.isFinite(value) ? `${value >= 10 ? count(value) : value.toPrecision(2)}×` : '–';
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

export function linesOf(result: SizeResult, bandwidth: number): string[] {
  return [
    '',
    `${count(result.households)} households`,
    ...oracleLines(result),
    '',
    ...tableOf(referenceRows(result)),
    ...causesOf(result),
    `two threads can do ${bandwidth.toFixed(2)}× of one where both only read memory; ours do ${threadGain(result)}`,
    '',
    ...tableOf(drawnRows(result)),
    '',
    ...tableOf(tileRows(result)),
    '',
    ...engineLines(result),
    ...preparationLines(result),
    ...result.absent,
  ];
}

function oracleLines({ oracle, engineVerdict }: SizeResult): string[] {
  if (!oracle || !engineVerdict) return ['No PostGIS, no oracle: peers are compared with our own answer.'];
  const { missing, extra, zones, totals, examples } = engineVerdict;
  const wrong = (missing ?? 0) + (extra ?? 0);
  return [
    `oracle: ${count(oracle.pairs)} pairs in ${(oracle.ms / 1000).toFixed(1)} s; ${count(oracle.rechecked)} close to a limit decided by the geodesic, ${oracle.undecidable} undecidable`,
    `ours: ${wrong} pairs of ${count(oracle.pairs)} disagree, ${zones} zones, totals ${totals ? 'equal' : 'DIFFER'}`,
    ...(examples.length > 0 ? [`  ${examples.join(', ')}`] : []),
  ];
}

function verdictCells(verdict: Verdict | null): string[] {
  if (!verdict) return ['', '', '', ''];
  return [
    verdict.missing === null ? '–' : count(verdict.missing),
    verdict.extra === null ? '–' : count(verdict.extra),
    count(verdict.zones),
    verdict.totals ? 'equal' : 'differ',
  ];
}

function referenceRows(result: SizeResult): string[][] {
  const { engine, engineVerdict, peers } = result;
  const base = median(engine.reference.find(({ threads }) => threads === 1)?.ms ?? []);
  const times = ({ ms }: Job) => [time(median(ms)), String(ms.length), ratio(median(ms) / base)];
  return [
    ['all pairs and totals', 'median ms', 'runs', 'of ours', 'missing', 'extra', 'zones off', 'totals'],
    ...engine.reference.map((job) => [
      `ours, ${job.threads === 1 ? 'one thread' : `${job.threads} threads`}`,
      ...times(job),
      ...(job.threads === 1 ? verdictCells(engineVerdict) : []),
    ]),
    ...peers.flatMap(({ peer, reference, verdicts }) =>
      reference.map((job, i) => [`${peer}: ${job.way}`, ...times(job), ...verdictCells(verdicts[i] ?? null)]),
    ),
  ];
}

/** Why peers differ, for those that do. */
function causesOf({ peers }: SizeResult): string[] {
  return peers.flatMap(({ peer, reference, verdicts }) =>
    reference.flatMap(({ way, cause }, i) => {
      const verdict = verdicts[i];
      const differs = verdict && ((verdict.missing ?? 0) + (verdict.extra ?? 0) > 0 || verdict.zones > 0 || !verdict.totals);
      return differs ? [`  ${peer}, ${way}, differs because: ${cause}`] : [];
    }),
  );
}

function threadGain({ engine }: SizeResult): string {
  const one = engine.reference.find(({ threads }) => threads === 1);
  const two = engine.reference.find(({ threads }) => threads === 2);
  return one && two ? `${(median(one.ms) / median(two.ms)).toFixed(2)}×` : '–';
}

function drawnRows({ engine, peers, drawnFigures }: SizeResult): string[][] {
  const [p50, p99] = [percentile(engine.drawn.ms, 0.5), percentile(engine.drawn.ms, 0.99)];
  const row = (name: string, { ms }: Job, figures: readonly number[]) => [
    name,
    time(percentile(ms, 0.5)),
    time(percentile(ms, 0.99)),
    ratio(percentile(ms, 0.5) / p50),
    ratio(percentile(ms, 0.99) / p99),
    count(figures.filter((figure, i) => figure !== drawnFigures[i]).length),
  ];
  return [
    [`drawn polygon (${drawnFigures.length})`, 'p50 ms', 'p99 ms', 'of ours', 'of ours', 'figures off'],
    row('ours', engine.drawn, engine.drawnFigures),
    ...peers.flatMap(({ peer, drawn }) => drawn.map((job) => row(`${peer}: ${job.way}`, job, job.figures))),
  ];
}

function tileRows({ engine, peers }: SizeResult): string[][] {
  const own = perSecond(engine.tiles.ms);
  const row = (name: string, { ms, count: features }: Job & { count: number }) => [
    name,
    count(perSecond(ms)),
    time(percentile(ms, 0.5)),
    time(percentile(ms, 0.99)),
    ratio(own / perSecond(ms)),
    count(features),
  ];
  return [
    [`tiles at zoom 14 (${engine.tiles.ms.length})`, 'a second', 'p50 ms', 'p99 ms', 'ours faster', 'households'],
    row('ours', engine.tiles),
    ...peers.flatMap(({ peer, tiles }) => (tiles ? [row(peer, tiles)] : [])),
  ];
}

function engineLines({ engine, worldMs, rssBytes }: SizeResult): string[] {
  const spread = (job: Job) => `p50 ${time(percentile(job.ms, 0.5))} ms, p99 ${time(percentile(job.ms, 0.99))} ms`;
  const bytes = engine.bytesPerUnit.map(({ part, bytes: size }) => `${part} ${size.toFixed(1)}`);
  const sum = engine.bytesPerUnit.reduce((total, { bytes: size }) => total + size, 0);
  return [
    `ours: index in ${time(engine.buildMs)} ms; one area moved ${spread(engine.move)}${engine.rebuild ? `; units changed ${spread(engine.rebuild)}` : ''}`,
    `memory: ${sum.toFixed(1)} bytes a unit (${bytes.join(', ')}); packed copy ${megabytes(engine.packedBytes)}; process ${megabytes(rssBytes)} with the world, made in ${time(worldMs)} ms`,
  ];
}

function preparationLines({ peers }: SizeResult): string[] {
  return peers.map(({ peer, versions, preparation, notes }) => {
    const named = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
    const before = preparation.map(({ what, ms }) => `${what} ${time(ms)} ms`);
    return `${peer}: ${named.join(', ')}. Before, not counted: ${before.join('; ')}. ${notes.join('; ')}`;
  });
}

export function areaLinesOf({ rebuilds, layers, rows, absent }: AreasResult): string[] {
  const centimetres = (metres: number) => (metres * 100).toFixed(2);
  return [
    '',
    ...tableOf([
      ['threatened areas, derived and stored', 'hazards', 'areas', 'shown only', 's', 'areas a second'],
      ...rebuilds.map(({ what, sources, areas, shown, ms }) => [
        what,
        count(sources),
        count(areas),
        count(shown),
        (ms / 1000).toFixed(2),
        count((1000 * (areas + shown)) / ms),
      ]),
    ]),
    '',
    ...tableOf([
      ['one by one, not stored', 'zones', 'p50 ms', 'p99 ms', 'a second'],
      ...layers.map(({ layer, ms }) => [
        layer,
        count(ms.length),
        time(percentile(ms, 0.5)),
        time(percentile(ms, 0.99)),
        count(perSecond(ms)),
      ]),
    ]),
    '',
    ...tableOf([
      [
        `offsets (${rows[0]?.ms.length ?? 0} shapes)`,
        'p50 ms',
        'p99 ms',
        'mean ms',
        'cm too wide',
        'cm too narrow',
        'failed',
        'invalid',
        'shrink',
      ],
      ...rows.map(({ kernel, ms, outwards, inwards, failed, invalid, shrunk }) => [
        kernel,
        time(percentile(ms, 0.5)),
        time(percentile(ms, 0.99)),
        time(1000 / perSecond(ms)),
        centimetres(outwards),
        centimetres(inwards),
        count(failed),
        count(invalid),
        count(shrunk),
      ]),
    ]),
    ...absent,
  ];
}

export function importLinesOf(times: readonly ImportTimes[]): string[] {
  const run = (rows: number, done: Run | null) =>
    done === null
      ? ['–', '–', '–']
      : [(done.ms / 1000).toFixed(2), count((1000 * rows) / done.ms), done.peak === null ? '–' : count(done.peak)];
  return [
    '',
    ...tableOf([
      [`import of ${count(times[0]?.rows ?? 0)} households`, 'MB', 'ours s', 'rows/s', 'peak MB', 'ogr2ogr s', 'rows/s', 'peak MB'],
      ...times.map(({ format, rows, megabytes, ours, gdal }) => [format, megabytes.toFixed(1), ...run(rows, ours), ...run(rows, gdal)]),
    ]),
    'ours: read, checked row by row, staged, stored with history. ogr2ogr: read and written to a new GeoPackage',
  ];
}

export function pageIndexLinesOf(times: readonly PageIndexTimes[]): string[] {
  const spread = ({ ms }: Job) => [time(percentile(ms, 0.5)), time(percentile(ms, 0.99))];
  const ratios = (ours: Job, theirs: Job) => [0.5, 0.99].map((share) => ratio(percentile(theirs.ms, share) / percentile(ours.ms, share)));
  const hows = times[0]?.compressed.map(({ how }) => how) ?? [];
  return [
    '',
    ...tableOf([
      [
        "the page's index, households",
        'MB',
        'MB sent',
        'packed ms',
        'fetched ms',
        'unpacked ms',
        ...hows.flatMap((how) => [`${how} MB`, 'in ms']),
      ],
      ...times.map(({ households, bytes, sentBytes, packMs, fetchMs, unpackMs, compressed }) => [
        count(households),
        (bytes / 1e6).toFixed(1),
        (sentBytes / 1e6).toFixed(1),
        time(packMs),
        time(fetchMs),
        time(unpackMs),
        ...compressed.flatMap((one) => [(one.bytes / 1e6).toFixed(1), time(one.ms)]),
      ]),
    ]),
    '',
    ...tableOf([
      [
        'draft counted, households',
        'vertices',
        'shapes',
        'inside',
        'p50 ms',
        'p99 ms',
        'Turf p50 ms',
        'p99 ms',
        'of ours',
        'of ours',
        'figures off',
      ],
      ...times.flatMap(({ households, drafts }) =>
        drafts.map((draft) => [
          count(households),
          count(draft.vertices),
          count(draft.ms.length),
          count(draft.households),
          ...spread(draft),
          ...(draft.turf ? [...spread(draft.turf), ...ratios(draft, draft.turf), count(draft.turf.off)] : ['–', '–', '–', '–', '–']),
        ]),
      ),
    ]),
    'ours: people, vulnerable, schools, certain, possible and townships too. Turf: households, people and vulnerable inside',
  ];
}
