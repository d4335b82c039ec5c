// Areas that are shown beside the threatened ones and count nobody: a river's management range, a goaf's influence line,
// the danger lines of a mine's seams as one.
import type { Geometry, JsonValue } from '../domain/feature.ts';
import type { LayerName } from '../domain/layer.ts';

export type ReferenceKind = 'management_range' | 'influence_line' | 'mine_danger_area';

export interface ReferenceArea {
  /** `layer:id` of its source; of a mine `mine:name`. */
  readonly id: string;
  readonly kind: ReferenceKind;
  readonly layer: LayerName;
  readonly sourceId: string;
  readonly name: string | null;
  readonly rule: string;
  readonly formula: string;
  readonly inputs: Readonly<Record<string, JsonValue>>;
  readonly geometry: Geometry;
}
