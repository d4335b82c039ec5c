// 险情等级: people to be moved or property at risk, the worse of the two; "以上" is inclusive.
// 国家突发地质灾害应急预案; thresholds in domain reference 3.1.

import type { CountedZone, Exposure } from './exposure.ts';
import { figureOf, measuresOf } from './figures.ts';

export type DangerGrade = 'very_large' | 'large' | 'medium' | 'small';

const THRESHOLDS: readonly { grade: DangerGrade; people: number; yuan: number }[] = [
  { grade: 'very_large', people: 1000, yuan: 100_000_000 },
  { grade: 'large', people: 500, yuan: 50_000_000 },
  { grade: 'medium', people: 100, yuan: 5_000_000 },
];

/** The grade of one zone by its resident people and its property in yuan; null when neither is known. */
export function dangerGrade(people: number | null, property: number | null): DangerGrade | null {
  if (people === null && property === null) return null;
  const hit = THRESHOLDS.find((step) => (people ?? 0) >= step.people || (property ?? 0) >= step.yuan);
  return hit?.grade ?? 'small';
}

/** The grade of a zone is of all its resident people and property, whatever else is filtered. */
export function gradeOf(exposure: Exposure, { sums }: CountedZone): DangerGrade | null {
  const { people, property } = figureOf(sums, measuresOf(exposure.census, 'resident', 'night'));
  return dangerGrade(people, property);
}
