// All that only staff see, in a chunk of its own: the public page does not download it.
import { Fragment } from 'preact';
import { isEmpty } from '../../state/service.ts';
import { Card } from '../card/Card.tsx';
import { Empty } from '../shell/Empty.tsx';
import { LeftPanel } from './LeftPanel.tsx';
import { followLegendCounts } from './legendCounts.ts';
import { PhoneTabs } from './PhoneTabs.tsx';
import { Splitter } from './Splitter.tsx';
import { TableArea } from './TableArea.tsx';
import { Totals } from './Totals.tsx';

export { followLegendCounts, LeftPanel };

export function OverMap() {
  return isEmpty.value ? (
    <div class="card floating">
      <Empty />
    </div>
  ) : (
    <Card />
  );
}

export function AroundMap() {
  return (
    <Fragment>
      <Totals />
      <Splitter />
      <TableArea />
      <PhoneTabs />
    </Fragment>
  );
}
