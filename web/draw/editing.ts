// Who is drawing which zone at this moment. Said to the service every 20 seconds, and heard from it as it changes.
import { computed, effect, signal } from '@preact/signals';
import type { Editing } from '../../server/domain/editing.ts';
import { ask } from '../api/http.ts';
import { lastChange, onEvent } from '../state/events.ts';
import { user } from '../state/service.ts';
import { draft } from './draft.ts';
import { PAGE } from './draftStore.ts';
import { saving, showTheirs } from './saving.ts';

export const editing = signal<readonly Editing[]>([]);

/** Everybody who draws, each zone and name once: somebody may have it open in two windows. */
export const drawingNow = computed(() => [...new Map(editing.value.map((one) => [`${one.zone}\n${one.by}`, one] as const)).values()]);

/** Others who draw the zone in the hand. */
export const besideMe = computed(() => {
  const now = draft.value;
  const zone = now?.id ? `${now.layer}:${now.id}` : null;
  return editing.value.filter((one) => one.zone === zone && one.by !== user.value?.username);
});

/** One has the zone open in another window as well: each keeps a draft of its own. */
export const inOtherWindow = computed(() => {
  const now = draft.value;
  const zone = now?.id ? `${now.layer}:${now.id}` : null;
  return editing.value.filter((one) => one.zone === zone && one.by === user.value?.username).length > 1;
});

const BEAT_MS = 20_000;

async function tell(zone: string | null): Promise<void> {
  await ask<unknown>('/api/editing', { method: 'PUT', body: { zone }, headers: { 'X-Page': PAGE }, keepalive: zone === null }).catch(
    () => undefined,
  );
}

export function followEditing(): () => void {
  const zone = computed(() => {
    const now = draft.value;
    return now?.id ? `${now.layer}:${now.id}` : null;
  });
  let told = false;
  const stops = [
    effect(() => {
      const now = zone.value;
      if (now === null && !told) return;
      told = now !== null;
      void tell(now);
      if (now === null) return;
      const beat = setInterval(() => void tell(now), BEAT_MS);
      return () => clearInterval(beat);
    }),
    onEvent('editing', (data) => {
      if (Array.isArray(data['editing'])) editing.value = data['editing'] as Editing[];
    }),
    // somebody saved the zone in the hand: said at once, before it comes to a refusal
    effect(() => {
      const change = lastChange.value;
      const now = draft.peek();
      // what this page saves itself is no news to it
      if (!change || !now?.id || change.layer !== now.layer || saving.peek()) return;
      if (change.ids !== null && !change.ids.includes(now.id)) return;
      if (change.revision > Number(now.base?.properties['revision'] ?? 0)) void showTheirs(false);
    }),
  ];
  void ask<{ editing: Editing[] }>('/api/editing').then(
    (answer) => (editing.value = answer.editing),
    () => undefined,
  );
  const onLeave = (): void => {
    if (told) void tell(null);
  };
  addEventListener('pagehide', onLeave);
  return () => {
    removeEventListener('pagehide', onLeave);
    for (const stop of stops) stop();
    if (told) void tell(null);
  };
}
