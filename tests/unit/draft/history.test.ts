// Undo and redo over shape and attributes: whatever is done can be taken back and done again, step by step.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  canRedo,
  canUndo,
  goTo,
  MOST_STEPS,
  record,
  redo,
  redoNote,
  startHistory,
  stateNow,
  undo,
  undoNote,
  type DraftState,
  type History,
} from '../../../web/draft/history.ts';
import { emptyShape } from '../../../web/draft/shape.ts';
import { addPart } from '../../../web/draft/verbs/vertices.ts';

const first: DraftState = { shape: emptyShape('area'), properties: {} };
const after = (state: DraftState, n: number): DraftState => ({
  ...state,
  shape: addPart(state.shape, [
    [n, 0],
    [n, 1],
    [n + 1, 0],
  ]),
});

describe('the history of a draft', () => {
  test('what is undone comes back, shape and attributes alike', () => {
    let history = startHistory(first, 0);
    history = record(history, after(first, 1), { verb: 'draw' }, 1);
    const drawn = stateNow(history);
    history = record(history, { ...drawn, properties: { name: '甲' } }, { verb: 'field', of: 'name' }, 2);
    expect(undoNote(history)).toEqual({ verb: 'field', of: 'name' });
    history = undo(history);
    expect(stateNow(history)).toBe(drawn);
    expect(redoNote(history)).toEqual({ verb: 'field', of: 'name' });
    history = undo(history);
    expect(stateNow(history)).toBe(first);
    expect(canUndo(history)).toBe(false);
    expect(undo(history)).toBe(history);
    history = redo(redo(history));
    expect(stateNow(history).properties).toEqual({ name: '甲' });
    expect(canRedo(history)).toBe(false);
  });

  test('a new step forgets what could have been done again', () => {
    let history = record(startHistory(first, 0), after(first, 1), { verb: 'draw' }, 1);
    history = record(undo(history), after(first, 2), { verb: 'cut' }, 2);
    expect(canRedo(history)).toBe(false);
    expect(history.steps).toHaveLength(2);
  });

  test('typing in one field is one step; another field, or a pause, is another', () => {
    let history = startHistory(first, 0);
    const type = (name: string, value: string, at: number) => {
      const now = stateNow(history);
      history = record(history, { ...now, properties: { ...now.properties, [name]: value } }, { verb: 'field', of: name }, at);
    };
    type('name', '西', 1000);
    type('name', '西山', 1500);
    type('name', '西山坡', 2000);
    expect(history.steps).toHaveLength(2);
    type('basis', 'survey', 2100);
    type('name', '西山坡区', 2200);
    type('name', '西山坡区 2', 9000);
    expect(history.steps).toHaveLength(5);
    expect(stateNow(undo(history)).properties['name']).toBe('西山坡区');
  });

  test('a change that changes nothing is no step', () => {
    const history = startHistory(first, 0);
    expect(record(history, { ...first }, { verb: 'draw' }, 1)).toBe(history);
  });

  test('any walk over undo, redo and the slider sees the states in their order', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constant('do'), fc.constant('undo'), fc.constant('redo'), fc.nat(20))), (moves) => {
        let history: History = startHistory(first, 0);
        let model: DraftState[] = [first];
        let at = 0;
        let n = 0;
        for (const move of moves) {
          if (move === 'do') {
            const next = after(stateNow(history), ++n);
            history = record(history, next, { verb: 'draw' }, n);
            model = [...model.slice(0, at + 1), next];
            at++;
          } else if (move === 'undo') {
            history = undo(history);
            at = Math.max(0, at - 1);
          } else if (move === 'redo') {
            history = redo(history);
            at = Math.min(model.length - 1, at + 1);
          } else {
            history = goTo(history, Number(move));
            at = Math.min(Number(move), model.length - 1);
          }
          expect(stateNow(history)).toBe(model[at]);
          expect(canUndo(history)).toBe(at > 0);
          expect(canRedo(history)).toBe(at < model.length - 1);
        }
      }),
    );
  });

  test('a long history forgets its oldest steps and never what is saved', () => {
    let history = startHistory(first, 0);
    for (let n = 1; n <= MOST_STEPS + 50; n++) history = record(history, after(first, n), { verb: 'draw' }, n);
    expect(history.steps).toHaveLength(MOST_STEPS);
    expect(history.steps[0]?.state).toBe(first);
    expect(stateNow(history).shape.parts[0]?.[0]?.[0]?.[0]).toBe(MOST_STEPS + 50);
  });
});
