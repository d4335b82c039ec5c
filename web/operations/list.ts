// All operations of the drawing, in the order of the toolbar. Nothing else knows a shortcut or a reason why not.
import { signal } from '@preact/signals';
import { textOf } from '../../server/domain/feature.ts';
import { canRedo, canUndo } from '../draft/history.ts';
import { boxOf } from '../draft/shape.ts';
import {
  cancelOne,
  finish,
  insertBefore,
  mergeParts,
  pickUp,
  place,
  removeSelected,
  removeSelectedRing,
  undoOne,
} from '../draw/actions.ts';
import { draft, redoStep, shape, startNew, state } from '../draw/draft.ts';
import { walk } from '../draw/keyboard.ts';
import { saveDraft, whyNot as whyNotSave } from '../draw/saving.ts';
import { aim, busy, carried, chooseTool, mayDrop, selected, sketch, snapping, tool, type Tool } from '../draw/tools.ts';
import { mergeWithNeighbour, neighbourUnderMenu, takeOutPart, takeProposal } from '../draw/whole.ts';
import { focusMap } from '../a11y/focusMap.ts';
import { drawWords } from '../i18n/draw/words.ts';
import { flyToBounds, theMap } from '../map/camera.ts';
import { unreached } from '../state/service.ts';
import type { IconName } from '../panels/shell/Icon.tsx';
import type { Operation } from './operation.ts';

/** Small forms that an operation opens in the panel. */
export const form = signal<'buffer' | 'simplify' | null>(null);
export const helpOpen = signal(false);
export const layersOpen = signal(false);

const ask = () => drawWords().ask;
const isArea = (): boolean => shape.value?.kind === 'area';
const hasShape = (): boolean => (shape.value?.parts.length ?? 0) > 0;
const needsArea = (): string | null =>
  !draft.value ? ask().draftFirst : !isArea() ? ask().areaOnly : !hasShape() ? ask().areaFirst : null;
const needsVertex = (): string | null =>
  !draft.value ? ask().draftFirst : carried.value ? ask().handFull : selected.value ? null : ask().vertexFirst;

function drawing(id: Tool, icon: IconName, key: string, whyNot: () => string | null): Operation {
  return {
    id,
    group: 'tools',
    icon,
    keys: [key],
    label: () => (id === 'polygon' && shape.value?.kind === 'line' ? drawWords().tools.line : drawWords().tools[id]),
    whyNot,
    run: () => {
      // with nothing in the hand, a drawing tool begins a danger zone: P and a few clicks are all it takes
      if (!mayDrop()) return;
      if (!draft.peek() && BEGINS.has(id)) startNew('danger-zones');
      chooseTool(id);
    },
    isOn: () => tool.value === id,
    on: ['rail'],
  };
}

const BEGINS: ReadonlySet<Tool> = new Set(['polygon', 'rectangle', 'circle', 'freehand']);
const needsDraft = (): string | null => (draft.value ? null : ask().draftFirst);
const needsAreaLayer = (): string | null => (!draft.value || isArea() ? null : ask().areaOnly);

export const OPERATIONS: readonly Operation[] = [
  drawing('select', 'select', 'V', () => null),
  drawing('polygon', 'polygon', 'P', () => null),
  drawing('rectangle', 'rectangle', 'R', needsAreaLayer),
  drawing('circle', 'circle', 'C', needsAreaLayer),
  drawing('freehand', 'freehand', 'F', needsAreaLayer),
  drawing('hole', 'hole', 'H', needsArea),
  drawing('split', 'split', 'X', needsArea),
  drawing('move', 'move', 'G', () => (hasShape() ? null : (needsDraft() ?? ask().areaFirst))),
  drawing('measure', 'measure', 'M', () => null),
  {
    id: 'snap',
    group: 'tools',
    icon: 'magnet',
    keys: ['S'],
    label: () => drawWords().ops.snap,
    whyNot: () => null,
    run: () => (snapping.value = !snapping.peek()),
    isOn: () => snapping.value,
    on: ['rail'],
  },
  {
    id: 'carry',
    group: 'edit',
    icon: 'target',
    keys: ['T'],
    label: () => drawWords().ops.carry,
    whyNot: needsVertex,
    run: () => {
      const at = selected.peek();
      if (at) pickUp(at);
      focusMap();
    },
    on: ['vertex', 'menu'],
  },
  {
    id: 'insert-vertex',
    group: 'edit',
    icon: 'plus',
    keys: ['I'],
    label: () => drawWords().ops.insertVertex,
    // before the first vertex of a line there is no edge
    whyNot: () => needsVertex() ?? (shape.value?.kind === 'line' && selected.value?.vertex === 0 ? ask().edgeFirst : null),
    run: () => {
      const at = selected.peek();
      if (at) insertBefore(at);
    },
    on: ['vertex', 'menu'],
  },
  {
    id: 'remove-vertex',
    group: 'edit',
    icon: 'trash',
    keys: ['Del'],
    label: () => drawWords().ops.removeVertex,
    whyNot: needsVertex,
    run: removeSelected,
    on: ['rail', 'vertex', 'menu'],
  },
  {
    id: 'next-vertex',
    group: 'edit',
    icon: 'next',
    keys: ['N'],
    label: () => drawWords().ops.nextVertex,
    whyNot: () => (hasShape() ? null : (needsDraft() ?? ask().areaFirst)),
    run: () => stroll(1),
    on: [],
  },
  {
    id: 'previous-vertex',
    group: 'edit',
    icon: 'back',
    keys: ['B'],
    label: () => drawWords().ops.previousVertex,
    whyNot: () => (hasShape() ? null : (needsDraft() ?? ask().areaFirst)),
    run: () => stroll(-1),
    on: [],
  },
  {
    id: 'remove-hole',
    group: 'edit',
    icon: 'fill',
    label: () => drawWords().ops.removeHole,
    whyNot: () => needsVertex() ?? ((selected.value?.ring ?? 0) > 0 ? null : ask().holeFirst),
    run: removeSelectedRing,
    on: ['menu'],
  },
  {
    id: 'remove-part',
    group: 'shape',
    icon: 'trash',
    label: () => drawWords().ops.removePart,
    whyNot: needsVertex,
    run: () => {
      const at = selected.peek();
      if (at) selected.value = { ...at, ring: 0, vertex: 0 };
      removeSelectedRing();
    },
    on: ['menu'],
  },
  {
    id: 'take-out',
    group: 'shape',
    icon: 'takeOut',
    label: () => drawWords().ops.takeOut,
    whyNot: () => needsVertex() ?? ((shape.value?.parts.length ?? 0) > 1 ? null : ask().partsFirst),
    run: () => void takeOutPart(),
    on: ['menu'],
  },
  {
    id: 'merge-parts',
    group: 'shape',
    icon: 'merge',
    label: () => drawWords().ops.mergeParts,
    whyNot: () => needsArea() ?? ((shape.value?.parts.length ?? 0) > 1 ? null : ask().partsFirst),
    run: mergeParts,
    on: ['menu'],
  },
  {
    id: 'merge-with',
    group: 'shape',
    icon: 'merge',
    label: () => {
      const name = neighbourUnderMenu.value?.name;
      return name ? `${drawWords().ops.mergeWith}: ${name}` : drawWords().ops.mergeWith;
    },
    whyNot: () => needsArea() ?? (neighbourUnderMenu.value ? null : ask().otherZone),
    run: mergeWithNeighbour,
    on: ['menu'],
  },
  {
    id: 'buffer',
    group: 'shape',
    icon: 'buffer',
    keys: ['W'],
    label: () => drawWords().ops.buffer,
    whyNot: () => (unreached.value ? ask().offline : needsArea()),
    run: () => (form.value = 'buffer'),
    on: ['menu'],
  },
  {
    id: 'simplify',
    group: 'shape',
    icon: 'simplify',
    label: () => drawWords().ops.simplify,
    whyNot: () => (unreached.value ? ask().offline : needsArea()),
    run: () => (form.value = 'simplify'),
    on: ['menu'],
  },
  {
    id: 'proposal',
    group: 'shape',
    icon: 'book',
    label: () => drawWords().ops.proposal,
    whyNot: () =>
      needsDraft() ??
      needsAreaLayer() ??
      (unreached.value ? ask().offline : textOf(state.value?.properties ?? {}, 'hazard_id') === null ? ask().pointFirst : null),
    run: () => void takeProposal(),
    on: ['menu'],
  },
  {
    id: 'undo',
    group: 'draft',
    icon: 'undo',
    keys: ['Ctrl+Z'],
    label: () => drawWords().ops.undo,
    whyNot: () => (busy.value || (draft.value && canUndo(draft.value.history)) ? null : ask().nothingToUndo),
    run: undoOne,
    on: ['menu'],
  },
  {
    id: 'redo',
    group: 'draft',
    icon: 'redo',
    keys: ['Ctrl+Shift+Z', 'Ctrl+Y'],
    label: () => drawWords().ops.redo,
    whyNot: () => (busy.value ? ask().handFull : draft.value && canRedo(draft.value.history) ? null : ask().nothingToRedo),
    run: redoStep,
    on: ['menu'],
  },
  {
    id: 'save',
    group: 'draft',
    icon: 'check',
    keys: ['Ctrl+S'],
    label: () => drawWords().ops.save,
    whyNot: () => (whyNotSave.value === null ? null : drawWords().cannotSave[whyNotSave.value]),
    run: () => void saveDraft(),
    on: [],
  },
  {
    id: 'finish',
    group: 'tools',
    icon: 'check',
    label: () => drawWords().ops.finish,
    whyNot: () => (sketch.value.length > 0 ? null : ask().areaFirst),
    run: () => {
      finish();
    },
    on: [],
  },
  {
    id: 'cancel',
    group: 'tools',
    icon: 'close',
    keys: ['Escape'],
    label: () => drawWords().ops.cancel,
    whyNot: () => null,
    run: () => {
      cancelOne();
    },
    on: [],
  },
  {
    id: 'fit',
    group: 'view',
    icon: 'whole',
    keys: ['Z'],
    label: () => drawWords().ops.fit,
    whyNot: () => (hasShape() ? null : (needsDraft() ?? ask().areaFirst)),
    run: () => {
      const box = shape.peek() && boxOf(shape.peek() ?? { kind: 'area', parts: [] });
      if (box) flyToBounds(box);
    },
    on: ['menu'],
  },
  {
    id: 'layers',
    group: 'view',
    icon: 'layers',
    keys: ['L'],
    label: () => drawWords().layersButton,
    whyNot: () => null,
    run: () => (layersOpen.value = !layersOpen.peek()),
    isOn: () => layersOpen.value,
    on: ['rail'],
  },
  {
    id: 'help',
    group: 'view',
    icon: 'unknown',
    keys: ['?'],
    label: () => drawWords().ops.help,
    whyNot: () => null,
    run: () => (helpOpen.value = !helpOpen.peek()),
    isOn: () => helpOpen.value,
    on: ['rail'],
  },
];

function stroll(step: 1 | -1): void {
  const map = theMap.peek();
  if (map) walk(map, step);
}

/** Puts the vertex, the shape or the next point down at the aim: the button that fingers use. */
export function dropAtAim(): void {
  const at = aim.peek();
  if (at) place(at.position);
}

export const operation = (id: string): Operation => OPERATIONS.find((one) => one.id === id) as Operation;
