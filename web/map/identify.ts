// What lies under a click: every feature of every visible layer, each once, small things before large ones.
import type { Map as MapLibre, MapGeoJSONFeature, Point } from 'maplibre-gl';
import { isLayerName, ZONE_SOURCE_LAYERS, type LayerName } from '../../server/domain/layer.ts';
import type { Candidate } from '../state/selection.ts';

const REACH = 5; // px around the click in which a point counts as hit: a fingertip is not a needle
const ORDER: readonly LayerName[] = [
  'households',
  'hazard-points',
  'schools',
  'shelters',
  'facilities',
  'danger-zones',
  'threatened-areas',
  'subsidence-zones',
  'hazard-areas',
  'river-sections',
  'reference-areas',
];
const CODES = ['status', 'hazard_type', 'kind', 'register', 'class', 'state', 'extent'] as const;

export interface Found {
  readonly candidates: Candidate[];
  readonly clustered: number;
  readonly township: { code: string; name: string } | null;
}

type Tile = Pick<MapGeoJSONFeature, 'sourceLayer' | 'properties' | 'id'>;

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const isSource = (layer: string): boolean => (ZONE_SOURCE_LAYERS as readonly string[]).includes(layer);

function candidateOf(feature: Tile): Candidate | null {
  const { sourceLayer: layer, properties } = feature;
  const id = text(properties['id']) ?? (feature.id === undefined ? null : String(feature.id));
  if (!layer || !isLayerName(layer) || id === null) return null;
  const codes = Object.fromEntries(CODES.flatMap((name) => (text(properties[name]) ? [[name, String(properties[name])]] : [])));
  const name = text(properties['name']) ?? text(properties['river']);
  if (layer !== 'threatened-areas') return { layer, id, zone: isSource(layer) ? `${layer}:${id}` : null, name, codes };
  // A derived area stands for its source: the reader picks the river or the point, not the polygon made from it.
  const zone = text(properties['zone']);
  const source = zone?.slice(0, zone.indexOf(':')) ?? '';
  if (!zone || !isLayerName(source)) return null;
  return { layer: source, id: zone.slice(source.length + 1), zone, name, codes };
}

/** Sorts rendered features into what can be picked. Pure: `features` as MapLibre returns them. */
export function sortFound(features: readonly Tile[]): Found {
  const seen = new Map<string, Candidate>();
  let clustered = 0;
  let township: Found['township'] = null;
  for (const feature of features) {
    if (feature.sourceLayer === 'townships') {
      const { code, name, level } = feature.properties;
      if (level === 'township' && text(code)) township ??= { code: String(code), name: text(name) ?? String(code) };
      continue;
    }
    const n: unknown = feature.properties['n'];
    if (feature.sourceLayer === 'households' && typeof n === 'number' && n > 1) {
      clustered = Math.max(clustered, n);
      continue;
    }
    const found = candidateOf(feature);
    if (!found) continue;
    const key = `${found.layer}:${found.id}`;
    const before = seen.get(key);
    seen.set(key, before ? { ...before, codes: { ...found.codes, ...before.codes }, name: before.name ?? found.name } : found);
  }
  const candidates = [...seen.values()].sort((a, b) => ORDER.indexOf(a.layer) - ORDER.indexOf(b.layer));
  return { candidates, clustered, township };
}

export function identify(map: MapLibre, point: Point): Found {
  const own = map
    .getStyle()
    .layers.filter((layer) => 'source' in layer && isLayerName(layer.source))
    .map((layer) => layer.id);
  const isPoint = (id: string): boolean => /^(households|points|schools|shelters|facilities|river-line)/.test(id);
  const box: [[number, number], [number, number]] = [
    [point.x - REACH, point.y - REACH],
    [point.x + REACH, point.y + REACH],
  ];
  const near = map.queryRenderedFeatures(box, { layers: own.filter(isPoint) });
  const under = map.queryRenderedFeatures(point, { layers: own.filter((id) => !isPoint(id) && !id.startsWith('picked')) });
  return sortFound([...near, ...under]);
}
