// An area that the rules propose, in the magenta of what is not in force.
import type { LayerSpecification, SourceSpecification } from 'maplibre-gl';
import type { StyleContext } from '../context.ts';

export function proposalSource({ proposal }: StyleContext): Record<string, SourceSpecification> {
  if (!proposal) return {};
  return { proposal: { type: 'geojson', data: { type: 'Feature', properties: {}, geometry: proposal } } };
}

export function proposalLayers({ proposal, palette }: StyleContext): LayerSpecification[] {
  if (!proposal) return [];
  const layout = { 'line-join': 'round' } as const;
  return [
    { id: 'proposal-fill', type: 'fill', source: 'proposal', paint: { 'fill-color': palette.draftFill } },
    { id: 'proposal-casing', type: 'line', source: 'proposal', layout, paint: { 'line-color': palette.casing, 'line-width': 4.6 } },
    {
      id: 'proposal-line',
      type: 'line',
      source: 'proposal',
      layout,
      paint: { 'line-color': palette.draft, 'line-width': 2.4, 'line-dasharray': [3, 1.6] },
    },
  ];
}
