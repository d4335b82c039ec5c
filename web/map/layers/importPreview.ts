// The rows of a checked file before they are stored: magenta, for they are not in force; what was mended also as it was, in grey dots.
import type { FilterSpecification, LayerSpecification, SourceSpecification } from 'maplibre-gl';
import { is, type StyleContext } from '../context.ts';

export function importSource({ importPreview }: StyleContext): Record<string, SourceSpecification> {
  return importPreview ? { import: { type: 'geojson', data: importPreview } } : {};
}

export function importLayers({ importPreview, palette }: StyleContext): LayerSpecification[] {
  if (!importPreview) return [];
  const before = is('role', 'before');
  const point: FilterSpecification = ['==', ['geometry-type'], 'Point'];
  const shape: FilterSpecification = ['!=', ['geometry-type'], 'Point'];
  const area: FilterSpecification = ['==', ['geometry-type'], 'Polygon'];
  const layout = { 'line-join': 'round', 'line-cap': 'round' } as const;
  const layers = [
    { id: 'import-fill', type: 'fill', filter: ['all', area, ['!', before]], paint: { 'fill-color': palette.draftFill } },
    { id: 'import-casing', type: 'line', filter: shape, layout, paint: { 'line-color': palette.casing, 'line-width': 4.8 } },
    // beads wider than the line over them: where nothing moved, both are seen
    {
      id: 'import-before',
      type: 'line',
      filter: ['all', shape, before],
      layout,
      paint: { 'line-color': palette.label, 'line-width': 5, 'line-dasharray': [0.1, 2] },
    },
    {
      id: 'import-line',
      type: 'line',
      filter: ['all', shape, ['!', before]],
      layout,
      paint: { 'line-color': palette.draft, 'line-width': ['case', is('role', 'after'), 2.6, 1.6] },
    },
    {
      id: 'import-point-before',
      type: 'circle',
      filter: ['all', point, before],
      paint: { 'circle-radius': 6, 'circle-color': palette.casing, 'circle-stroke-color': palette.label, 'circle-stroke-width': 2 },
    },
    {
      id: 'import-point-after',
      type: 'circle',
      filter: ['all', point, is('role', 'after')],
      paint: { 'circle-radius': 10, 'circle-color': palette.casing, 'circle-stroke-color': palette.draft, 'circle-stroke-width': 2.6 },
    },
    {
      id: 'import-point',
      type: 'circle',
      filter: ['all', point, ['!', before]],
      paint: { 'circle-radius': 5, 'circle-color': palette.draft, 'circle-stroke-color': palette.casing, 'circle-stroke-width': 1.4 },
    },
  ];
  return layers.map((layer) => ({ ...layer, source: 'import' }) as LayerSpecification);
}
