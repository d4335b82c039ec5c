// The planners' part of a card, fetched by itself: the life of a danger zone or a hazard point, step by step.
import { useEffect, useMemo } from 'preact/hooks';
import '../../styles/lifecycle.css';
import { textOf } from '../../../server/domain/feature.ts';
import { fetchHistory, type Revision } from '../../api/edit.ts';
import type { Item } from '../../api/features.ts';
import { lifeWords } from '../../i18n/lifecycle/words.ts';
import { createResource } from '../../state/resource.ts';
import type { Candidate } from '../../state/selection.ts';
import { codeWord } from '../card/labels.ts';
import { newMove } from './move.ts';
import { Notices } from './Notices.tsx';
import { Proposal } from './Proposal.tsx';
import { Stepper } from './Stepper.tsx';
import { POINT_LIFE, stateOf, ZONE_LIFE, type Life } from './steps.ts';

const LIVES: readonly Life[] = [ZONE_LIFE, POINT_LIFE];

interface Past {
  readonly life: Life;
  readonly id: string;
  readonly revisions: readonly Revision[];
}

const history = createResource<Past | null>(async (key, signal) => {
  const [layer, id = ''] = JSON.parse(key) as string[];
  const life = LIVES.find((one) => one.layer === layer);
  return life ? { life, id, revisions: await fetchHistory(life.layer, id, signal) } : null;
});

/** Where the outline of a zone comes from; one that only a rule proposed says so until it is confirmed. */
function Origin({ feature }: { feature: Item }) {
  const w = lifeWords();
  const basis = textOf(feature.properties, 'basis');
  const method = textOf(feature.properties, 'method');
  if (basis === null) return null;
  return (
    <p class="muted-2">
      {basis === 'default_rule' ? <span class="badge draft">{w.byDefaultRule}</span> : codeWord('danger-zones', 'basis', basis)}
      {method && ` ${method}`}
    </p>
  );
}

export function LifecyclePart({ candidate, feature }: { candidate: Candidate; feature: Item }) {
  const w = lifeWords();
  const move = useMemo(newMove, []);
  const revision = feature.properties['revision'];
  const { layer, id } = candidate;
  const life = LIVES.find((one) => one.layer === layer);
  useEffect(() => {
    if (life) history.load(JSON.stringify([layer, id, revision]));
  }, [layer, id, revision]);
  if (!life) return null;
  const state = stateOf(life, feature.properties);
  // Until it is here, what was read last may be of another feature.
  const { data: past } = history.state.value;
  const unconfirmed = layer === 'danger-zones' && state === 'draft' && textOf(feature.properties, 'basis') === 'default_rule';
  return (
    <section class="life" data-testid="life">
      <h3>{layer === 'danger-zones' ? w.zoneTitle : w.pointTitle}</h3>
      {unconfirmed && (
        <p class="problem" data-testid="confirm-first">
          {w.confirmFirst}
        </p>
      )}
      <Stepper
        life={life}
        feature={feature}
        history={past?.life === life && past.id === id ? past.revisions : []}
        move={move}
        {...(layer === 'danger-zones' ? { origin: <Origin feature={feature} /> } : {})}
      />
      {layer === 'danger-zones' && <Notices id={id} status={state} />}
      {layer === 'hazard-points' && <Proposal point={feature} />}
    </section>
  );
}
