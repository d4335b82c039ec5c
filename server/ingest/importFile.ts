// Reads a file into a staging file and says what it made of every row. Nothing is stored here.
import { type ImportMode, type ImportReport, type PossibleDuplicate } from '../domain/importReport.ts';
import type { LayerName } from '../domain/layer.ts';
import type { DatumParameters } from '../geo/oldDatum.ts';
import type { Reads } from '../store/store.ts';
import { matchAddresses } from './addressMatch.ts';
import { buildFeature } from './buildFeature.ts';
import { encodingNamed } from './encoding.ts';
import { contextOf } from './importContext.ts';
import { IssueCollector } from './issueCollector.ts';
import { fileWarning, rowError, rowWarning, unusable } from './issues.ts';
import { KnownPlaces } from './positions/knownPlaces.ts';
import { suspect } from './positions/suspicion.ts';
import { openSource } from './read/open.ts';
import { headerKey } from './rememberedMappings.ts';
import type { SkipCode, SourceRow } from './source.ts';
import { Staging } from './staging.ts';
import { TownshipIndex } from './townships.ts';
import { isBlank } from './values.ts';

export interface ImportRequest {
  readonly importId: string;
  readonly path: string;
  readonly fileName: string;
  /** All files of the upload: more than one only for the parts of a shapefile. */
  readonly parts?: readonly { readonly path: string; readonly fileName: string }[];
  readonly layer: LayerName;
  readonly crs: string | null;
  /** Parameters of an older datum, as the user holds them. */
  readonly transform: DatumParameters | null;
  readonly encoding: string | null;
  readonly table: string | null;
  readonly mapping: Readonly<Record<string, string>>;
  readonly defaults: Readonly<Record<string, unknown>>;
  readonly mode: ImportMode;
  readonly dryRun: boolean;
  readonly allowPartial: boolean;
  /** File of the mappings that were given before. */
  readonly mappingsPath: string;
}

/** A township's or a village's name by its ending: alone in a line, it stands over the rows that are its own. */
const PLACE_NAME = /(街道|街道办事处|办事处|镇|乡|村|社区)$/;

const SKIP_WORDS: Readonly<Record<SkipCode, (lines: readonly number[]) => string>> = {
  title_row: (lines) =>
    `表头上方 ${lines.length} 行标题未作数据 ${lines.length} title rows above the header were skipped: ${listOf(lines)}`,
  total_row: (lines) => `${lines.length} 行合计未作数据 ${lines.length} total rows were skipped: ${listOf(lines)}`,
  section_row: (lines) =>
    `${lines.length} 行分节名未作数据，乡镇名用于其下各行 ${lines.length} section rows were skipped; a township’s name counts for the rows below it: ${listOf(lines)}`,
  repeated_header: (lines) => `${lines.length} 行重复表头未作数据 ${lines.length} repeated headers were skipped: ${listOf(lines)}`,
  blank_row: (lines) => `${lines.length} 空行 blank rows`,
};

const listOf = (lines: readonly number[]) => `第 ${lines.slice(0, 20).join('、')}${lines.length > 20 ? ' …' : ''} 行`;

const MOST_DUPLICATES = 200;
/** Layers whose features may refuse a change of state. */
const LIFECYCLE_LAYERS: ReadonlySet<LayerName> = new Set(['danger-zones', 'hazard-points']);
const PROGRESS_EVERY = 1000;

export async function importFile(
  request: ImportRequest,
  store: Reads,
  stagingPath: string,
  progress: (read: number) => void,
): Promise<ImportReport> {
  const encoding = request.encoding === null ? null : encodingNamed(request.encoding);
  if (request.encoding !== null && encoding === null) {
    throw unusable(
      'encoding_unknown',
      `The encoding ${request.encoding} is not known. Use utf-8, gbk, gb18030, big5 or windows-1252.`,
      400,
    );
  }
  const townships = await TownshipIndex.read(store);
  const isPlace = (name: string) => townships.resolve(name) !== null || PLACE_NAME.test(name);
  const source = await openSource(request.path, request.fileName, {
    encoding,
    table: request.table,
    reading: { layer: request.layer, isPlace },
    parts: request.parts ?? [],
  });
  const collector = new IssueCollector();
  for (const { code, message } of source.notes) collector.add(fileWarning(null, code, message));
  const context = await contextOf(request, source, townships, collector);
  const staging = Staging.create(stagingPath);
  let duplicates: PossibleDuplicate[] = [];
  const counts = { read: 0, accepted: 0, repaired: 0, rejected: 0, skipped: 0 };
  const skips = new Map<SkipCode, number[]>();
  try {
    const out = staging.writer();
    const known = await KnownPlaces.read(store, request.layer);
    // rows that the store may refuse yet are handed back whole
    const mayConflict =
      request.mode !== 'replace' &&
      (request.mode === 'upsert' ? LIFECYCLE_LAYERS.has(request.layer) : (await store.count(request.layer)) > 0);
    for await (const row of source.rows()) {
      counts.read++;
      if (counts.read % PROGRESS_EVERY === 0) progress(counts.read);
      if (row.skip !== undefined) {
        counts.skipped++;
        skips.set(row.skip, [...(skips.get(row.skip) ?? []), row.line ?? row.row]);
        continue;
      }
      if (row.deleted || isEmptyRow(row)) {
        counts.skipped++;
        if (row.deleted)
          collector.add(rowWarning(row.row, null, 'deleted_record', '本行在 .dbf 中标为已删除 The row is marked as deleted in the .dbf'));
        continue;
      }
      const { feature, issues, mended, before } = buildFeature(row, context);
      const twin = feature ? out.rowOf(feature.id) : null;
      if (feature && twin !== null) {
        issues.push({
          ...rowError(row.row, 'id', 'duplicate_id', `编号 ${feature.id} 与第 ${twin} 行相同 The id stands in row ${twin} too`),
          id: feature.id,
        });
      }
      for (const issue of issues) collector.add(row.line === undefined ? issue : { ...issue, line: row.line });
      const errors = issues.filter((issue) => issue.severity === 'error');
      if (!feature || errors.length > 0) {
        counts.rejected++;
        out.reject({
          row: row.row,
          reasons: errors.map((issue) => issue.message).join('; '),
          cells: cellsOf(row),
          ...(row.line === undefined ? {} : { line: row.line }),
        });
        continue;
      }
      counts.accepted++;
      if (mended.length > 0) counts.repaired++;
      known.compare(feature);
      out.accept({
        row: row.row,
        feature,
        ...(mayConflict ? { cells: cellsOf(row) } : {}),
        ...(mended.length > 0 ? { mended: { codes: mended, before } } : {}),
      });
    }
    staging.finish();
    if (request.layer === 'households') await placeByAddress(staging, store, collector);
    const suspicion = suspect(known.pairs);
    if (suspicion) collector.add(fileWarning('geometry', 'datum_suspected', suspicion.message));
    for (const [code, lines] of skips) if (code !== 'blank_row') collector.add(fileWarning(null, code, SKIP_WORDS[code](lines)));
    const stacked = staging.stacked();
    if (stacked > 0)
      collector.add(
        fileWarning(
          'geometry',
          'equal_positions',
          `${stacked} 行与前面的行位置相同，各按编号计数 Rows at the position of an earlier row: ${stacked}; each is counted by its id`,
        ),
      );
    duplicates = staging.sameNameAndPlace(MOST_DUPLICATES);
    if (duplicates.length > 0) {
      const names = duplicates.slice(0, 5).map(({ name, rows }) => `${name}（${rows.map(({ row }) => row).join('、')}）`);
      collector.add(
        fileWarning(
          'name',
          'possible_duplicate',
          `${duplicates.length} 组名称与位置都相同：${names.join('，')} Groups of rows with the same name and place: ${duplicates.length}`,
        ),
      );
    }
  } finally {
    staging.close();
  }
  if (counts.read === 0) throw unusable('empty_file', 'The file has a header and no rows.');
  const mapped = new Set(context.map.values());
  return {
    importId: request.importId,
    layer: request.layer,
    file: request.fileName,
    mode: request.mode,
    dryRun: request.dryRun,
    stored: false,
    crs: (context.position?.crs ?? context.crs).code,
    encoding: source.encoding,
    ...counts,
    revision: null,
    mapping: Object.fromEntries(context.map),
    issues: collector.listed,
    issueCounts: Object.fromEntries(collector.counts),
    duplicates,
    changes: null,
    unmapped: source.columns.filter((column) => column !== '' && !mapped.has(column)),
    confirmBy: null,
    headerKey: headerKey(request.layer, source.columns),
  };
}

/** Gives unlocated households the position of a household of the same address; what two addresses could be stays unlocated. */
async function placeByAddress(staging: Staging, store: Reads, collector: IssueCollector): Promise<void> {
  const rows = new Map([...staging.unplaced()].map(({ row, feature }) => [row, feature]));
  const matches = await matchAddresses(
    [...rows].map(([row, { properties }]) => ({ row, properties })),
    store,
  );
  for (const match of matches) {
    const feature = rows.get(match.row);
    if (!feature) continue;
    const say = (code: string, message: string) => collector.add({ ...rowWarning(match.row, 'geometry', code, message), id: feature.id });
    if ('ambiguous' in match) {
      say(
        'address_ambiguous',
        `地址对上多处（${match.ambiguous.join('、')}），仍未定位 the address fits several households (${match.ambiguous.join(', ')}): left unlocated`,
      );
      continue;
    }
    staging.place(match.row, match.geometry, {
      ...feature.properties,
      position_method: 'address_match',
      source_position: `households:${match.like}`,
    });
    say('placed_by_address', `按地址取 ${match.like} 的位置 placed where ${match.like} is, by its address`);
  }
}

/** A row of a table without a single filled cell: what a spreadsheet leaves below its last row. */
function isEmptyRow(row: SourceRow): boolean {
  return row.geometry === undefined && row.fault === undefined && [...row.values.values()].every(isBlank);
}

function cellsOf(row: SourceRow): Record<string, string> {
  const cells: Record<string, string> = {};
  for (const [column, cell] of row.values) {
    cells[column] = cell === null || cell === undefined ? '' : typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
  }
  return cells;
}
