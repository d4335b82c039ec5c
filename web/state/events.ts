// Server-sent events: a change elsewhere reaches this page without a reload.
import { effect, signal } from '@preact/signals';
import { isLayerName, type LayerName } from '../../server/domain/layer.ts';
import { checkSession, noteRevision, role } from './service.ts';

const KINDS = ['feature', 'exposure', 'published', 'editing'] as const;
type Kind = (typeof KINDS)[number];
const SETTLE_MS = 500; // an import is many events: ask again once it has settled

export type EventData = Readonly<Record<string, unknown>>;

/** Which features somebody changed last; ids null: many. */
export const lastChange = signal<{ readonly layer: LayerName; readonly ids: readonly string[] | null; readonly revision: number } | null>(
  null,
);

const listeners = new Map<Kind, Set<(data: EventData) => void>>();

/** Listens to one kind of event; @returns how to stop. */
export function onEvent(kind: Kind, listener: (data: EventData) => void): () => void {
  const own = listeners.get(kind) ?? new Set();
  listeners.set(kind, own);
  own.add(listener);
  return () => own.delete(listener);
}

/** An event's data, or null where it is none. */
export function dataOf(text: string): EventData | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? (parsed as EventData) : null;
  } catch {
    return null;
  }
}

/** The revision in an event's data, or null. */
export function revisionOf(text: string): number | null {
  const found = dataOf(text)?.['revision'];
  return typeof found === 'number' ? found : null;
}

function noteChange(data: EventData): void {
  const { layer, ids, revision } = data;
  if (typeof layer !== 'string' || !isLayerName(layer) || typeof revision !== 'number') return;
  lastChange.value = { layer, ids: Array.isArray(ids) ? ids.map(String) : null, revision };
}

/** Listens as the role that is signed in, anew whenever that changes. */
export function listenForEvents(): void {
  effect(() => {
    void role.value;
    const source = new EventSource('/api/events');
    let timer: ReturnType<typeof setTimeout> | undefined;
    let latest = 0;
    for (const kind of KINDS) {
      source.addEventListener(kind, (event: MessageEvent<string>) => {
        const data = dataOf(event.data);
        if (!data) return;
        if (kind === 'feature') noteChange(data);
        for (const listener of listeners.get(kind) ?? []) listener(data);
        const seen = revisionOf(event.data);
        if (seen === null) return;
        latest = Math.max(latest, seen);
        clearTimeout(timer);
        timer = setTimeout(() => noteRevision(latest), SETTLE_MS);
      });
    }
    // The service ends the stream when the session ends.
    source.addEventListener('error', () => void checkSession());
    return () => {
      clearTimeout(timer);
      source.close();
    };
  });
}
