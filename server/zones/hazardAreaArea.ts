// Threatened area of an "other hazard area": the polygon itself, for every kind but the priority area.
import { numberOf, textOf, zoneName } from '../domain/feature.ts';
import type { StoredFeature } from '../store/store.ts';
import { NO_AREA, type Derived } from './threatenedArea.ts';

export function hazardAreaArea(area: StoredFeature): Derived {
  const { geometry, properties } = area;
  const kind = textOf(properties, 'kind');
  if (!geometry || kind === 'priority_area') return NO_AREA;
  return {
    area: {
      zone: zoneName('hazard-areas', area.id),
      layer: 'hazard-areas',
      sourceId: area.id,
      rule: 'hazard-area',
      shape: { kind: 'area', geometry },
      formula: 'polygon as surveyed',
      inputs: {
        kind,
        return_period_a: numberOf(properties, 'return_period_a'),
        season_from: textOf(properties, 'season_from'),
        season_to: textOf(properties, 'season_to'),
      },
      capsHit: [],
      attributes: { name: textOf(properties, 'name'), kind },
    },
    gaps: [],
  };
}
