// The whole map style as a pure function of what is looked at. MapLibre applies only the difference.
import type { SourceSpecification, StyleSpecification } from 'maplibre-gl';
import { MAX_TILE_ZOOM } from '../../server/domain/tile.ts';
import type { StyleContext } from './context.ts';
import { areaLayers } from './layers/areas.ts';
import { groundLayers } from './layers/ground.ts';
import { householdLayers } from './layers/households.ts';
import { importLayers, importSource } from './layers/importPreview.ts';
import { labelLayers, townshipNames } from './layers/labels.ts';
import { pickedLayers } from './layers/picked.ts';
import { pointLayers } from './layers/points.ts';
import { proposalLayers, proposalSource } from './layers/proposal.ts';
import { townshipFilterLayers, townshipLayers } from './layers/townships.ts';
import { zoneLayers } from './layers/zones.ts';

export const tilesOf = (origin: string, layer: string): string[] => [`${origin}/tiles/${layer}/{z}/{x}/{y}.mvt`];

function sources(context: StyleContext): Record<string, SourceSpecification> {
  const { layers, origin, ground, basemap, labels, place, veil, district } = context;
  const out: Record<string, SourceSpecification> = {
    ...proposalSource(context),
    ...importSource(context),
    labels: { type: 'geojson', data: labels },
    veil: { type: 'geojson', data: veil, tolerance: 0 },
    district: { type: 'geojson', data: district },
    place: {
      type: 'geojson',
      data: {
        type: 'FeatureCollection',
        features: place ? [{ type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [place.lon, place.lat] } }] : [],
      },
    },
  };
  for (const layer of layers) {
    out[layer] = { type: 'vector', tiles: tilesOf(origin, layer), maxzoom: MAX_TILE_ZOOM, promoteId: 'id' };
  }
  if (ground) {
    const [west, south, east, north] = ground.bounds;
    const coordinates = [
      [west, north],
      [east, north],
      [east, south],
      [west, south],
    ] as [[number, number], [number, number], [number, number], [number, number]];
    out['ground'] = { type: 'image', url: new URL(ground.url, origin).href, coordinates };
  }
  if (context.basemapFile) {
    const { url, kind } = context.basemapFile;
    out['basemap'] = kind === 'vector' ? { type: 'vector', url } : { type: 'raster', url, tileSize: 256 };
  }
  if (basemap?.kind === 'raster') {
    out['basemap'] = { type: 'raster', tiles: basemap.tiles.map((url) => (url.startsWith('/') ? origin + url : url)), tileSize: 256 };
  }
  return out;
}

export function buildStyle(context: StyleContext): StyleSpecification {
  return {
    version: 8,
    sources: sources(context),
    layers: [
      ...groundLayers(context),
      ...areaLayers(context),
      ...zoneLayers(context),
      ...townshipLayers(context),
      ...householdLayers(context),
      ...labelLayers(context), // below the symbols: symbols take their place first and names give way
      ...pointLayers(context),
      ...townshipNames(context),
      ...townshipFilterLayers(context),
      ...pickedLayers(context),
      ...proposalLayers(context),
      ...importLayers(context),
    ],
  };
}
