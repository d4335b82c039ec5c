// All that only staff see, in a chunk of its own: the public page does not download it.
import { Fragment } from 'preact';
import '../../styles/staff.css';
import { followChainage, showsChainage } from '../../state/staff/chainage.ts';
import { isEmpty } from '../../state/service.ts';
import { Card } from '../card/Card.tsx';
import { ChainageCard, PickingHint } from '../card/Chainage.tsx';
import { StaffPart } from '../card/StaffPart.tsx';
import { followLifecycleModule } from '../lifecycleModule.ts';
import { followPlaceModule, place, unlocatedShown } from '../placeModule.ts';
import { Empty } from '../shell/Empty.tsx';
import { LeftPanel } from './LeftPanel.tsx';
import { followLegendCounts } from './legendCounts.ts';
import { PhoneTabs } from './PhoneTabs.tsx';
import { Splitter } from './Splitter.tsx';
import { TableArea } from './TableArea.tsx';
import { Totals } from './Totals.tsx';

export { LeftPanel, StaffPart };

/** Everything of the staff's part that follows state rather than being drawn. */
export function followStaff(): void {
  followLegendCounts();
  followLifecycleModule();
  followChainage();
  followPlaceModule();
}

export function OverMap() {
  if (isEmpty.value) {
    return (
      <div class="card floating">
        <Empty />
      </div>
    );
  }
  const hand = place.value;
  if (hand?.placing.value) return <hand.PlaceCard />;
  return (
    <>
      {showsChainage() ? <ChainageCard /> : <Card />}
      <PickingHint />
    </>
  );
}

export function AroundMap() {
  const hand = unlocatedShown.value ? place.value : null;
  return (
    <Fragment>
      <Totals />
      {hand && <hand.Unlocated />}
      <Splitter />
      <TableArea />
      <PhoneTabs />
    </Fragment>
  );
}
