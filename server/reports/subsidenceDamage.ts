// Which houses over and beside a goaf the ground damages how much: deformation by the probability integral at each house,
// graded for the structures that the table covers. Personal data: staff only, audited by the caller.
import { numberOf, textOf, zoneName, type Geometry } from '../domain/feature.ts';
import type { Words } from '../domain/field.ts';
import type { RuleSet } from '../domain/rules.ts';
import { boundsOf } from '../geo/bounds.ts';
import { prepareShape, type PreparedShape } from '../geo/shape.ts';
import type { FeatureStore, StoredFeature } from '../store/store.ts';
import { DAMAGE_GRADES, type DamageGrade, type DamageRow } from '../domain/subsidenceDamage.ts';
import { damageGrade, gradesOf, isCovered } from '../zones/subsidence/damage.ts';
import { seamOf } from '../zones/subsidence/margins.ts';
import { deformationAt, greatestDeformation, type Deformation, type Subsidence } from '../zones/subsidence/pim.ts';
import { fieldWords } from '../zones/threatenedArea.ts';
import type { Report } from './report.ts';

const COLUMNS: readonly Words[] = [
  { zh: '户', en: 'Household' },
  { zh: '住址', en: 'Address' },
  { zh: '乡镇', en: 'Township' },
  { zh: '结构', en: 'Structure' },
  { zh: '沉陷区', en: 'Zone' },
  { zh: '名称', en: 'Name' },
  { zh: '范围', en: 'Line' },
  { zh: '距采空区边界（米）', en: 'Distance to the goaf (m)' },
  { zh: '倾斜 mm/m', en: 'Tilt mm/m' },
  { zh: '曲率 10⁻³/m', en: 'Curvature 10⁻³/m' },
  { zh: '水平变形 mm/m', en: 'Strain mm/m' },
  { zh: '损坏等级', en: 'Damage grade' },
  { zh: '说明', en: 'Note' },
];

const GRADE_WORDS: Readonly<Record<DamageGrade, string>> = { first: 'Ⅰ', second: 'Ⅱ', third: 'Ⅲ', fourth: 'Ⅳ' };

const NOT_COVERED: Words = { zh: '砖混结构以外，表不适用', en: 'Not brick-concrete: the table does not cover it' };
const NO_STRUCTURE: Words = { zh: '未登记结构', en: 'Structure not stated' };

export async function subsidenceDamage(
  store: FeatureStore,
  rules: RuleSet,
  revision: number,
  breathe: () => Promise<void>,
): Promise<Report> {
  const rows: DamageRow[] = [];
  const zones: Record<string, unknown>[] = [];
  const notAssessed: Words[] = [];
  for await (const zone of store.select('subsidence-zones')) {
    await breathe();
    if (!zone.geometry) continue;
    const { sinking } = seamOf(zone.properties);
    const name = textOf(zone.properties, 'name');
    if (!sinking) notAssessed.push(missingFigures(zone));
    else if (sinking.displacementFactor === null) notAssessed.push(missingStrain(zone));
    const most = sinking ? greatestDeformation(sinking) : null;
    zones.push({
      zone: zoneName('subsidence-zones', zone.id),
      name,
      greatest: most,
      greatest_by: most ? gradesOf(most, rules) : null,
      grade: most ? damageGrade(most, rules) : null,
    });
    rows.push(...(await housesOf(store, zone, sinking, rules)));
  }
  const counts = { first: 0, second: 0, third: 0, fourth: 0, not_covered: 0, not_assessed: 0 };
  for (const { grade, covered, structure } of worstByHouse(rows))
    counts[grade ?? (!covered && structure !== null ? 'not_covered' : 'not_assessed')]++;
  return {
    body: { revision, zones, rows, counts, notAssessed, assumption: 'semi-infinite, flat seam' },
    columns: COLUMNS,
    rows: rows.map((row) => [
      row.id,
      row.address,
      row.township,
      row.structure,
      row.zone,
      row.zone_name,
      row.line === 'danger' ? '危险 danger' : '影响 influence',
      rounded(row.distance_m),
      rounded(row.tilt),
      rounded(row.curvature, 4),
      rounded(row.strain),
      row.grade ? GRADE_WORDS[row.grade] : '',
      row.reason ? `${row.reason.zh} ${row.reason.en}` : '',
    ]),
    notAssessed,
  };
}

/** Households inside the danger line or the influence line of a zone. */
async function housesOf(store: FeatureStore, zone: StoredFeature, sinking: Subsidence | null, rules: RuleSet): Promise<DamageRow[]> {
  const name = zoneName('subsidence-zones', zone.id);
  const areas = await Promise.all((['threatened-areas', 'reference-areas'] as const).map((layer) => store.get(layer, name)));
  const [danger, influence] = areas.map((area) => (area?.geometry ? { geometry: area.geometry, shape: shapeOf(area.geometry) } : null));
  const goaf = shapeOf(zone.geometry as Geometry);
  const boxes = [danger, influence].flatMap((area) => (area ? [boundsOf(area.geometry)] : []));
  const rows: DamageRow[] = [];
  for await (const house of store.select('households', { boxes })) {
    if (!house.geometry) continue;
    const line =
      danger && lies(danger.shape, house.geometry) ? 'danger' : influence && lies(influence.shape, house.geometry) ? 'influence' : null;
    if (line === null) continue;
    const distance = signedDistance(goaf, house.geometry);
    rows.push({ ...toldOf(house, zone, name, line, distance), ...gradeAt(house, sinking, distance, rules) });
  }
  return rows;
}

function toldOf(house: StoredFeature, zone: StoredFeature, name: string, line: DamageRow['line'], distance: number) {
  const { properties } = house;
  return {
    id: house.id,
    address: textOf(properties, 'address'),
    township: textOf(properties, 'township'),
    structure: textOf(properties, 'structure'),
    zone: name,
    zone_name: textOf(zone.properties, 'name'),
    line,
    distance_m: distance,
  };
}

function gradeAt(house: StoredFeature, sinking: Subsidence | null, distance: number, rules: RuleSet) {
  const deformation: Deformation | null = sinking && deformationAt(sinking, distance);
  const structure = textOf(house.properties, 'structure');
  const covered = isCovered(structure);
  const values = { tilt: deformation?.tilt ?? null, curvature: deformation?.curvature ?? null, strain: deformation?.strain ?? null };
  if (!covered) return { ...values, grade: null, covered, reason: structure === null ? NO_STRUCTURE : NOT_COVERED };
  return { ...values, grade: deformation && damageGrade(deformation, rules), covered };
}

/** Each house once, by the zone that damages it most: a house over several seams is one house. */
function worstByHouse(rows: readonly DamageRow[]): DamageRow[] {
  const worst = new Map<string, DamageRow>();
  const rank = ({ grade }: DamageRow) => (grade ? DAMAGE_GRADES.indexOf(grade) : -1);
  for (const row of rows) {
    const known = worst.get(row.id);
    if (!known || rank(row) > rank(known)) worst.set(row.id, row);
  }
  return [...worst.values()];
}

function missingFigures(zone: StoredFeature): Words {
  const needed = ['depth_m', 'tan_beta', 'thickness_m', 'subsidence_factor'].filter((name) => !(numberOf(zone.properties, name) ?? 0));
  const words = fieldWords('subsidence-zones', needed);
  const label = textOf(zone.properties, 'name') ?? zone.id;
  return {
    zh: `沉陷区 ${label}：缺${words.zh}，未评估变形`,
    en: `Subsidence zone ${label}: ${words.en} missing, deformation not assessed`,
  };
}

function missingStrain(zone: StoredFeature): Words {
  const words = fieldWords('subsidence-zones', ['displacement_factor']);
  const label = textOf(zone.properties, 'name') ?? zone.id;
  return {
    zh: `沉陷区 ${label}：缺${words.zh}，水平变形未评估，等级只按倾斜和曲率`,
    en: `Subsidence zone ${label}: ${words.en} missing, strain not assessed; graded by tilt and curvature only`,
  };
}

const shapeOf = (geometry: Geometry): PreparedShape => prepareShape({ kind: 'area', geometry }, geometry);

const lies = (shape: PreparedShape, geometry: Geometry) =>
  geometry.type === 'Point' ? shape.place(geometry.coordinates) !== 'outside' : shape.touches(geometry);

/** Metres from the goaf's edge: negative over the goaf. A footprint over its edge lies at 0. */
function signedDistance(goaf: PreparedShape, geometry: Geometry): number {
  if (geometry.type === 'Point') {
    const distance = goaf.distanceToEdge(geometry.coordinates);
    return goaf.place(geometry.coordinates) === 'outside' ? distance : -distance;
  }
  const distance = goaf.footprintToEdge(geometry);
  return goaf.touches(geometry) ? -distance : distance;
}

function rounded(value: number | null, digits = 2): number | null {
  return value === null ? null : Math.round(value * 10 ** digits) / 10 ** digits;
}
