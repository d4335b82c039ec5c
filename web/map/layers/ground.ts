// Paper, base map if one is configured, and the shaded ground under everything with a meaning.
import type { LayerSpecification } from 'maplibre-gl';
import type { StyleContext } from '../context.ts';

export const GROUND_OPACITY = { light: 0.62, dark: 0.5 } as const;

export function groundLayers({ palette, ground, basemap, basemapFile, language, theme }: StyleContext): LayerSpecification[] {
  const layers: LayerSpecification[] = [{ id: 'paper', type: 'background', paint: { 'background-color': palette.low } }];
  if (basemapFile?.kind === 'vector') layers.push(...basemapFile.layers(theme, language ?? 'zh-CN'));
  if (basemap?.kind === 'raster' || basemapFile?.kind === 'raster') {
    // Colours of a foreign map are held back: saturated things on this screen are facts.
    layers.push({
      id: 'basemap',
      type: 'raster',
      source: 'basemap',
      paint: { 'raster-saturation': -0.6, 'raster-opacity': theme === 'dark' ? 0.35 : 0.75 },
    });
  }
  if (ground) {
    layers.push({
      id: 'ground',
      type: 'raster',
      source: 'ground',
      paint: { 'raster-opacity': GROUND_OPACITY[theme], 'raster-fade-duration': 0 },
    });
  }
  layers.push({ id: 'veil', type: 'fill', source: 'veil', paint: { 'fill-color': palette.veil, 'fill-antialias': false } });
  return layers;
}
