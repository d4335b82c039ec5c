// What the map style is made from. The style is a pure function of it: no layer is ever changed by hand.
import type { ExpressionSpecification, FilterSpecification, LayerSpecification } from 'maplibre-gl';
import type { LayerName } from '../../server/domain/layer.ts';
import type { ServiceConfig } from '../../server/domain/service.ts';
import type { Language, Theme } from '../state/preferences.ts';
import type { BasemapFile } from './basemapFile.ts';
import type { Camera } from '../state/permalink.ts';
import { imageName } from './images.ts';
import type { EntryKey } from './legendEntries.ts';
import type { Palette } from './palette.ts';

export interface StyleContext {
  readonly theme: Theme;
  readonly palette: Palette;
  readonly origin: string;
  readonly layers: ReadonlySet<LayerName>;
  readonly on: ReadonlySet<EntryKey>;
  readonly staff: boolean;
  readonly ground: ServiceConfig['ground'];
  readonly basemap: ServiceConfig['basemap'];
  /** The configured file, once it is open. */
  readonly basemapFile?: BasemapFile | null;
  readonly language?: Language;
  readonly township: string | null;
  readonly register: string | null;
  readonly hazardType: string | null;
  /** `layer:id` of what is picked. */
  readonly picked: string | null;
  readonly place: Pick<Camera, 'lon' | 'lat'> | null;
  /** An area that the rules propose, looked at before it is kept. */
  readonly proposal?: GeoJSON.Geometry | null;
  /** Rows of a file that may be stored, looked at before they are. */
  readonly importPreview?: GeoJSON.FeatureCollection | null;
  readonly labels: GeoJSON.FeatureCollection;
  /** All that lies outside the district. */
  readonly veil: GeoJSON.FeatureCollection;
  /** Its boundary, where no feature of its own gives it. */
  readonly district: GeoJSON.FeatureCollection;
}

/** Weight and slant are read off the first family name; the rest are looked for on the reader's machine. */
const LOCAL = [
  'Noto Sans SC',
  'Source Han Sans SC',
  'Noto Sans CJK SC',
  'PingFang SC',
  'HarmonyOS Sans SC',
  'Microsoft YaHei',
  'sans-serif',
];
export const FONT = ['Xiantu Medium', ...LOCAL];
export const FONT_BOLD = ['Xiantu Bold', ...LOCAL];
export const FONT_WATER = ['Xiantu Regular', 'Noto Serif SC', 'Source Han Serif SC', 'Noto Serif CJK SC', 'Songti SC', 'SimSun', 'serif'];

export const get = (name: string): ExpressionSpecification => ['get', name];
export const is = (name: string, value: string): ExpressionSpecification => ['==', get(name), value];
export const isIn = (name: string, values: readonly string[]): ExpressionSpecification => ['in', get(name), ['literal', [...values]]];
export const all = (...parts: (ExpressionSpecification | null)[]): ExpressionSpecification => [
  'all',
  ...parts.filter((part) => part !== null),
];

export const image = (context: StyleContext, name: string): string => imageName(context.theme, name);

type Kind = LayerSpecification['type'];
type Body<T extends Kind> = Omit<Extract<LayerSpecification, { type: T }>, 'id' | 'type' | 'source' | 'source-layer' | 'filter'>;

/** A style layer over the tiles of one of our layers. */
export function over<T extends Exclude<Kind, 'background'>>(
  layer: LayerName,
  id: string,
  type: T,
  filter: FilterSpecification | null,
  body: Body<T>,
): LayerSpecification {
  return { id, type, source: layer, 'source-layer': layer, ...(filter ? { filter } : {}), ...body } as LayerSpecification;
}

/** Grows from one width to another between two zooms. */
export const grow = (...stops: [zoom: number, value: number][]): ExpressionSpecification => [
  'interpolate',
  ['linear'],
  ['zoom'],
  ...stops.flat(),
];
