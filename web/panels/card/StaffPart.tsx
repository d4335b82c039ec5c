// What only staff read on a card: why somebody is under threat, a zone's figure, its life, its rule, a river's chainage.
import { atLeast } from '../../../server/domain/role.ts';
import type { Candidate } from '../../state/selection.ts';
import { role } from '../../state/service.ts';
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
