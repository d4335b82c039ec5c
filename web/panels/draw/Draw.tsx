// Draw: tools at the left, the map with what the hand needs, the draft at the right, its history below. A chunk of its own.
import { Fragment } from 'preact';
import '../../styles/draw.css';
import '../../styles/draw-panel.css';
import '../../styles/draw-narrow.css';
import { draft } from '../../draw/draft.ts';
import { tool } from '../../draw/tools.ts';
import { Card } from '../card/Card.tsx';
import { Chip } from './Chip.tsx';
import { ContextMenu } from './ContextMenu.tsx';
import { HelpSheet } from './HelpSheet.tsx';
import { HistoryBar } from './HistoryBar.tsx';
import { Hint } from './Hint.tsx';
import { Inspector } from './Inspector.tsx';
import { Key } from './Key.tsx';
import { LayersSheet } from './LayersSheet.tsx';
import { PhoneSheet } from './PhoneSheet.tsx';
import { Rail } from './Rail.tsx';
import { Readout } from './Readout.tsx';
import { VertexBar } from './VertexBar.tsx';

export { followDrawing } from '../../draw/session.ts';
export { Rail };

/** Is there a draft that somebody would miss? */
export const holdsDraft = (): boolean => draft.peek() !== null;

/** Over the map. With nothing in the hand, what is clicked shows its card as ever. */
export function OverMap() {
  const own = draft.value !== null;
  return (
    <>
      {!own && tool.value !== 'measure' && <Card />}
      <div class="draw-top">
        <Hint />
        <VertexBar />
      </div>
      {own && <Key />}
      <Readout />
      <Chip />
      <ContextMenu />
      <LayersSheet />
      <HelpSheet />
    </>
  );
}

export function AroundMap() {
  return (
    <Fragment>
      <Inspector />
      <HistoryBar />
      {draft.value && <PhoneSheet />}
    </Fragment>
  );
}
