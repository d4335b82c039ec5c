// The totals and breakdowns of `GET /api/exposure`, each household and school counted once where it says so.
import type { ExposureReport, Figure, NotAssessed, PopulationBase, TownshipFigure } from '../domain/figure.ts';
import type { LayerName } from '../domain/layer.ts';
import { ZONE_SOURCE_LAYERS } from '../domain/layer.ts';
import { evaluate, pointSum, type Evaluation } from './evaluation.ts';
import type { Exposure } from './exposure.ts';
import { figureOf, measuresOf, type Measures } from './figures.ts';
import { asksForPlaces, placesMask, unlocatedPasses, type ExposureFilter } from './filter.ts';
import { gradeOf } from './grade.ts';
import { addUnit, noSums, SLOT, type Sums, type ValueName } from './sums.ts';
import { bitOf } from './units/buildSheets.ts';
import { ACCURACY_STATED } from './units/unitRows.ts';
import { GROUPINGS, type Grouping } from './zoneCovers.ts';

export function exposureReport(
  exposure: Exposure,
  filter: ExposureFilter,
  state: { revision: number; computedAt: string },
): ExposureReport {
  const measures = measuresOf(exposure.census, filter.base, filter.at);
  const evaluation = evaluate(exposure, filter);
  const { zones, totals, certain, possible } = evaluation;
  const figure = (sums: Sums) => figureOf(sums, measures);
  const details = notAssessed(exposure, filter, measures);
  const outside = unlocated(exposure, filter);
  /** A group that zones have at all stands there with its zeros even when nobody lies in it. */
  const grouped = <H extends object>(grouping: Grouping, head: (key: string, zones: number) => H): (H & Figure)[] => {
    const counts = new Map<string, number>();
    for (const { zone } of zones) {
      const key = GROUPINGS[grouping](zone);
      if (key !== null) counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    const keys = [...counts.keys()].toSorted();
    return mostFirst(keys.map((key) => ({ ...head(key, counts.get(key) as number), ...figure(evaluation.groupSums(grouping, key)) })));
  };
  return {
    ...state,
    base: filter.base,
    at: filter.at,
    totals: { ...figure(totals), certain: figure(certain), possible: figure(possible) },
    pointSum: figure(pointSum(evaluation)),
    unlocated: { households: outside[SLOT.households] as number, people: figure(outside).people },
    accuracyUnknown: { households: accuracyUnknown(exposure, filter) },
    notAssessed: details.map((gap) => gap.zh),
    notAssessedDetails: details,
    byTownship: townshipFigures(exposure, filter, evaluation, figure),
    byHazardType: grouped('hazardType', (hazardType) => ({ hazardType })),
    byRegister: grouped('register', (register, points) => ({ register, points })),
    byLayer: grouped('layer', (layer, count) => ({ layer: layer as LayerName, zones: count })),
    byZone: mostFirst(
      zones
        .map((counted) => ({
          zone: counted.zone.name,
          layer: counted.zone.layer,
          name: counted.zone.label,
          grade: gradeOf(exposure, counted),
          ...figure(evaluation.zoneSums(counted)),
        }))
        .toSorted((a, b) => (a.zone < b.zone ? -1 : 1)),
    ),
  };
}

/** Most households first; the order that the rows came in decides among equals. */
function mostFirst<F extends Figure>(rows: F[]): F[] {
  return rows.toSorted((a, b) => (b.households ?? 0) - (a.households ?? 0));
}

function townshipFigures(
  exposure: Exposure,
  filter: ExposureFilter,
  { byTownship }: Evaluation,
  figure: (sums: Sums) => Figure,
): TownshipFigure[] {
  const wanted = (code: string) => filter.township.length === 0 || filter.township.some((t) => t === code || t.padEnd(12, '0') === code);
  const { townships } = exposure.units;
  const sumsOf = (code: string) => byTownship.get(townships.find(code)) ?? noSums();
  const rows = exposure.townshipList
    .filter((township) => wanted(township.code))
    .map((township) => ({ code: township.code, name: township.name, ...figure(sumsOf(township.code)) }));
  // codes that no loaded township has, and households that lie in none, so that the column adds up
  const listed = new Set(rows.map((row) => row.code));
  for (const [number, sums] of byTownship) {
    const code = townships.at(number) ?? '';
    if (listed.has(code) || (sums[SLOT.households] === 0 && sums[SLOT.schools] === 0)) continue;
    rows.push({ code, name: code, ...figure(sums) });
  }
  return mostFirst(rows.toSorted((a, b) => (a.code < b.code ? -1 : 1)));
}

function unlocated(exposure: Exposure, filter: ExposureFilter): Sums {
  if (!asksForPlaces(filter)) return exposure.census.unlocated;
  const sums = noSums();
  for (const unit of exposure.unlocated.values()) if (unlocatedPasses(filter, unit)) addUnit(sums, unit.kind, unit.values);
  return sums;
}

function accuracyUnknown(exposure: Exposure, filter: ExposureFilter): number {
  return asksForPlaces(filter) ? silentLocated(exposure, filter, ACCURACY_STATED) : exposure.census.accuracyUnknown;
}

/** Households with a position in the places asked for that do not state what the bit stands for. */
function silentLocated(exposure: Exposure, filter: ExposureFilter, bit: number): number {
  const { units } = exposure;
  let silent = 0;
  placesMask(exposure, filter).forEach((here, position) => {
    if (here && (units.statedAt(position) & bit) === 0 && units.kindAt(position) === 'households') silent++;
  });
  return silent;
}

/** Households in the places asked for that do not state a value. */
function silentAbout(exposure: Exposure, filter: ExposureFilter, name: ValueName): number {
  const { census } = exposure;
  if (!asksForPlaces(filter)) return census.households - census.statedBy('households', name);
  let silent = silentLocated(exposure, filter, bitOf(name));
  for (const unit of exposure.unlocated.values()) {
    if (unit.kind === 'households' && unit.values[name] === null && unlocatedPasses(filter, unit)) silent++;
  }
  return silent;
}

const BASE_WORDS: Readonly<Record<PopulationBase, { zh: string; en: string }>> = {
  registered: { zh: '户籍人口', en: 'registered people' },
  resident: { zh: '常住人口', en: 'resident people' },
  at_home: { zh: '在家人数', en: 'people at home' },
};

/** What stands beside the figures because nothing could be said about it. */
function notAssessed(exposure: Exposure, filter: ExposureFilter, measures: Measures): NotAssessed[] {
  const gaps: NotAssessed[] = [];
  const none = (code: string, zh: string, en: string) => gaps.push({ code, zh, en });
  const words = BASE_WORDS[filter.base];
  if (exposure.census.households === 0) none('no_households', '未导入户', 'No households are loaded');
  if (exposure.census.schools === 0) none('no_schools', '未导入学校', 'No schools are loaded');
  if (measures.people === null) none('no_base', `${words.zh}：各户均未登记`, `No household states its ${words.en}`);
  if (!measures.vulnerable) none('no_vulnerable', '弱势人口：各户均未登记', 'No household states vulnerable people');
  if (!measures.property) none('no_property', '财产：各户均未登记', 'No household states its property');
  if (measures.students === null && filter.at === 'night') none('no_boarders', '寄宿生：各校均未登记', 'No school states its boarders');
  else if (measures.students === null) none('no_students', '在校学生：各校均未登记', 'No school states its students');
  const present = new Set([...exposure.zones.values()].map(({ zone }) => zone.layer));
  for (const layer of ZONE_SOURCE_LAYERS) {
    if (layer === 'danger-zones' || present.has(layer)) continue;
    if ([...exposure.gaps.keys()].some((zone) => zone.startsWith(`${layer}:`))) continue;
    none(`no_${layer}`, LAYER_MISSING[layer].zh, LAYER_MISSING[layer].en);
  }
  if (measures.people !== null) {
    const silent = silentAbout(exposure, filter, measures.people);
    if (silent > 0) none('base_partial', `${silent} 户未登记${words.zh}`, `${silent} households do not state their ${words.en}`);
  }
  return [...gaps, ...[...exposure.gaps.values()].flat()];
}

const LAYER_MISSING: Readonly<Record<Exclude<(typeof ZONE_SOURCE_LAYERS)[number], 'danger-zones'>, { zh: string; en: string }>> = {
  'hazard-points': { zh: '没有计入的隐患点', en: 'No hazard point counts' },
  'hazard-areas': { zh: '没有其他危险区域', en: 'No other hazard areas' },
  'subsidence-zones': { zh: '没有沉陷区', en: 'No subsidence zones' },
  'river-sections': { zh: '没有河段威胁带', en: 'No river strips' },
};
