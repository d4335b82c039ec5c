// Pages that say what they edit, end, fall silent, or are signed out.
import { expect, test, vi } from 'vitest';
import type { Editing } from '../../../server/domain/editing.ts';
import { FORGOTTEN_AFTER, Presence } from '../../../server/service/presence.ts';

function begin() {
  let now = Date.parse('2026-07-21T08:00:00Z');
  const told: string[][] = [];
  const presence = new Presence((editing: readonly Editing[]) => told.push(editing.map(({ zone, by }) => `${by} ${zone}`)), () => now); // prettier-ignore
  return { presence, told, pass: (ms: number) => (now += ms) };
}

test('a change is told once, a repetition not', () => {
  const { presence, told, pass } = begin();
  presence.say('a', 's1', 'page-one', 'danger-zones:1');
  pass(20_000);
  presence.say('a', 's1', 'page-one', 'danger-zones:1');
  presence.say('a', 's1', 'page-two', 'danger-zones:2');
  presence.say('b', 's2', 'page-one', null);
  expect(told).toEqual([['a danger-zones:1'], ['a danger-zones:1', 'a danger-zones:2']]);
  expect(presence.list[0]?.since).toBe('2026-07-21T08:00:00.000Z');
  presence.say('a', 's1', 'page-one', 'danger-zones:3');
  expect(presence.list.map(({ zone, since }) => [zone, since])).toEqual([
    ['danger-zones:2', '2026-07-21T08:00:20.000Z'],
    ['danger-zones:3', '2026-07-21T08:00:20.000Z'],
  ]);
  presence.endSession('s1');
  expect(told.at(-1)).toEqual([]);
  presence.close();
});

test('a page that falls silent is forgotten after a minute, by itself', () => {
  vi.useFakeTimers();
  const told: number[] = [];
  const presence = new Presence((editing) => told.push(editing.length));
  presence.say('a', 's', 'page-one', 'danger-zones:1');
  vi.advanceTimersByTime(30_000);
  presence.say('b', 't', 'page-two', 'danger-zones:1');
  vi.advanceTimersByTime(FORGOTTEN_AFTER - 30_000 + 20);
  expect(told).toEqual([1, 2, 1]);
  vi.advanceTimersByTime(30_000);
  expect(told).toEqual([1, 2, 1, 0]);
  presence.close();
  vi.useRealTimers();
});

test('one account keeps no more pages than a person has', () => {
  const { presence } = begin();
  for (let i = 0; i < 50; i++) presence.say('a', 's', `page-${String(i).padStart(4, '0')}`, `danger-zones:${i}`);
  expect(presence.list).toHaveLength(20);
  presence.close();
});
