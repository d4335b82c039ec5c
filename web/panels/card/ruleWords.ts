// How far an area reaches, in words, from the measures that the derived area carries.
import { numberOf, type Properties } from '../../../server/domain/feature.ts';
import { metres } from '../../i18n/format.ts';
import type { Dictionary } from '../../i18n/t.ts';

/** Discs, strips and margins have one measure that says it all; a directed area has none. */
export const hasMeasure = (area: Properties): boolean =>
  ['radius_m', 'left_m', 'right_m', 'margin_m'].some((name) => numberOf(area, name) !== null);

export function ruleWords(area: Properties, w: Dictionary): string {
  const radius = numberOf(area, 'radius_m');
  if (radius !== null) return w.rules.radius(metres(radius));
  const left = numberOf(area, 'left_m');
  const right = numberOf(area, 'right_m');
  if (left !== null || right !== null) return w.rules.widths(metres(left ?? 0), metres(right ?? 0));
  const margin = numberOf(area, 'margin_m');
  return margin !== null && margin > 0 ? w.rules.margin(metres(margin)) : w.rules.boundary;
}
