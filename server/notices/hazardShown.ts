// The hazard that a zone stands for, as a posted notice may show it: like the public's view, with the same guard of persons.
import { textOf, type Feature, type Geometry, type Properties } from '../domain/feature.ts';
import { viewOf } from '../policy/policy.ts';

export interface HazardShown {
  /** The hazard_id of the zone, whether or not a point has it. */
  readonly named: string | null;
  readonly id: string | null;
  readonly properties: Properties | null;
  /** Snapped as on every public map; null without a point. */
  readonly geometry: Geometry | null;
  /** A telephone is registered, but it is none that may be printed (a mobile number is a private person's). */
  readonly phoneWithheld: boolean;
}

/**
 * The point through the policy's own eyes for the public, so that a mobile number can never be printed. A notice names the
 * duty holder as soon as it is posted, so the point counts as announced; a suspected or removed one is still the reason of its zone.
 */
export function hazardShown(hazard: Feature | null, named: string | null): HazardShown {
  const view =
    hazard &&
    viewOf(
      'public',
      'hazard-points',
      { ...hazard, properties: { ...hazard.properties, state: 'registered' } },
      { isAnnounced: () => true },
    );
  const registered = hazard ? textOf(hazard.properties, 'responsible_phone') : null;
  return {
    named,
    id: hazard?.id ?? null,
    properties: view?.properties ?? null,
    geometry: view?.geometry ?? null,
    phoneWithheld: registered !== null && textOf(view?.properties ?? {}, 'responsible_phone') === null,
  };
}
