// Townships as an import needs them: to resolve a name or a short code, and to find the one a position lies in.
import type { Feature, Geometry } from '../domain/feature.ts';
import { textOf } from '../domain/feature.ts';
import type { Bounds } from '../domain/service.ts';
import { boundsMeet, boundsOf, joinBounds, widen } from '../geo/bounds.ts';
import { PreparedArea } from '../geo/covers.ts';
import type { Reads, StoredFeature } from '../store/store.ts';

export interface TownshipArea {
  readonly code: string;
  readonly name: string;
  readonly bounds: Bounds;
  readonly area: PreparedArea;
}

/** Features may lie this far outside the county (a slope across the border), metres. */
export const COUNTY_TOLERANCE = 5000;

const SUFFIX = /(街道办事处|街道|镇|乡)$/;

export class TownshipIndex {
  readonly list: readonly TownshipArea[];
  /** The county's box and 5 km around it; null with no townships loaded, when the check is off. */
  readonly county: Bounds | null;

  constructor(features: readonly StoredFeature[]) {
    this.list = breakdownUnits(features).flatMap((feature) =>
      feature.geometry
        ? [
            {
              code: codeOf(feature),
              name: textOf(feature.properties, 'name') ?? feature.id,
              bounds: boundsOf(feature.geometry),
              area: new PreparedArea(feature.geometry),
            },
          ]
        : [],
    );
    const box = this.list.reduce<Bounds | null>((all, one) => joinBounds(all, one.bounds), null);
    this.county = box ? widen(box, COUNTY_TOLERANCE) : null;
  }

  static async read(store: Reads): Promise<TownshipIndex> {
    const features: StoredFeature[] = [];
    for await (const feature of store.select('townships')) features.push(feature);
    return new TownshipIndex(features);
  }

  /** The code behind what a file writes: a code of 9 or 12 digits, or a name with or without its suffix. */
  resolve(text: string): string | null {
    const wanted = text.normalize('NFKC').replace(/\s/g, '');
    if (/^\d{12}$/.test(wanted)) return wanted;
    if (/^\d{9}$/.test(wanted)) return `${wanted}000`;
    const bare = wanted.replace(SUFFIX, '');
    const found = this.list.filter((one) => one.name === wanted || one.code === wanted || one.name.replace(SUFFIX, '') === bare);
    return found.length === 1 ? (found[0]?.code ?? null) : null;
  }

  /** The township that a geometry's first position lies in. */
  at(geometry: Geometry): string | null {
    const [lon, lat] = boundsCentre(geometry);
    for (const one of this.list) {
      if (boundsMeet(one.bounds, [lon, lat, lon, lat]) && one.area.covers([lon, lat])) return one.code;
    }
    return null;
  }
}

/** A point itself; for lines and areas the middle of their box, which is good enough to file them under a township. */
function boundsCentre(geometry: Geometry): [number, number] {
  if (geometry.type === 'Point') return [geometry.coordinates[0], geometry.coordinates[1]];
  const [west, south, east, north] = boundsOf(geometry);
  return [(west + east) / 2, (south + north) / 2];
}

/** The code of a township feature: its own, else its id; 9 digits are filled up to 12. */
export function codeOf(feature: Feature): string {
  const code = textOf(feature.properties, 'code') ?? feature.id;
  return /^\d{9}$/.test(code) ? `${code}000` : code;
}

/** The features that totals are broken down by: level township (or none given); without any, whatever is loaded. */
export function breakdownUnits(features: readonly StoredFeature[]): readonly StoredFeature[] {
  const level = (feature: StoredFeature) => textOf(feature.properties, 'level') ?? 'township';
  const townships = features.filter((feature) => level(feature) === 'township');
  if (townships.length > 0) return townships;
  return features.filter((feature) => level(feature) === 'county');
}
