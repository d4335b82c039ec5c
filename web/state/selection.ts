// What is picked on the map or in a table, and what else lay under the same click.
import { signal } from '@preact/signals';
import type { LayerName } from '../../server/domain/layer.ts';
import { changeView } from './view.ts';

export interface Candidate {
  readonly layer: LayerName;
  readonly id: string;
  /** `layer:id` where the feature is a source of threatened areas: it has a figure of its own. */
  readonly zone: string | null;
  readonly name: string | null;
  /** Coded values from the tile: status, hazard_type, kind, register. */
  readonly codes: Readonly<Record<string, string>>;
}

export interface Place {
  readonly lon: number;
  readonly lat: number;
}

export interface Selection {
  readonly candidates: readonly Candidate[];
  readonly picked: Candidate | null;
  readonly place: Place | null;
  /** Households that stand behind one circle at this scale: only a closer view tells them apart. */
  readonly clustered: number;
}

export const NOTHING: Selection = { candidates: [], picked: null, place: null, clustered: 0 };
export const selection = signal<Selection>(NOTHING);

export const keyOf = (candidate: Candidate): string => candidate.zone ?? `${candidate.layer}:${candidate.id}`;

function show(next: Selection): void {
  selection.value = next;
  const picked = next.picked;
  changeView({ picked: picked && picked.layer !== 'households' ? keyOf(picked) : null });
}

/** Everything under a click: one thing is picked at once, of several the reader chooses. */
export function selectAt(place: Place, candidates: readonly Candidate[], clustered: number): void {
  const [first] = candidates;
  show({ place, candidates, clustered, picked: candidates.length === 1 && clustered === 0 ? (first ?? null) : null });
}

export function pick(candidate: Candidate): void {
  show({ ...selection.peek(), picked: candidate });
}

export function pickAlone(candidate: Candidate): void {
  show({ candidates: [candidate], picked: candidate, place: null, clustered: 0 });
}

/** Back to the list of what lay under the click. */
export function unpick(): void {
  show({ ...selection.peek(), picked: null });
}

export function clearSelection(): void {
  show(NOTHING);
}
