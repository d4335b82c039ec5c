// The once-counted totals of a set of zones: over all, by certainty, and by what the zones have in common.
import { Cover } from './cover.ts';
import { anyOf, certainOf, type Membership } from './membership.ts';
import type { UnitIndex } from './units/unitIndex.ts';
import type { Zone } from './zone.ts';

/** Zones that share one of these are also counted together, each unit once. */
export const GROUPINGS = {
  hazardType: (zone: Zone) => zone.hazardType,
  register: (zone: Zone) => zone.register,
  layer: (zone: Zone): string => zone.layer,
} as const;
export type Grouping = keyof typeof GROUPINGS;

export class ZoneCovers {
  /** By nominal position, with the sums of each township. */
  readonly inside: Cover;
  readonly certain: Cover;
  /** Certain or possible. */
  readonly any: Cover;
  private readonly groups = new Map<string, Cover>();
  private readonly index: UnitIndex;
  private readonly most: number;

  /** @param most zones that may be added */
  constructor(index: UnitIndex, most: number) {
    this.index = index;
    this.most = most;
    this.inside = new Cover(index, most, true);
    this.certain = new Cover(index, most);
    this.any = new Cover(index, most);
  }

  add(zone: Zone, membership: Membership): void {
    this.inside.add(membership.inside);
    this.certain.add(certainOf(membership));
    this.any.add(anyOf(membership));
    for (const cover of this.groupsOf(zone)) cover.add(membership.inside);
  }

  remove(zone: Zone, membership: Membership): void {
    this.inside.remove(membership.inside);
    this.certain.remove(certainOf(membership));
    this.any.remove(anyOf(membership));
    for (const cover of this.groupsOf(zone)) cover.remove(membership.inside);
  }

  /** What the unit at a position weighs is added or taken wherever it is covered. */
  weigh(position: number, times: 1 | -1): void {
    for (const cover of [this.inside, this.certain, this.any, ...this.groups.values()]) cover.weigh(position, times);
  }

  group(grouping: Grouping, key: string): Cover {
    const name = `${grouping} ${key}`;
    let cover = this.groups.get(name);
    if (!cover) {
      cover = new Cover(this.index, this.most);
      this.groups.set(name, cover);
    }
    return cover;
  }

  private *groupsOf(zone: Zone): Generator<Cover> {
    for (const grouping of Object.keys(GROUPINGS) as Grouping[]) {
      const key = GROUPINGS[grouping](zone);
      if (key !== null) yield this.group(grouping, key);
    }
  }

  get byteLength(): number {
    const all = [this.inside, this.certain, this.any, ...this.groups.values()];
    return all.reduce((sum, cover) => sum + cover.count.byteLength, 0);
  }
}
