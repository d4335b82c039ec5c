// From a row of the book to the map. On a phone the book covers the map, so it steps aside; what is in hand is kept.
import { fetchItem, fetchItems } from '../../api/features.ts';
import { flyToBounds, flyToPoint } from '../../map/camera.ts';
import { boundsOf } from '../../map/geometry.ts';
import { pickAlone, type Candidate } from '../../state/selection.ts';
import { showMapTab } from '../../state/tabs.ts';
import { closeBook } from '../../state/view.ts';

const NARROW = '(max-width: 767px)';

function uncover(): void {
  showMapTab();
  if (matchMedia(NARROW).matches) closeBook();
}

/** Picks a zone and flies to its area, or to its source where it has none yet. */
export async function showZone(candidate: Candidate): Promise<void> {
  uncover();
  pickAlone(candidate);
  const [area] = await fetchItems('threatened-areas', { zone: candidate.zone ?? '' }, 1).catch(() => []);
  const feature = area?.geometry ? area : await fetchItem(candidate.layer, candidate.id).catch(() => null);
  if (feature?.geometry) flyToBounds(boundsOf(feature.geometry));
}

/** Picks a thing and flies to where it stands. */
export async function showFeature(candidate: Candidate, at: { lon: number | null; lat: number | null } | null = null): Promise<void> {
  uncover();
  pickAlone(candidate);
  if (at && at.lon !== null && at.lat !== null) {
    flyToPoint(at.lon, at.lat);
    return;
  }
  const feature = await fetchItem(candidate.layer, candidate.id).catch(() => null);
  if (feature?.geometry) flyToBounds(boundsOf(feature.geometry));
}
