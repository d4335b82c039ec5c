// What happened, for pages that stay open. Events name things and revisions; they carry no personal data, and who
// may know of what is decided when an event is sent.
import type { LayerName } from '../domain/layer.ts';
import type { Role } from '../domain/role.ts';
import { may } from '../policy/policy.ts';
import { atLeast } from '../domain/role.ts';
import type { Editing } from '../domain/editing.ts';

export type ServiceEvent =
  | { type: 'feature'; revision: number; layer: LayerName; ids: readonly string[] | null }
  | { type: 'exposure'; revision: number }
  | { type: 'published'; revision: number }
  /** The whole list; of no interest later, so it is never kept. */
  | { type: 'editing'; editing: readonly Editing[] };

/** `id` null: an event that is not kept, and that a page which comes back does not ask for. */
export interface NumberedEvent {
  readonly id: number | null;
  readonly event: ServiceEvent;
}

const KEPT = 1000;

export class EventLog {
  private readonly kept: (NumberedEvent & { readonly id: number })[] = [];
  private readonly listeners = new Set<(event: NumberedEvent) => void>();
  // ids keep growing over restarts, so that a page that comes back is never told old news as new
  private next = Date.now() * 1000;

  push(event: ServiceEvent): void {
    const numbered = { id: this.next++, event };
    this.kept.push(numbered);
    if (this.kept.length > KEPT) this.kept.shift();
    for (const listener of this.listeners) listener(numbered);
  }

  /** Tells those who listen now, and nobody later. */
  tell(event: ServiceEvent): void {
    for (const listener of this.listeners) listener({ id: null, event });
  }

  after(id: number): readonly NumberedEvent[] {
    return this.kept.filter((numbered) => numbered.id > id);
  }

  listen(listener: (event: NumberedEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

/** May this role be told of this event? */
export function maySee(role: Role, event: ServiceEvent): boolean {
  if (event.type === 'published') return true;
  if (!atLeast(role, 'analyst')) return false;
  return event.type !== 'feature' || may(role, 'read', event.layer);
}
