// The card over the map: what was clicked. Several things under one click are listed and one is chosen.
import { layerOf } from '../../../server/domain/layer.ts';
import { numberOf, textOf, type Properties } from '../../../server/domain/feature.ts';
import { count } from '../../i18n/format.ts';
import { problemWords } from '../../i18n/problem.ts';
import { say, words, type Dictionary } from '../../i18n/t.ts';
import { flyToBounds, flyToPoint, theMap } from '../../map/camera.ts';
import { boundsOf } from '../../map/geometry.ts';
import { clearSelection, pick, selection, unpick, type Candidate } from '../../state/selection.ts';
import { here } from '../../state/here.ts';
import { isStaff } from '../../state/service.ts';
import { count as staffParts } from '../countModule.ts';
import { households } from '../../state/table.ts';
import { Icon } from '../shell/Icon.tsx';
import { item, zoneRule } from './cardState.ts';
import { CandidateIcon } from './CandidateIcon.tsx';
import { Facts } from './Facts.tsx';
import { kindWords, nameOf } from './labels.ts';

function Head({ title, note, back }: { title: string; note?: string | undefined; back?: boolean }) {
  const w = words();
  return (
    <header>
      {back && (
        <button type="button" class="quiet" aria-label={w.back} onClick={unpick}>
          <Icon name="back" size={18} />
        </button>
      )}
      <div>
        <h2>{title}</h2>
        {note && <p class="muted">{note}</p>}
      </div>
      <button type="button" class="quiet" aria-label={w.close} onClick={clearSelection}>
        <Icon name="close" size={18} />
      </button>
    </header>
  );
}

export function CandidateList({ candidates }: { candidates: readonly Candidate[] }) {
  return (
    <ul class="candidates">
      {candidates.map((candidate) => (
        <li key={`${candidate.layer}:${candidate.id}`}>
          <button type="button" onClick={() => pick(candidate)}>
            <CandidateIcon candidate={candidate} />
            <span>
              {nameOf(candidate)}
              <span class="muted"> {kindWords(candidate)}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Vulnerable people as the service counts them stand in the list's row; the bare feature may only hold the groups. */
function householdWords(id: string, properties: Properties, w: Dictionary): string {
  const listed = households.value.rows.find((row) => row.id === id)?.vulnerable;
  const vulnerable = listed ?? numberOf(properties, 'vulnerable');
  return w.exposedHousehold(count(numberOf(properties, 'people')), vulnerable === null ? null : count(vulnerable));
}

/** What the rule on the card was given of the feature. A danger zone's own fields are no such inputs. */
function inputNames(layer: Candidate['layer']): readonly string[] {
  const inputs = zoneRule.state.value.data?.['inputs'];
  return layer === 'danger-zones' || typeof inputs !== 'object' || inputs === null ? [] : Object.keys(inputs);
}

/** Everything known of one feature. Used in the card over the map and in the public's answer. */
export function FeatureBody({ candidate }: { candidate: Candidate }) {
  const w = words();
  const { data, error, loading } = item.state.value;
  const staff = isStaff.value ? staffParts.value : null;
  const person = candidate.layer === 'households';
  const flyTo = data?.geometry && (
    <button type="button" class="button small" onClick={() => data.geometry && flyToBounds(boundsOf(data.geometry))}>
      <Icon name="target" size={16} /> {w.flyTo}
    </button>
  );
  // The staff's card is long: what is pressed first stands first.
  return (
    <div class="feature">
      {staff && flyTo}
      {person && data && <p>{householdWords(candidate.id, data.properties, w)}</p>}
      {staff && <staff.StaffPart candidate={candidate} />}
      {data?.properties['inside_hazard'] === true && <p class="problem">{w.shelterInHazard}</p>}
      {error && <p class="problem">{problemWords(error)}</p>}
      {loading && !data && <p class="muted late">{w.loading}</p>}
      {data && !person && candidate.layer !== 'reference-areas' && (
        <Facts layer={candidate.layer} properties={data.properties} told={staff ? inputNames(candidate.layer) : []} />
      )}
      {!staff && flyTo}
    </div>
  );
}

export function Card() {
  const { candidates, picked, clustered, place } = selection.value;
  const w = words();
  if (!picked && !place) return null;
  const nothing = candidates.length === 0 && clustered === 0;
  const title = picked
    ? picked.layer === 'households'
      ? item.state.value.data
        ? (textOf(item.state.value.data.properties, 'address') ?? picked.id)
        : picked.id
      : nameOf(picked)
    : '';
  return (
    <aside class="card floating" data-testid="card" aria-label={picked ? title : w.hereFacts}>
      {picked ? (
        <>
          <Head
            title={title}
            note={picked.layer === 'households' ? `${say(layerOf('households'))} ${picked.id}` : kindWords(picked)}
            back={candidates.length > 1 || clustered > 0}
          />
          <FeatureBody candidate={picked} />
        </>
      ) : (
        <>
          <Head
            title={nothing ? w.nothingHere : candidates.length > 0 ? w.candidatesTitle(candidates.length) : w.hereFacts}
            note={here.value?.township ?? undefined}
          />
          <CandidateList candidates={candidates} />
          {clustered > 0 && (
            <p class="cluster">
              {w.clusterNote(count(clustered))}
              {place && (
                <button
                  type="button"
                  class="button small"
                  onClick={() => flyToPoint(place.lon, place.lat, Math.max(15.5, (theMap.peek()?.getZoom() ?? 0) + 1))}
                >
                  <Icon name="plus" size={16} /> {w.zoomToHere}
                </button>
              )}
            </p>
          )}
        </>
      )}
    </aside>
  );
}
