// What becomes of a chosen result: the map goes there, and the card opens.
import { textOf } from '../../../server/domain/feature.ts';
import { ZONE_SOURCE_LAYERS, type LayerName } from '../../../server/domain/layer.ts';
import { atLeast } from '../../../server/domain/role.ts';
import { fetchItem } from '../../api/features.ts';
import { flyToBounds, flyToPoint } from '../../map/camera.ts';
import { boundsOf } from '../../map/geometry.ts';
import { goToPlace } from '../../map/goTo.ts';
import { importOpen } from '../../state/importView.ts';
import { places } from '../../state/places.ts';
import type { Result } from '../../state/searching.ts';
import { pickAlone, selection, type Candidate } from '../../state/selection.ts';
import { isStaff, role } from '../../state/service.ts';
import { closeRecords, openRecord, recordsOpen } from '../../state/staff/recordsView.ts';
import { showMapTab } from '../../state/tabs.ts';
import { closeBook } from '../../state/view.ts';

const NARROW = '(max-width: 767px)';
const CODES = ['status', 'hazard_type', 'kind', 'register', 'class', 'state', 'extent'] as const;

const zoneOf = (layer: LayerName, id: string): string | null =>
  (ZONE_SOURCE_LAYERS as readonly string[]).includes(layer) ? `${layer}:${id}` : null;

/** On a phone whatever covers the map steps aside. */
export function uncoverMap(): void {
  showMapTab();
  if (!matchMedia(NARROW).matches) return;
  closeBook();
  importOpen.value = false;
  if (recordsOpen.peek()) closeRecords();
}

/** What kind of thing it is and how far it reaches is only known of the feature itself. */
async function fillIn(candidate: Candidate, fly: boolean): Promise<void> {
  const found = await fetchItem(candidate.layer, candidate.id).catch(() => null);
  const { picked } = selection.peek();
  if (!found || picked?.layer !== candidate.layer || picked.id !== candidate.id) return;
  const codes = CODES.flatMap((name) => {
    const value = textOf(found.properties, name);
    return value === null ? [] : [[name, value] as const];
  });
  pickAlone({ ...candidate, codes: Object.fromEntries(codes) });
  if (fly && found.geometry && found.geometry.type !== 'Point') flyToBounds(boundsOf(found.geometry));
}

function pickAndFly(result: Result): void {
  const { layer, id, name, at, bounds } = result;
  const candidate: Candidate = { layer, id, zone: zoneOf(layer, id), name: layer === 'households' ? null : name, codes: {} };
  pickAlone(candidate);
  // once the card is drawn the map knows how much room it leaves
  requestAnimationFrame(() => {
    if (bounds) flyToBounds(bounds);
    else if (at) flyToPoint(at[0] ?? 0, at[1] ?? 0);
  });
  if (layer !== 'households') void fillIn(candidate, !bounds);
}

/** Goes to a result. A household without a position has no place on the map: its form is opened by whoever may give it one. */
export function goToResult(result: Result): void {
  const { layer, id, at } = result;
  if (at === null && atLeast(role.peek(), 'planner')) {
    openRecord(layer, id);
    return;
  }
  uncoverMap();
  const place = places.peek().find((one) => one.layer === layer && one.id === id);
  if (place && (!isStaff.peek() || layer === 'townships')) goToPlace(place);
  else pickAndFly(result);
}
