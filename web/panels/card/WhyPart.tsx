// Why a household or a school is under threat: zone by zone, how far from the edge, how sure.
import type { WhyReason } from '../../api/exposure.ts';
import { edgeMetres } from '../../i18n/format.ts';
import { problemWords } from '../../i18n/problem.ts';
import { words } from '../../i18n/t.ts';
import { CertaintyMark } from '../shell/CertaintyMark.tsx';
import { accuracyOf } from './accuracy.ts';
import { why } from './cardState.ts';
import { zoneWords } from './labels.ts';

function Reason({ reason }: { reason: WhyReason }) {
  const w = words();
  const inside = (reason.distance ?? 0) >= 0;
  const verdict = reason.certainty === 'certain' ? w.certainInside : inside ? w.possibleInside : w.possibleOutside;
  const accuracy = accuracyOf(reason);
  const margin = accuracy === null ? w.accuracyNone : w.accuracyOf(edgeMetres(accuracy));
  return (
    <li>
      <CertaintyMark certainty={reason.certainty} />
      <div>
        <p>
          <b>{verdict}</b> {zoneWords(reason.zone, reason.name)}
        </p>
        {reason.distance !== null && (
          <p class="muted">
            {inside ? w.distanceInside(edgeMetres(reason.distance), margin) : w.distanceOutside(edgeMetres(reason.distance), margin)}
          </p>
        )}
      </div>
    </li>
  );
}

export function WhyPart() {
  const w = words();
  const { data, error, loading } = why.state.value;
  if (error) return <p class="problem">{problemWords(error)}</p>;
  if (!data) return loading ? <p class="muted late">{w.loading}</p> : null;
  if (data.reasons.length === 0) return <p class="muted">{w.notExposed}</p>;
  return (
    <section data-testid="why">
      <h3>{w.why}</h3>
      <ul class="reasons">
        {data.reasons.map((reason) => (
          <Reason key={reason.zone} reason={reason} />
        ))}
      </ul>
    </section>
  );
}
