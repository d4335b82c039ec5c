// The distance-rule checks and their lists.
import { textOf } from '../domain/feature.ts';
import type { Words } from '../domain/field.ts';
import { layerOf } from '../domain/layer.ts';
import { parameterOf, type Rule, type RuleSet } from '../domain/rules.ts';
import { TownshipIndex } from '../ingest/townships.ts';
import type { FeatureStore } from '../store/store.ts';
import { Derivation } from '../zones/derivation.ts';
import type { GeometryKernel } from '../zones/kernel/geos.ts';
import { placeOfFeature, proximity, type Check, type Near } from '../zones/proximity/proximity.ts';
import { chainageLabel, riverPosition } from '../zones/rivers/riverPosition.ts';
import { linesOf } from '../zones/rivers/riverStrip.ts';
import type { Report } from './report.ts';

/** A check as the rules state it, or as somebody asks for it. */
export interface NamedCheck extends Words {
  readonly id: string;
  readonly check: Check;
  readonly standard: string | null;
}

/** The checks among the rules. */
export function checksOf(rules: RuleSet): NamedCheck[] {
  return rules.rules.flatMap((rule: Rule) =>
    rule.check
      ? [
          {
            id: rule.id,
            zh: rule.zh,
            en: rule.en,
            standard: rule.standard,
            check: { ...rule.check, distance: parameterOf(rule, 'distance_m') },
          },
        ]
      : [],
  );
}

const COLUMNS: readonly Words[] = [
  { zh: '检查', en: 'Check' },
  { zh: '对象', en: 'Subject' },
  { zh: '名称', en: 'Name' },
  { zh: '类别', en: 'Kind' },
  { zh: '距离（米）', en: 'Distance (m)' },
  { zh: '在范围内', en: 'Inside' },
  { zh: '自', en: 'From' },
  { zh: '名称', en: 'Name' },
  { zh: '桩号', en: 'Chainage' },
  { zh: '岸别', en: 'Bank' },
  { zh: '量自', en: 'Measured from' },
  { zh: '经度', en: 'Longitude' },
  { zh: '纬度', en: 'Latitude' },
];

export async function proximityReport(
  store: FeatureStore,
  rules: RuleSet,
  checks: readonly NamedCheck[],
  revision: number,
  kernel: GeometryKernel,
  breathe: () => Promise<void>,
): Promise<Report> {
  const county = (await TownshipIndex.read(store)).list.map(({ area }) => area);
  const derivation = new Derivation(store, rules, kernel);
  const answers = [];
  const notAssessed: Words[] = [];
  for (const { check, ...named } of checks) {
    const result = await proximity(store, derivation, check, county, kernel, breathe);
    answers.push({
      ...named,
      ...withDistance(check),
      rows: result.near.map((near) => rowOf(check, near)),
      notAssessed: result.notAssessed,
    });
    notAssessed.push(...result.notAssessed.filter((gap) => !notAssessed.some(({ zh }) => zh === gap.zh)));
  }
  return {
    body: { revision, checks: answers },
    columns: COLUMNS,
    rows: answers.flatMap(({ zh, rows }) =>
      rows.map((row) => [
        zh,
        row.subject,
        row.name,
        row.kind,
        Math.round(row.distance_m * 100) / 100,
        row.inside,
        row.from,
        row.from_name,
        row.chainage,
        row.bank,
        row.measured_from,
        row.lon,
        row.lat,
      ]),
    ),
    notAssessed,
  };
}

function withDistance({ subject, kinds, from, measure, within_county, distance }: Check) {
  return { subject, kinds, from, measure, within_county, distance_m: distance };
}

function rowOf(check: Check, { subject, from, distance, inside, measuredFrom }: Near) {
  const place = placeOfFeature(subject);
  const position = place && check.from === 'river-sections' ? riverPosition(linesOf(from.geometry), from.properties, place) : null;
  return {
    subject: `${check.subject}:${subject.id}`,
    // a household has no name here: its list is for those who may see who lives there
    name: layerOf(check.subject).name === 'households' ? null : textOf(subject.properties, 'name'),
    kind: textOf(subject.properties, 'kind'),
    distance_m: distance,
    inside,
    from: `${check.from}:${from.id}`,
    from_name: textOf(from.properties, 'name') ?? textOf(from.properties, 'river'),
    chainage: position ? chainageLabel(position.chainage) : null,
    bank: position ? position.bank : null,
    measured_from: measuredFrom,
    lon: place?.[0] ?? null,
    lat: place?.[1] ?? null,
  };
}
