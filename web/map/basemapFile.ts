// A base map in one file (PMTiles): fetched by ranges from this service, its reader and its style only when one is configured.
import { effect, signal } from '@preact/signals';
import { addProtocol, type LayerSpecification } from 'maplibre-gl';
import type { Language, Theme } from '../state/preferences.ts';
import { config } from '../state/service.ts';

/** How the file's tiles are drawn. */
export interface BasemapFile {
  /** With the protocol that the map asks by. */
  readonly url: string;
  readonly kind: 'raster' | 'vector';
  /** Layers of a vector map, over the source `basemap`; a base map in grey lies back behind what has a meaning. */
  layers(theme: Theme, language: Language): LayerSpecification[];
}

export const basemapFile = signal<BasemapFile | null>(null);

async function open(url: string): Promise<BasemapFile> {
  const [{ PMTiles, Protocol, TileType }, { layers, namedFlavor }] = await Promise.all([import('pmtiles'), import('@protomaps/basemaps')]);
  const protocol = new Protocol();
  const file = new PMTiles(new URL(url, location.origin).href);
  protocol.add(file);
  addProtocol('pmtiles', protocol.tile);
  const { tileType } = await file.getHeader();
  return {
    url: `pmtiles://${new URL(url, location.origin).href}`,
    kind: tileType === TileType.Mvt ? 'vector' : 'raster',
    layers: (theme, language) =>
      layers('basemap', namedFlavor(theme === 'dark' ? 'dark' : 'grayscale'), { lang: language === 'en' ? 'en' : 'zh-Hans' })
        .filter(({ type }) => type !== 'background')
        .map((layer) => ({ ...withoutPictures(layer), id: `basemap-${layer.id}` })),
  };
}

/** Its pictures are in a sprite that is not here, its fonts are not either: names stand in the map's own. */
function withoutPictures(layer: LayerSpecification): LayerSpecification {
  if (layer.type !== 'symbol' || !layer.layout) return layer;
  const { 'icon-image': _icon, 'text-font': _font, ...layout } = layer.layout;
  return { ...layer, layout };
}

/** Opens the file that the service names. One that cannot be read leaves the plain ground, and is said in the console. */
export function followBasemapFile(): void {
  let asked = '';
  effect(() => {
    const basemap = config.value?.basemap;
    if (basemap?.kind !== 'pmtiles' || basemap.url === asked) return;
    asked = basemap.url;
    open(basemap.url).then(
      (file) => (basemapFile.value = file),
      (error: unknown) => console.warn('The base map cannot be read.', error),
    );
  });
}
