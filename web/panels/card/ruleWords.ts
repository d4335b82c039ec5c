// What a rule did, in words, from the measures that the derived area carries.
import { numberOf, textOf, type Properties } from '../../../server/domain/feature.ts';
import { metres } from '../../i18n/format.ts';
import type { Dictionary } from '../../i18n/t.ts';

/** Default rules whose values no national text gives (data/rules): said wherever they are used. */
const PROVISIONAL = new Set(['flood-register', 'geological-without-dimensions', 'geological-with-dimensions']);

export const isProvisional = (area: Properties): boolean => PROVISIONAL.has(textOf(area, 'rule') ?? '');

export function ruleWords(area: Properties, w: Dictionary): string {
  const radius = numberOf(area, 'radius_m');
  if (radius !== null) return w.rules.radius(metres(radius));
  const left = numberOf(area, 'left_m');
  const right = numberOf(area, 'right_m');
  if (left !== null || right !== null) return w.rules.widths(metres(left ?? 0), metres(right ?? 0));
  const margin = numberOf(area, 'margin_m');
  return margin !== null && margin > 0 ? w.rules.margin(metres(margin)) : w.rules.boundary;
}
