// What only staff read on a card: the way to its form, why somebody is under threat, a zone's figure, its life, its rule, a river's chainage.
import { layerOf } from '../../../server/domain/layer.ts';
import { atLeast } from '../../../server/domain/role.ts';
import { words } from '../../i18n/t.ts';
import type { Candidate } from '../../state/selection.ts';
import { kindOf } from '../../draft/shape.ts';
import { role } from '../../state/service.ts';
import { openDraft } from '../../state/staff/drawView.ts';
import { openRecord } from '../../state/staff/recordsView.ts';
import { lifecycle } from '../lifecycleModule.ts';
import { item } from './cardState.ts';
import { ChainageButton } from './Chainage.tsx';
import { ReferencePart } from './ReferencePart.tsx';
import { WhyPart } from './WhyPart.tsx';
import { ZonePart } from './ZonePart.tsx';

export function StaffPart({ candidate }: { candidate: Candidate }) {
  const { layer, zone } = candidate;
  const { data } = item.state.value;
  const parts = lifecycle.value;
  return (
    <>
      {atLeast(role.value, 'planner') && layerOf(layer).derived !== true && (
        <p class="edit-record">
          <button type="button" class="button small" data-testid="edit-record" onClick={() => openRecord(layer, candidate.id)}>
            {words().editRecord}
          </button>
          {layer === 'hazard-points' && (
            <button
              type="button"
              class="button small"
              data-testid="draw-for-point"
              onClick={() =>
                openDraft({ layer: 'danger-zones', properties: { hazard_id: candidate.id, name: candidate.name ?? candidate.id } })
              }
            >
              {words().drawForPoint}
            </button>
          )}
          {kindOf(layer) !== null && (
            <button type="button" class="button small" data-testid="edit-outline" onClick={() => openDraft({ layer, id: candidate.id })}>
              {words().editOutline}
            </button>
          )}
        </p>
      )}
      {(layer === 'households' || layer === 'schools') && <WhyPart />}
      {layer === 'reference-areas' && data && <ReferencePart properties={data.properties} />}
      {zone && (
        <ZonePart candidate={candidate}>
          {parts && data && atLeast(role.value, 'planner') && <parts.LifecyclePart key={zone} candidate={candidate} feature={data} />}
        </ZonePart>
      )}
      {layer === 'river-sections' && <ChainageButton />}
    </>
  );
}
