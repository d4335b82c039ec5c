// Threatened area of a drawn danger zone: a confirmed or announced risk extent counts as drawn.
import { textOf, zoneName, type Properties } from '../domain/feature.ts';
import type { StoredFeature } from '../store/store.ts';
import { gap, NO_AREA, type Derived } from './threatenedArea.ts';

/** In force: confirmed by the technical unit or announced by the county. A draft never counts, a revoked one no more. */
export function inForce(properties: Properties): boolean {
  const status = textOf(properties, 'status');
  return status === 'confirmed' || status === 'announced';
}

/** Does this danger zone stand for the hazard point that it names? */
export function replacesPoint(properties: Properties): boolean {
  return inForce(properties) && textOf(properties, 'extent') === 'risk_extent';
}

/**
 * @param point the hazard point that the zone stands for, when it names one that exists
 * @param proposal what the rules would have made of that point: the drawn extent replaces it, and the record says so
 */
export function dangerZoneArea(zone: StoredFeature, point: StoredFeature | null, proposal: Derived): Derived {
  const { geometry, properties } = zone;
  if (!geometry || !inForce(properties)) return NO_AREA;
  const name = zoneName('danger-zones', zone.id);
  const extent = textOf(properties, 'extent');
  if (extent === null) {
    return gap(
      name,
      'extent_missing',
      `危险区 ${zone.id}：未注明是危险范围还是风险范围，未计入`,
      `Danger zone ${zone.id}: neither hazard extent nor risk extent is given; not counted`,
    );
  }
  if (extent !== 'risk_extent') return NO_AREA;
  return {
    area: {
      zone: name,
      layer: 'danger-zones',
      sourceId: zone.id,
      rule: 'risk-extent',
      shape: { kind: 'area', geometry },
      formula: 'polygon as drawn',
      inputs: {
        status: textOf(properties, 'status'),
        document_no: textOf(properties, 'document_no'),
        basis: textOf(properties, 'basis'),
        reason: textOf(properties, 'reason'),
        ...(proposal.area ? { replaces: { rule: proposal.area.rule, formula: proposal.area.formula } } : {}),
      },
      capsHit: [],
      attributes: {
        name: textOf(properties, 'name') ?? (point ? textOf(point.properties, 'name') : null),
        hazard_id: textOf(properties, 'hazard_id'),
        hazard_type: point ? textOf(point.properties, 'hazard_type') : null,
        register: point ? (textOf(point.properties, 'register') ?? 'geological') : null,
        state: textOf(properties, 'status'),
      },
    },
    gaps: [],
  };
}
