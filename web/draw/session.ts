// Everything that follows the drawing while it is open: the hand on the map, the canvas over it, the counting, who else draws.
import { effect } from '@preact/signals';
import { atLeast } from '../../server/domain/role.ts';
import { theMap } from '../map/camera.ts';
import { clicksTaken } from '../map/goTo.ts';
import { clearSelection } from '../state/selection.ts';
import { role } from '../state/service.ts';
import { drawOpen, drawTarget } from '../state/staff/drawView.ts';
import { countDrafts } from './counting.ts';
import { countTheirs } from './theirCount.ts';
import { followVersions } from './versions.ts';
import { people } from './people.ts';
import { listenForShortcuts } from '../operations/shortcuts.ts';
import { draft, draftKey, keepDrafts, leaveOpen, openTarget, putAside, renewWaiting, shape, takeUpLeft } from './draft.ts';
import { followEditing } from './editing.ts';
import { followKeys } from './keyboard.ts';
import { menuAt } from './menu.ts';
import { followNeighbours } from './neighbours.ts';
import { followOverlay } from './overlay.ts';
import { followPointer } from './pointer.ts';
import { sheetOpen } from './sheet.ts';
import { refused } from './refused.ts';
import { followTakenOut } from './whole.ts';
import { aimBy, busy, carried, dropSketch, followDraft, placing, sketch, tool } from './tools.ts';
import { compared } from './comparing.ts';
import { conflict, saveError } from './saving.ts';

export const mayDraw = (): boolean => atLeast(role.peek(), 'planner');

/** Starts with the drawing and ends with it; called once. */
export function followDrawing(): void {
  effect(() => {
    const open = drawOpen.value && atLeast(role.value, 'planner');
    const map = theMap.value;
    if (!open || !map) return;
    void renewWaiting();
    if (!drawTarget.peek()) void takeUpLeft();
    const stops = [
      keepDrafts(),
      followDraft(),
      followPointer(map),
      followNeighbours(map),
      followOverlay(map),
      countDrafts(),
      countTheirs(),
      followVersions(),
      listenForShortcuts(),
      followEditing(),
      // with a draft in the hand a click is for it; without, it asks what is there, as ever
      effect(() => {
        const own = draftKey.value !== null || tool.value === 'measure';
        clicksTaken.value = own;
        if (!own) return;
        clearSelection();
        const stopKeys = followKeys(map);
        map.doubleClickZoom.disable();
        return () => {
          stopKeys();
          map.doubleClickZoom.enable();
        };
      }),
      effect(() => {
        const cross = aimBy.value === 'cross';
        document.body.classList.toggle('aiming', cross && (placing.value || busy.value));
        document.body.classList.toggle('pointing', !cross);
      }),
      followTakenOut(),
      effect(() => {
        void [sketch.value, tool.value, shape.value, carried.value];
        refused.value = null;
      }),
      effect(() => {
        const target = drawTarget.value;
        if (!target) return;
        drawTarget.value = null;
        void openTarget(target);
      }),
      effect(() => {
        void draftKey.value;
        conflict.value = null;
        compared.value = null;
        saveError.value = null;
        people.value = null;
        menuAt.value = null;
        // a zone that is saved for the first time is the same draft under another name
        if (!draft.peek()) sheetOpen.value = false;
      }),
    ];
    return () => {
      for (const stop of stops) stop();
      clicksTaken.value = false;
      leaveOpen();
      putAside();
      dropSketch();
      document.body.classList.remove('aiming', 'pointing');
    };
  });
}
