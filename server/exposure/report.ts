// The totals and breakdowns of `GET /api/exposure`, each household and school counted once where it says so.
import type { ExposureReport, Figure, NotAssessed, PopulationBase, TownshipFigure } from '../domain/figure.ts';
import type { LayerName } from '../domain/layer.ts';
import { ZONE_SOURCE_LAYERS } from '../domain/layer.ts';
import type { ExposureIndex } from './exposureIndex.ts';
import { standingIn, standingPasses, unitPasses, zonesFor, type ExposureFilter } from './filter.ts';
import { dangerGrade } from './grade.ts';
import { measuresOf, Tally, type Measures } from './tally.ts';
import type { Unit } from './unit.ts';
import type { Zone } from './zone.ts';

/** Tallies by a key, made on first use. */
class Groups<K> {
  readonly tallies = new Map<K, Tally>();
  private readonly measures: Measures;

  constructor(measures: Measures) {
    this.measures = measures;
  }

  of(key: K): Tally {
    let tally = this.tallies.get(key);
    if (!tally) {
      tally = new Tally(this.measures);
      this.tallies.set(key, tally);
    }
    return tally;
  }
}

/** The grade of a zone is of all its people and property, whatever else is filtered. */
export function gradeOf(index: ExposureIndex, zone: Zone): string | null {
  const measures = measuresOf(index, 'resident', 'night');
  const tally = new Tally(measures);
  for (const unit of index.membersOf(zone)) if (index.relations.get(unit)?.get(zone)?.inside) tally.add(unit);
  const figure = tally.figure();
  return dangerGrade(figure.people, figure.property);
}

export function exposureReport(
  index: ExposureIndex,
  filter: ExposureFilter,
  state: { revision: number; computedAt: string },
): ExposureReport {
  const measures = measuresOf(index, filter.base, filter.at);
  const gradeMeasures = measuresOf(index, 'resident', 'night');
  const zones = zonesFor(index, filter, (zone) => gradeOf(index, zone));
  const totals = new Tally(measures);
  const certain = new Tally(measures);
  const possible = new Tally(measures);
  const pointSum = new Tally(measures);
  const byTownship = new Groups<string>(measures);
  const byHazardType = new Groups<string>(measures);
  const byRegister = new Groups<string>(measures);
  const byLayer = new Groups<LayerName>(measures);
  const byZone = new Groups<Zone>(measures);
  const gradeBy = new Groups<Zone>(gradeMeasures);

  for (const [unit, relations] of index.relations) {
    for (const [zone, relation] of relations) if (relation.inside && zones.has(zone)) gradeBy.of(zone).add(unit);
    if (!unitPasses(index, filter, unit)) continue;
    const standing = standingIn(relations, zones);
    if (standing.certain) certain.add(unit);
    if (standing.possible) possible.add(unit);
    if (!standingPasses(standing, filter.certainty)) continue;
    totals.add(unit);
    byTownship.of(index.townshipOf(unit) ?? '').add(unit);
    const types = new Set<string>();
    const registers = new Set<string>();
    const layers = new Set<LayerName>();
    for (const [zone, relation] of relations) {
      if (!zones.has(zone) || !standingPasses(relation, filter.certainty)) continue;
      byZone.of(zone).add(unit);
      pointSum.add(unit);
      if (zone.hazardType !== null) types.add(zone.hazardType);
      if (zone.register !== null) registers.add(zone.register);
      layers.add(zone.layer);
    }
    for (const type of types) byHazardType.of(type).add(unit);
    for (const register of registers) byRegister.of(register).add(unit);
    for (const layer of layers) byLayer.of(layer).add(unit);
  }

  const details = notAssessed(index, filter, measures);
  return {
    ...state,
    base: filter.base,
    at: filter.at,
    totals: { ...totals.figure(), certain: certain.figure(), possible: possible.figure() },
    pointSum: pointSum.figure(),
    unlocated: unlocated(index, filter, measures),
    accuracyUnknown: { households: accuracyUnknown(index, filter) },
    notAssessed: details.map((gap) => gap.zh),
    notAssessedDetails: details,
    byTownship: townshipFigures(index, filter, byTownship),
    byHazardType: figures(
      byHazardType,
      presentIn(zones, (zone) => zone.hazardType),
      (hazardType) => ({ hazardType }),
    ),
    byRegister: figures(
      byRegister,
      presentIn(zones, (zone) => zone.register),
      (register) => ({
        register,
        points: [...zones].filter((zone) => zone.register === register).length,
      }),
    ),
    byLayer: figures(
      byLayer,
      presentIn(zones, (zone) => zone.layer),
      (layer) => ({
        layer,
        zones: [...zones].filter((zone) => zone.layer === layer).length,
      }),
    ),
    byZone: figures(byZone, zones, (zone) => {
      const graded = gradeBy.of(zone).figure();
      return { zone: zone.name, layer: zone.layer, name: zone.label, grade: dangerGrade(graded.people, graded.property) };
    }),
  };
}

/** Keys that zones have at all, so that a group nobody lies in still stands there with its zeros. */
function presentIn<K>(zones: Iterable<Zone>, key: (zone: Zone) => K | null): Set<K> {
  const keys = new Set<K>();
  for (const zone of zones) {
    const value = key(zone);
    if (value !== null) keys.add(value);
  }
  return keys;
}

function figures<K, H extends object>(groups: Groups<K>, keys: Iterable<K>, head: (key: K) => H): (H & Figure)[] {
  return [...keys].map((key) => ({ ...head(key), ...groups.of(key).figure() })).sort((a, b) => (b.households ?? 0) - (a.households ?? 0));
}

function townshipFigures(index: ExposureIndex, filter: ExposureFilter, groups: Groups<string>): TownshipFigure[] {
  const wanted = (code: string) => filter.township.length === 0 || filter.township.some((t) => t === code || t.padEnd(12, '0') === code);
  const rows = index.townshipList
    .filter((township) => wanted(township.code))
    .map((township) => ({ code: township.code, name: township.name, ...groups.of(township.code).figure() }));
  // codes that no loaded township has, and households that lie in none, so that the column adds up
  const listed = new Set(rows.map((row) => row.code));
  for (const [code, tally] of groups.tallies) {
    const figure = tally.figure();
    if (listed.has(code) || (figure.households === 0 && figure.schools === 0)) continue;
    rows.push({ code, name: code, ...figure });
  }
  return rows.sort((a, b) => (b.households ?? 0) - (a.households ?? 0));
}

function* householdsIn(index: ExposureIndex, filter: ExposureFilter): Generator<Unit> {
  for (const unit of index.units.households.values()) if (unitPasses(index, filter, unit)) yield unit;
}

function unlocated(index: ExposureIndex, filter: ExposureFilter, measures: Measures) {
  const tally = new Tally(measures);
  for (const unit of householdsIn(index, filter)) if (!unit.geometry) tally.add(unit);
  const { households, people } = tally.figure();
  return { households: households ?? 0, people };
}

function accuracyUnknown(index: ExposureIndex, filter: ExposureFilter): number {
  let count = 0;
  for (const unit of householdsIn(index, filter)) if (unit.geometry && unit.accuracy === null) count++;
  return count;
}

const BASE_WORDS: Readonly<Record<PopulationBase, { zh: string; en: string }>> = {
  registered: { zh: '户籍人口', en: 'registered people' },
  resident: { zh: '常住人口', en: 'resident people' },
  at_home: { zh: '在家人数', en: 'people at home' },
};

/** What stands beside the figures because nothing could be said about it. */
function notAssessed(index: ExposureIndex, filter: ExposureFilter, measures: Measures): NotAssessed[] {
  const gaps: NotAssessed[] = [];
  const none = (code: string, zh: string, en: string) => gaps.push({ code, zh, en });
  const words = BASE_WORDS[filter.base];
  if (index.units.households.size === 0) none('no_households', '未导入户', 'No households are loaded');
  if (index.units.schools.size === 0) none('no_schools', '未导入学校', 'No schools are loaded');
  if (measures.people === null) none('no_base', `${words.zh}：各户均未登记`, `No household states its ${words.en}`);
  if (!measures.vulnerable) none('no_vulnerable', '弱势人口：各户均未登记', 'No household states vulnerable people');
  if (!measures.property) none('no_property', '财产：各户均未登记', 'No household states its property');
  if (measures.students === null) none('no_students', '学生：各校均未登记', 'No school states its students or boarders');
  const present = new Set([...index.zones.values()].map((zone) => zone.layer));
  for (const layer of ZONE_SOURCE_LAYERS) {
    if (layer === 'danger-zones' || present.has(layer)) continue;
    if ([...index.gaps.keys()].some((zone) => zone.startsWith(`${layer}:`))) continue;
    none(`no_${layer}`, LAYER_MISSING[layer].zh, LAYER_MISSING[layer].en);
  }
  if (measures.people !== null) {
    const name = measures.people;
    let silent = 0;
    for (const unit of householdsIn(index, filter)) if (unit.values[name] === null) silent++;
    if (silent > 0) none('base_partial', `${silent} 户未登记${words.zh}`, `${silent} households do not state their ${words.en}`);
  }
  return [...gaps, ...[...index.gaps.values()].flat()];
}

const LAYER_MISSING: Readonly<Record<Exclude<(typeof ZONE_SOURCE_LAYERS)[number], 'danger-zones'>, { zh: string; en: string }>> = {
  'hazard-points': { zh: '没有计入的隐患点', en: 'No hazard point counts' },
  'hazard-areas': { zh: '没有其他危险区域', en: 'No other hazard areas' },
  'subsidence-zones': { zh: '没有沉陷区', en: 'No subsidence zones' },
  'river-sections': { zh: '没有河段威胁带', en: 'No river strips' },
};
