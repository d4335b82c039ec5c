// The view as a link: `#v=1&c=113.56,37.87,12.1&zone=…`. Old links must keep working: add keys, never change one.
// Ids of households never stand in a link: links are kept in browser history and sent around.
import { POPULATION_BASES, TIMES_OF_DAY, type PopulationBase, type TimeOfDay } from '../../server/domain/figure.ts';

export type TableKind = 'households' | 'zones' | 'schools';
export const TABLE_KINDS: readonly TableKind[] = ['households', 'zones', 'schools'];

/** What stands beside the map instead of the figures: the rules, or the checks by them. */
export type Book = 'rules' | 'checks';
const BOOKS: readonly Book[] = ['rules', 'checks'];

export interface Camera {
  readonly lon: number;
  readonly lat: number;
  readonly zoom: number;
}

export interface View {
  readonly camera: Camera | null;
  readonly base: PopulationBase;
  readonly at: TimeOfDay;
  readonly township: string | null;
  readonly register: string | null;
  readonly hazardType: string | null;
  readonly layer: string | null;
  readonly table: TableKind;
  /** Legend entries whose switch differs from its default. */
  readonly toggled: readonly string[];
  /** The picked public feature or zone, `layer:id`. */
  readonly picked: string | null;
  readonly book?: Book | undefined;
  /** The rule that the book is opened at. */
  readonly rule?: string | undefined;
  /** The drawing is open. */
  readonly draw?: boolean | undefined;
}

export const DEFAULT_VIEW: View = {
  camera: null,
  base: 'resident',
  at: 'night',
  township: null,
  register: null,
  hazardType: null,
  layer: null,
  table: 'households',
  toggled: [],
  picked: null,
};

function oneOf<T extends string>(values: readonly T[], value: string | null, fallback: T): T {
  return values.find((candidate) => candidate === value) ?? fallback;
}

function readCamera(text: string | null): Camera | null {
  const parts = (text ?? '').split(',').map(Number);
  const [lon, lat, zoom] = parts;
  if (parts.length !== 3 || lon === undefined || lat === undefined || zoom === undefined) return null;
  const sound = Math.abs(lon) <= 180 && Math.abs(lat) <= 85 && zoom >= 0 && zoom <= 22;
  return sound ? { lon, lat, zoom } : null;
}

/** Reads a link; whatever is broken or unknown falls back to its default. */
export function readView(hash: string): View {
  const at = new URLSearchParams(hash.replace(/^#/, ''));
  const picked = at.get('pick');
  const book = BOOKS.find((one) => one === at.get('book'));
  const rule = at.get('rule');
  return {
    camera: readCamera(at.get('c')),
    base: oneOf(POPULATION_BASES, at.get('base'), DEFAULT_VIEW.base),
    at: oneOf(TIMES_OF_DAY, at.get('at'), DEFAULT_VIEW.at),
    township: at.get('township'),
    register: at.get('register'),
    hazardType: at.get('type'),
    layer: at.get('layer'),
    table: oneOf(TABLE_KINDS, at.get('table'), DEFAULT_VIEW.table),
    toggled: at.get('l')?.split(',').filter(Boolean) ?? [],
    picked: picked?.startsWith('households:') ? null : picked,
    ...(book && { book }),
    ...(book && rule && { rule }),
    ...(at.get('draw') === '1' && { draw: true }),
  };
}

/** Writes a link; defaults are left out so that it stays short. */
export function writeView(view: View): string {
  const out = new URLSearchParams({ v: '1' });
  const set = (key: string, value: string | null, fallback: string | null = null): void => {
    if (value !== null && value !== fallback) out.set(key, value);
  };
  if (view.camera) set('c', [view.camera.lon.toFixed(5), view.camera.lat.toFixed(5), view.camera.zoom.toFixed(2)].join(','));
  set('base', view.base, DEFAULT_VIEW.base);
  set('at', view.at, DEFAULT_VIEW.at);
  set('township', view.township);
  set('register', view.register);
  set('type', view.hazardType);
  set('layer', view.layer);
  set('table', view.table, DEFAULT_VIEW.table);
  if (view.toggled.length > 0) set('l', view.toggled.join(','));
  if (!view.picked?.startsWith('households:')) set('pick', view.picked);
  set('book', view.book ?? null);
  if (view.book) set('rule', view.rule ?? null);
  set('draw', view.draw ? '1' : null);
  return `#${out.toString().replaceAll('%2C', ',').replaceAll('%3A', ':')}`;
}
