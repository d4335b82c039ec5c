// The answer for one place: which danger areas it lies in, what else is there, and the nearest shelter.
import { count, roughDistance } from '../../i18n/format.ts';
import { words } from '../../i18n/t.ts';
import { compassEighth, roughMetres } from '../../map/geometry.ts';
import { here } from '../../state/here.ts';
import { places, type NamedPlace } from '../../state/places.ts';
import { selection, unpick, type Candidate, type Place } from '../../state/selection.ts';
import { CandidateList, FeatureBody } from '../card/Card.tsx';
import { kindWords, nameOf } from '../card/labels.ts';
import { Icon } from '../shell/Icon.tsx';
import { ShelterIcon } from '../shell/Swatch.tsx';

/** Areas that threaten who is inside them; a priority area is only marked for more watching. */
export const threatens = ({ layer, codes }: Candidate): boolean =>
  layer === 'danger-zones' || (layer === 'hazard-areas' && codes['kind'] !== 'priority_area');

/** The nearest shelter that takes people. */
export function nearestShelter(all: readonly NamedPlace[], { lon, lat }: Place): { shelter: NamedPlace; metres: number } | null {
  let best: { shelter: NamedPlace; metres: number } | null = null;
  for (const shelter of all) {
    if (shelter.layer !== 'shelters' || shelter.insideHazard) continue;
    const metres = roughMetres([lon, lat], shelter.at);
    if (!best || metres < best.metres) best = { shelter, metres };
  }
  return best;
}

function Shelter({ place }: { place: Place }) {
  const w = words();
  const found = nearestShelter(places.value, place);
  if (!found) return null;
  const direction = w.directions[compassEighth([place.lon, place.lat], found.shelter.at)] ?? '';
  return (
    <div class="shelter-box">
      <ShelterIcon size={36} />
      <div>
        <p class="strong">{w.nearestShelter(found.shelter.name)}</p>
        <p class="muted">
          {w.shelterAway(roughDistance(found.metres, w), direction, found.shelter.capacity === null ? null : count(found.shelter.capacity))}
        </p>
      </div>
    </div>
  );
}

export function Here() {
  const w = words();
  const asked = here.value;
  const { candidates, picked } = selection.value;
  if (!asked) return null;
  const danger = candidates.filter(threatens);
  const [first] = danger;
  const title = danger.length > 1 ? w.hereMany(danger.length) : first ? w.hereOne(nameOf(first)) : w.hereNothing;
  return (
    <div class="answer" data-testid="answer" role="status">
      {asked.township && <p class="muted">{asked.township}</p>}
      <h1 class={first ? 'danger' : ''}>{title}</h1>
      <p>{first ? w.hereInsideNote : w.hereNothingNote}</p>
      {picked ? (
        <div class="picked">
          <h2>
            {candidates.length > 1 && (
              <button type="button" class="quiet" aria-label={w.back} onClick={unpick}>
                <Icon name="back" size={18} />
              </button>
            )}
            {nameOf(picked)} <span class="muted">{kindWords(picked)}</span>
          </h2>
          <FeatureBody candidate={picked} />
        </div>
      ) : (
        candidates.length > 0 && (
          <>
            <h2>{w.hereFacts}</h2>
            <CandidateList candidates={candidates} />
          </>
        )
      )}
      <Shelter place={asked.place} />
    </div>
  );
}
