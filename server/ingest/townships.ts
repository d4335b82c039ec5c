// Townships as an import needs them: to resolve a name or a short code, and to find the one a position lies in.
import type { Feature, Geometry, Position } from '../domain/feature.ts';
import { textOf } from '../domain/feature.ts';
import type { Bounds } from '../domain/service.ts';
import { boundsMeet, boundsOf, joinBounds, widen } from '../geo/bounds.ts';
import { PreparedArea } from '../geo/covers.ts';
import { chainsOf, distanceToChains } from '../geo/segment.ts';
import type { Reads, StoredFeature } from '../store/store.ts';

export interface TownshipArea {
  readonly code: string;
  readonly name: string;
  readonly bounds: Bounds;
  readonly area: PreparedArea;
  /** Rings of its border. */
  readonly border: readonly (readonly Position[])[];
}

/** A township that was merged, renamed or given another code. */
interface Retired {
  readonly code: string;
  readonly name: string;
  /** Last day of its validity. */
  readonly endedOn: string;
  readonly successor: string | null;
}

/** Features may lie this far outside the county (a slope across the border), metres. */
export const COUNTY_TOLERANCE = 5000;

const SUFFIX = /(街道办事处|街道|镇|乡)$/;

export class TownshipIndex {
  readonly list: readonly TownshipArea[];
  /** Those whose validity has ended, each with the one that lies there now. */
  private readonly retired: readonly Retired[];
  /** The county's box and 5 km around it; null with no townships loaded, when the check is off. */
  readonly county: Bounds | null;

  /** @param today YYYY-MM-DD */
  constructor(features: readonly StoredFeature[], today = new Date().toISOString().slice(0, 10)) {
    const ended = ({ properties }: Feature) => (textOf(properties, 'valid_to') ?? today) < today;
    this.list = breakdownUnits(features.filter((feature) => !ended(feature))).flatMap((feature) =>
      feature.geometry
        ? [
            {
              code: codeOf(feature),
              name: nameOf(feature),
              bounds: boundsOf(feature.geometry),
              area: new PreparedArea(feature.geometry),
              border: chainsOf(feature.geometry),
            },
          ]
        : [],
    );
    this.retired = features.filter(ended).map((feature) => ({
      code: codeOf(feature),
      name: nameOf(feature),
      endedOn: textOf(feature.properties, 'valid_to') ?? '',
      successor: feature.geometry ? this.at(feature.geometry) : null,
    }));
    const box = this.list.reduce<Bounds | null>((all, one) => joinBounds(all, one.bounds), null);
    this.county = box ? widen(box, COUNTY_TOLERANCE) : null;
  }

  static async read(store: Reads): Promise<TownshipIndex> {
    const features: StoredFeature[] = [];
    for await (const feature of store.select('townships')) features.push(feature);
    return new TownshipIndex(features);
  }

  /**
   * The code behind what a file writes: a code of 9 or 12 digits, or a name with or without its suffix; of a township that is no
   * more, the code of the one that lies there now.
   */
  resolve(text: string): string | null {
    const wanted = wantedOf(text);
    const current = oneOf(this.list, wanted);
    if (current) return current.code;
    const retired = this.retiredOne(text);
    if (retired) return retired.successor;
    return /^\d{12}$/.test(wanted) ? wanted : null;
  }

  /** The township that a file means, where it is one that is no more. */
  retiredOne(text: string): Retired | null {
    const wanted = wantedOf(text);
    return oneOf(this.list, wanted) ? null : oneOf(this.retired, wanted);
  }

  /**
   * Does a geometry lie more than 5 km outside the county? Of a point the distance to the border is measured; of lines and areas,
   * which may reach in, only the boxes are looked at. Never with no townships loaded.
   */
  isOutside(geometry: Geometry): boolean {
    if (!this.county) return false;
    if (!boundsMeet(boundsOf(geometry), this.county)) return true;
    if (geometry.type !== 'Point') return false;
    const [lon, lat] = geometry.coordinates;
    const near = this.list.filter(({ bounds }) => boundsMeet(widen(bounds, COUNTY_TOLERANCE), [lon, lat, lon, lat]));
    return !near.some(({ area, border }) => area.covers([lon, lat]) || distanceToChains(border, [lon, lat]) <= COUNTY_TOLERANCE);
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

/** Without spaces and width variants; a code of nine digits filled up. */
function wantedOf(text: string): string {
  const wanted = text.normalize('NFKC').replace(/\s/g, '');
  return /^\d{9}$/.test(wanted) ? `${wanted}000` : wanted;
}

/** The only one of this code or name, with or without its suffix. */
function oneOf<T extends { readonly code: string; readonly name: string }>(list: readonly T[], wanted: string): T | null {
  const bare = wanted.replace(SUFFIX, '');
  const found = list.filter(({ code, name }) => name === wanted || code === wanted || name.replace(SUFFIX, '') === bare);
  return found.length === 1 ? (found[0] ?? null) : null;
}

const nameOf = (feature: Feature) => textOf(feature.properties, 'name') ?? feature.id;

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
