// Who comes in, who drops out, who is inside: the list behind a draft's numbers, while it is still a draft. Asked for by hand,
// because reading it is logged.
import { signal } from '@preact/signals';
import type { Geometry } from '../../server/domain/feature.ts';
import { ApiError, ask } from '../api/http.ts';
import { geometryOf, shapeOf } from '../draft/shape.ts';
import { view } from '../state/view.ts';
import { draft, savedShape, shape } from './draft.ts';

export interface PersonRow {
  readonly id: string;
  readonly address?: string | null;
  readonly name?: string | null;
  readonly township: string | null;
  readonly people?: number | null;
  readonly vulnerable?: number | null;
  readonly students?: number | null;
  readonly at: readonly [number, number] | null;
}

interface Half {
  readonly total: number;
  readonly rows: readonly PersonRow[];
}

interface Answer {
  readonly comesIn: { readonly households: Half; readonly schools: Half };
  readonly dropsOut: { readonly households: Half; readonly schools: Half };
}

export type ListKind = 'in' | 'out' | 'inside';

export interface PeopleList {
  readonly kind: ListKind;
  readonly loading: boolean;
  readonly error: ApiError | null;
  readonly answer: Answer | null;
  /** The shape it was asked for. */
  readonly of: Geometry | null;
}

export const people = signal<PeopleList | null>(null);

const MOST = 500;

export async function listPeople(kind: ListKind): Promise<void> {
  const now = shape.peek();
  const saved = savedShape.peek();
  const own = draft.peek();
  const geometry = now && geometryOf(now);
  if (!own || !geometry) return;
  people.value = { kind, loading: true, error: null, answer: null, of: geometry };
  const against = kind === 'inside' ? null : saved && geometryOf(saved);
  try {
    const answer = await ask<Answer>(`/api/exposure/what-if/list?base=${view.peek().base}`, {
      method: 'POST',
      body: { geometry, ...(against ? { against } : {}), limit: MOST },
    });
    if (people.peek()?.of === geometry) people.value = { kind, loading: false, error: null, answer, of: geometry };
  } catch (error) {
    const told = error instanceof ApiError ? error : new ApiError(-1, String(error));
    if (people.peek()?.of === geometry) people.value = { kind, loading: false, error: told, answer: null, of: geometry };
  }
}

/** Has the shape changed since the list was made? */
export function isStale(list: PeopleList): boolean {
  const now = shape.value && geometryOf(shape.value);
  return JSON.stringify(now) !== JSON.stringify(list.of && geometryOf(shapeOf(list.of, 'area')));
}
