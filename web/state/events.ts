// Server-sent events: a change elsewhere reaches this page without a reload.
import { effect } from '@preact/signals';
import { checkSession, noteRevision, role } from './service.ts';

const KINDS = ['feature', 'exposure', 'published'] as const;
const SETTLE_MS = 500; // an import is many events: ask again once it has settled

/** The revision in an event's data, or null. */
export function revisionOf(data: string): number | null {
  try {
    const parsed: unknown = JSON.parse(data);
    const found = typeof parsed === 'object' && parsed !== null ? (parsed as { revision?: unknown }).revision : null;
    return typeof found === 'number' ? found : null;
  } catch {
    return null;
  }
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
