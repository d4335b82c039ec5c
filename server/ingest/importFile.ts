// Reads a file into a staging file and says what it made of every row. Nothing is stored here.
import type { PropertyValue } from '../domain/feature.ts';
import { MAX_LISTED_ISSUES, type ImportIssue, type ImportMode, type ImportReport, type PossibleDuplicate } from '../domain/importReport.ts';
import { ISSUE_WORDS } from '../domain/importWords.ts';
import { layerOf, writableFieldsOf, type LayerName } from '../domain/layer.ts';
import type { Reads } from '../store/store.ts';
import { buildFeature, type BuildContext } from './buildFeature.ts';
import { matchColumns } from './columns.ts';
import { encodingNamed } from './encoding.ts';
import { fileWarning, rowError, rowWarning, unusable } from './issues.ts';
import { KnownPlaces } from './positions/knownPlaces.ts';
import { positionPlan, requireCrs } from './positions/plan.ts';
import { suspect } from './positions/suspicion.ts';
import { openSource } from './read/open.ts';
import { headerKey, rememberedMapping } from './rememberedMappings.ts';
import type { SkipCode, Source, SourceRow } from './source.ts';
import { Staging } from './staging.ts';
import { loadKernel } from '../zones/kernel/geos.ts';
import { TownshipIndex } from './townships.ts';
import { unitFactor, unitInHeader } from './units.ts';
import { convert, isBlank } from './values.ts';

export interface ImportRequest {
  readonly importId: string;
  readonly path: string;
  readonly fileName: string;
  readonly layer: LayerName;
  readonly crs: string | null;
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

/** Fields that counting needs: a file without them is told so. */
const EXPECTED: Readonly<Partial<Record<LayerName, readonly string[]>>> = {
  'hazard-points': ['name', 'hazard_type', 'register', 'state'],
  'danger-zones': ['extent', 'status'],
  'river-sections': ['river', 'width_left_m', 'width_right_m'],
  'subsidence-zones': ['depth_m'],
  'hazard-areas': ['kind'],
  households: ['people', 'position_accuracy_m'],
  schools: ['name', 'students'],
  townships: ['code', 'name'],
  shelters: ['name', 'capacity'],
  facilities: ['name', 'kind'],
};

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

const SAMPLE = 50;
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
  });
  const collector = new IssueCollector();
  for (const note of source.notes) collector.add(fileWarning(null, 'encoding_guessed', note));
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
        if (row.deleted) collector.add(rowWarning(row.row, null, 'deleted_record', 'the row is marked as deleted in the .dbf'));
        continue;
      }
      const { feature, issues, mended, before } = buildFeature(row, context);
      const twin = feature ? out.rowOf(feature.id) : null;
      if (feature && twin !== null) {
        issues.push({ ...rowError(row.row, 'id', 'duplicate_id', `the id ${feature.id} stands in row ${twin} too`), id: feature.id });
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
    const suspicion = suspect(known.pairs);
    if (suspicion) collector.add(fileWarning('geometry', 'datum_suspected', suspicion.message));
    for (const [code, lines] of skips) if (code !== 'blank_row') collector.add(fileWarning(null, code, SKIP_WORDS[code](lines)));
    const stacked = staging.stacked();
    if (stacked > 0)
      collector.add(
        fileWarning('geometry', 'equal_positions', `${stacked} rows have the same position as an earlier row; each is counted by its id.`),
      );
    duplicates = staging.sameNameAndPlace(MOST_DUPLICATES);
    if (duplicates.length > 0) {
      const names = duplicates.slice(0, 5).map(({ name, rows }) => `${name}（${rows.map(({ row }) => row).join('、')}）`);
      collector.add(
        fileWarning(
          'name',
          'possible_duplicate',
          `${duplicates.length} 组名称与位置都相同：${names.join('，')} ${duplicates.length} groups of rows have the same name and place`,
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

/** With what the code means, in both languages. */
export function worded(issue: ImportIssue): ImportIssue {
  const words = ISSUE_WORDS[issue.code];
  return words ? { ...issue, ...words } : issue;
}

/** Issues as they come: the first ones are listed, all are counted. Errors are never crowded out by warnings. */
export class IssueCollector {
  private readonly errors: ImportIssue[] = [];
  private readonly warnings: ImportIssue[] = [];
  readonly counts = new Map<string, number>();

  add(issue: ImportIssue): void {
    this.counts.set(issue.code, (this.counts.get(issue.code) ?? 0) + 1);
    const list = issue.severity === 'error' ? this.errors : this.warnings;
    if (list.length < MAX_LISTED_ISSUES) list.push(issue);
  }

  get listed(): ImportIssue[] {
    return [...this.errors, ...this.warnings].slice(0, MAX_LISTED_ISSUES).map(worded);
  }
}

async function contextOf(
  request: ImportRequest,
  source: Source,
  townships: TownshipIndex,
  collector: IssueCollector,
): Promise<BuildContext> {
  const { layer } = request;
  const { columns } = source;
  const remembered = Object.keys(request.mapping).length === 0 ? rememberedMapping(request.mappingsPath, headerKey(layer, columns)) : null;
  if (remembered) {
    const pairs = Object.entries(remembered).map(([field, column]) => `${field} ← ${column}`);
    collector.add(
      fileWarning(
        null,
        'mapping_remembered',
        `沿用同一表头上次的列对应：${pairs.join('，')} The mapping given for this header last time was used`,
      ),
    );
  }
  const map = matchColumns(layer, columns, remembered ?? request.mapping);
  const defaults = checkDefaults(layer, request.defaults);
  if (!source.hasGeometry && map.size === 0) {
    throw unusable(
      'no_known_columns',
      `No column of the file is known: ${columns.join(', ').slice(0, 300)}. Is the first row the header, and the delimiter one for all? Otherwise give \`mapping\`.`,
    );
  }
  const crs = requireCrs(request.crs ?? source.statedCrs ?? 'EPSG:4326');
  if (source.hasGeometry && request.crs === null && source.statedCrs === null && !request.fileName.toLowerCase().endsWith('json')) {
    throw unusable(
      'crs_needed',
      'The file does not say its coordinate system (no .prj). Give `crs`, such as EPSG:4490 for degrees or EPSG:4526 for the 3° zone 38.',
    );
  }
  const position = source.hasGeometry ? null : positionPlan(map, request.crs, await sampleOf(source), townships.county);
  for (const { code, message } of position?.assumed ?? []) collector.add(fileWarning('geometry', code, message));
  if (!source.hasGeometry && position === null) {
    if (layerOf(layer).geometryOptional !== true) {
      throw unusable(
        'no_position_columns',
        `The file has no position columns, and ${layer} needs them. Name them 经度 and 纬度 (or lon and lat), X坐标 and Y坐标, or give \`mapping\`. It has: ${columns.join(', ').slice(0, 300)}.`,
      );
    }
    collector.add(fileWarning('geometry', 'no_position_columns', 'The file has no position columns: all rows are kept as unlocated.'));
  }
  for (const field of EXPECTED[layer] ?? []) {
    if (!map.has(field) && !(field in defaults)) {
      const words = writableFieldsOf(layer).find((one) => one.name === field);
      collector.add(fileWarning(field, 'field_missing', `The file has no column for ${words?.zh ?? ''} ${field}.`));
    }
  }
  return {
    layer,
    map,
    defaults,
    crs,
    position,
    fileName: request.fileName,
    townships,
    kernel: await loadKernel(),
    sayRewound: /json[l]?$/i.test(request.fileName),
    headerFactors: headerFactors(layer, map, collector),
    upsert: request.mode === 'upsert',
  };
}

/** Factors of the units that headers state: `财产（元）` is a ten-thousandth of 万元. */
function headerFactors(layer: LayerName, map: ReadonlyMap<string, string>, collector: IssueCollector): Map<string, number> {
  const factors = new Map<string, number>();
  for (const field of writableFieldsOf(layer)) {
    const column = map.get(field.name);
    if (column === undefined || (field.type !== 'number' && field.type !== 'integer')) continue;
    const unit = unitInHeader(column);
    const factor = unitFactor(field, unit);
    if (factor === null) {
      collector.add(
        fileWarning(
          field.name,
          'unit_unknown',
          `The unit “${unit}” of ${column} is not known: its numbers were taken as ${field.unit ?? 'plain numbers'}.`,
        ),
      );
    } else if (factor !== 1) factors.set(field.name, factor);
  }
  return factors;
}

/** A row of a table without a single filled cell: what a spreadsheet leaves below its last row. */
function isEmptyRow(row: SourceRow): boolean {
  return row.geometry === undefined && row.fault === undefined && [...row.values.values()].every(isBlank);
}

async function sampleOf(source: Source): Promise<SourceRow[]> {
  const rows: SourceRow[] = [];
  for await (const row of source.rows()) if (row.skip === undefined && rows.push(row) >= SAMPLE) break;
  return rows;
}

function checkDefaults(layer: LayerName, defaults: Readonly<Record<string, unknown>>): Record<string, PropertyValue> {
  const checked: Record<string, PropertyValue> = {};
  for (const [name, value] of Object.entries(defaults)) {
    const field = writableFieldsOf(layer).find((one) => one.name === name);
    if (!field) throw unusable('defaults_field', `defaults names ${name}, which ${layer} does not have.`, 400);
    if (isBlank(value)) continue;
    const converted = convert(field, value);
    if ('fault' in converted || 'unknown' in converted) {
      throw unusable('defaults_value', `defaults gives ${name} the value ${String(value).slice(0, 60)}, which does not fit.`, 400);
    }
    checked[name] = converted.value;
  }
  return checked;
}

function cellsOf(row: SourceRow): Record<string, string> {
  const cells: Record<string, string> = {};
  for (const [column, cell] of row.values) {
    cells[column] = cell === null || cell === undefined ? '' : typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
  }
  return cells;
}
