// What the search box has found: public places at once, and for staff what the service finds of codes, addresses and people.
// What was looked for and chosen is kept nowhere: it names people.
import { computed, signal } from '@preact/signals';
import type { Position } from 'geojson';
import { isLayerName, LAYER_NAMES, type LayerName } from '../../server/domain/layer.ts';
import type { Bounds } from '../../server/domain/service.ts';
import { ApiError } from '../api/http.ts';
import { searchService, type Hit, type Match } from '../api/search.ts';
import { places, type NamedPlace } from './places.ts';
import { findPlaces, readCoordinates, readGridText } from './search.ts';
import { config, isStaff } from './service.ts';
import type { GridReading } from './staff/gridReading.ts';

export interface Result {
  readonly layer: LayerName;
  readonly id: string;
  readonly name: string;
  readonly detail: string | null;
  /** What the text was found in, where the service found it. */
  readonly match: Match | null;
  readonly at: Position | null;
  readonly bounds: Bounds | null;
}

export interface Group {
  readonly layer: LayerName;
  readonly results: readonly Result[];
}

interface Answer {
  readonly text: string;
  readonly hits: readonly Hit[];
  readonly loading: boolean;
  readonly error: ApiError | null;
}

const NOTHING: Answer = { text: '', hits: [], loading: false, error: null };
const PAUSE_MS = 250;
const MOST = 20;

export const searchText = signal('');
const answer = signal<Answer>(NOTHING);
const grid = signal<{ readonly text: string; readonly reading: GridReading } | null>(null);

/** Of the text as it stands: a place on the globe, read at once or when the projections are here. */
export const coordinates = computed(() => readCoordinates(searchText.value));
export const gridReading = computed(() => (grid.value?.text === searchText.value ? grid.value.reading : null));
export const asking = computed(() => answer.value.loading);
export const searchError = computed(() => (answer.value.text === searchText.value.trim() ? answer.value.error : null));

const ofPlace = ({ layer, id, name, at, bounds }: NamedPlace): Result => ({ layer, id, name, detail: null, match: null, at, bounds });
const ofHit = ({ layer, id, name, detail, at, match }: Hit): Result => ({
  layer,
  id,
  name: name ?? id,
  detail,
  match,
  at: at ? [...at] : null,
  bounds: null,
});

/** How well it fits: 0 all of it, 1 its beginning, 2 a part. */
function rank({ id, name }: Result, text: string): number {
  const wanted = text.toLowerCase();
  const names = [id.toLowerCase(), name.toLowerCase()];
  if (names.includes(wanted)) return 0;
  return names.some((one) => one.startsWith(wanted)) ? 1 : 2;
}

/** Puts what was found here and there together, each once, by kind; the kind with the best fit first. */
export function grouped(text: string, local: readonly NamedPlace[], hits: readonly Hit[]): readonly Group[] {
  const all = new Map<string, Result>();
  for (const place of local) all.set(`${place.layer}:${place.id}`, ofPlace(place));
  for (const hit of hits.filter(({ layer }) => isLayerName(layer))) {
    const key = `${hit.layer}:${hit.id}`;
    const known = all.get(key);
    // of both, the page knows the extent and the service what matched
    all.set(key, known ? { ...known, detail: hit.detail, match: hit.match } : ofHit(hit));
  }
  const results = [...all.values()];
  const best = (layer: LayerName): number => Math.min(...results.filter((one) => one.layer === layer).map((one) => rank(one, text)));
  return LAYER_NAMES.filter((layer) => results.some((one) => one.layer === layer))
    .map((layer) => ({ layer, best: best(layer), results: results.filter((one) => one.layer === layer) }))
    .sort((a, b) => a.best - b.best)
    .map(({ layer, results }) => ({ layer, results: results.sort((a, b) => rank(a, text) - rank(b, text)) }));
}

export const groups = computed<readonly Group[]>(() => {
  const text = searchText.value.trim();
  if (text === '' || coordinates.value || gridReading.value) return [];
  return grouped(text, findPlaces(places.value, text), answer.value.text === text ? answer.value.hits : []);
});

let timer: ReturnType<typeof setTimeout> | undefined;
let running = new AbortController();

async function ask(text: string): Promise<void> {
  const mine = running;
  try {
    const hits = await searchService(text, MOST, mine.signal);
    if (!mine.signal.aborted) answer.value = { text, hits, loading: false, error: null };
  } catch (error) {
    if (mine.signal.aborted) return;
    answer.value = { text, hits: [], loading: false, error: error instanceof ApiError ? error : new ApiError(-1, String(error)) };
  }
}

async function readAsGrid(text: string): Promise<void> {
  const metres = readGridText(text);
  if (!metres) return;
  const [west, , east] = config.peek()?.bounds ?? [113, 0, 115, 0];
  const { readGrid } = await import('./staff/gridReading.ts');
  const reading = readGrid(metres, (west + east) / 2);
  if (reading) grid.value = { text, reading };
}

/** Looks for another text; the question before it is called off. */
export function searchFor(text: string): void {
  searchText.value = text;
  clearTimeout(timer);
  running.abort();
  running = new AbortController();
  answer.value = NOTHING;
  grid.value = null;
  const wanted = text.trim();
  if (!isStaff.peek() || wanted === '') return;
  void readAsGrid(text);
  if (readCoordinates(text) || readGridText(text)) return;
  answer.value = { ...NOTHING, text: wanted, loading: true };
  timer = setTimeout(() => void ask(wanted), PAUSE_MS);
}

/** Nothing of what was looked for stays: it may be somebody's name. */
export const forgetSearch = (): void => searchFor('');
