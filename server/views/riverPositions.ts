// Which river sections a position lies beside: chainage, bank, and whether it lies in the management range or the strip.
import { textOf, type Position } from '../domain/feature.ts';
import type { Bounds } from '../domain/service.ts';
import { boundsOfPositions, widen } from '../geo/bounds.ts';
import { prepareShape } from '../geo/shape.ts';
import type { FeatureStore, StoredFeature } from '../store/store.ts';
import { chainageLabel, riverPosition } from '../zones/rivers/riverPosition.ts';
import { linesOf } from '../zones/rivers/riverStrip.ts';

/** Metres: sections farther off are not this position's. */
const REACH = 2000;

/** Nearest section first. */
export async function riverPositions(store: FeatureStore, p: Position) {
  const box: Bounds = widen(boundsOfPositions([p]), REACH);
  const found = [];
  for await (const section of store.select('river-sections', { boxes: [box] })) {
    const position = riverPosition(linesOf(section.geometry), section.properties, p);
    if (!position || position.distance > REACH) continue;
    const zone = `river-sections:${section.id}`;
    found.push({
      section: zone,
      river: textOf(section.properties, 'river'),
      name: textOf(section.properties, 'name'),
      label: chainageLabel(position.chainage),
      chainage_m: position.chainage,
      chainage_assumed: position.chainageAssumed,
      along_m: position.along,
      bank: position.bank,
      distance_m: position.distance,
      beyond_end: position.beyondEnd,
      foot: position.foot,
      inside_management: liesIn(await store.get('reference-areas', zone), `management_${position.bank}_m`, p),
      inside_strip: liesIn(await store.get('threatened-areas', zone), `width_${position.bank}_m`, p),
    });
  }
  return found.toSorted((a, b) => a.distance_m - b.distance_m);
}

/** Unknown where no width is stated, for the section or for this bank: never taken as outside. */
function liesIn(area: StoredFeature | null, width: string, p: Position): boolean | null {
  if (!area?.geometry) return null;
  if (prepareShape({ kind: 'area', geometry: area.geometry }, area.geometry).place(p) !== 'outside') return true;
  const inputs = area.properties['inputs'] as Readonly<Record<string, unknown>> | null;
  return inputs?.[width] === null ? null : false;
}
