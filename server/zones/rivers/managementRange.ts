// The management range of a river section (河道管理范围): widths of its own beside the line, apart from the threatened strip.
// It counts nobody. A width that is not stated is unknown, never zero.
import { numberOf, textOf, zoneName } from '../../domain/feature.ts';
import type { CountingShape } from '../../geo/shape.ts';
import type { StoredFeature } from '../../store/store.ts';
import type { GeometryKernel } from '../kernel/geos.ts';
import { outlineOf } from '../kernel/outline.ts';
import type { ReferenceArea } from '../referenceArea.ts';
import { joinsOf, linesOf } from './riverStrip.ts';

export interface ManagementRange {
  readonly shape: Extract<CountingShape, { kind: 'strip' }>;
  /** Banks whose width is stated. A section of one bank has no range on the other. */
  readonly known: { readonly left: boolean; readonly right: boolean };
}

/** The range as far as it is stated; null where no bank's width is. @param neighbours the other sections of the same river */
export function managementRange(section: StoredFeature, neighbours: readonly StoredFeature[]): ManagementRange | null {
  const lines = linesOf(section.geometry);
  const bank = textOf(section.properties, 'bank') ?? 'both';
  const left = bank === 'right' ? 0 : numberOf(section.properties, 'management_left_m');
  const right = bank === 'left' ? 0 : numberOf(section.properties, 'management_right_m');
  if (lines.length === 0 || (left ?? 0) + (right ?? 0) === 0) return null;
  return {
    shape: { kind: 'strip', lines, left: left ?? 0, right: right ?? 0, joins: joinsOf(lines, neighbours) },
    known: { left: left !== null, right: right !== null },
  };
}

export function managementArea(section: StoredFeature, neighbours: readonly StoredFeature[], kernel: GeometryKernel): ReferenceArea | null {
  const range = managementRange(section, neighbours);
  if (!range) return null;
  const { shape, known } = range;
  const name = textOf(section.properties, 'name') ?? textOf(section.properties, 'river');
  return {
    id: zoneName('river-sections', section.id),
    kind: 'management_range',
    layer: 'river-sections',
    sourceId: section.id,
    name,
    rule: 'river-management',
    formula: `left ${known.left ? shape.left : '?'} m, right ${known.right ? shape.right : '?'} m, facing downstream`,
    inputs: { management_left_m: known.left ? shape.left : null, management_right_m: known.right ? shape.right : null },
    geometry: outlineOf(shape, kernel),
  };
}
