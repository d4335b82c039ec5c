// The line between map and table: dragged, or moved with the arrow keys.
import { tableHeight } from '../../state/tabs.ts';
import { words } from '../../i18n/t.ts';

const LEAST = 120;
const STEP = 24;

const most = (): number => Math.max(LEAST, innerHeight - 320);

function setHeight(pixels: number): void {
  tableHeight.value = Math.round(Math.min(most(), Math.max(LEAST, pixels)));
}

function onKey(event: KeyboardEvent): void {
  if (event.key === 'ArrowUp') setHeight(tableHeight.peek() + STEP);
  else if (event.key === 'ArrowDown') setHeight(tableHeight.peek() - STEP);
  else if (event.key === 'Home') setHeight(most());
  else if (event.key === 'End') setHeight(LEAST);
  else return;
  event.preventDefault();
}

export function Splitter() {
  return (
    <div
      class="splitter"
      role="separator"
      tabindex={0}
      aria-orientation="horizontal"
      aria-label={words().tableHeight}
      aria-valuenow={tableHeight.value}
      aria-valuemin={LEAST}
      aria-valuemax={most()}
      onKeyDown={onKey}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) setHeight(innerHeight - event.clientY);
      }}
    />
  );
}
