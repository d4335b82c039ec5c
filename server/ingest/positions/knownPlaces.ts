// Places that the service knows by name: what a file's positions are held against.
import { textOf, type Feature, type Position } from '../../domain/feature.ts';
import type { LayerName } from '../../domain/layer.ts';
import type { Reads } from '../../store/store.ts';
import type { Pair } from './suspicion.ts';

/** Layers whose names are of one place each. */
const NAMED: readonly LayerName[] = ['schools', 'shelters', 'facilities', 'hazard-points'];
const MOST_KNOWN = 50_000;
const MOST_PAIRS = 500;

const nameKey = (name: string) => name.normalize('NFKC').replace(/\s/g, '');

/** Pairs up a file's points with places of the same name, or of the same id in the same layer. */
export class KnownPlaces {
  private readonly byName: ReadonlyMap<string, Position | null>;
  private readonly byId: ReadonlyMap<string, Position>;
  readonly pairs: Pair[] = [];

  private constructor(byName: ReadonlyMap<string, Position | null>, byId: ReadonlyMap<string, Position>) {
    this.byName = byName;
    this.byId = byId;
  }

  static async read(store: Reads, layer: LayerName): Promise<KnownPlaces> {
    const byName = new Map<string, Position | null>();
    const byId = new Map<string, Position>();
    for (const known of NAMED) {
      for await (const { id, geometry, properties } of store.select(known, { limit: MOST_KNOWN })) {
        if (geometry?.type !== 'Point') continue;
        if (known === layer) byId.set(id, geometry.coordinates);
        const name = textOf(properties, 'name');
        // a name that two places have is nobody's
        if (name !== null) byName.set(nameKey(name), byName.has(nameKey(name)) ? null : geometry.coordinates);
      }
    }
    return new KnownPlaces(byName, byId);
  }

  /** Takes note of a feature of the file. */
  compare({ id, geometry, properties }: Feature): void {
    if (geometry?.type !== 'Point' || this.pairs.length >= MOST_PAIRS) return;
    const name = textOf(properties, 'name');
    const known = this.byId.get(id) ?? (name === null ? null : this.byName.get(nameKey(name)));
    if (known) this.pairs.push({ inFile: geometry.coordinates, known });
  }
}
