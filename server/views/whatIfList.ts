// The lists behind a drawn shape: who would come in and who would drop out. Personal data: staff only, audited by the caller.
import type { PopulationBase } from '../domain/figure.ts';
import type { Comparison, Movers, MoversByKind } from '../exposure/comparison.ts';
import type { UnitKind } from '../exposure/unit.ts';
import type { FeatureStore } from '../store/store.ts';
import { factsOf, featuresOf, type Row } from './exposedList.ts';

/** @returns the answer as bytes, and how many households it lists */
export async function whatIfListBytes(
  store: FeatureStore,
  revision: number,
  comparison: Comparison,
  base: PopulationBase,
): Promise<{ bytes: Uint8Array; households: number }> {
  const { inside, comesIn, dropsOut } = comparison;
  const answer = {
    revision,
    inside,
    comesIn: await written(store, comesIn, base),
    dropsOut: await written(store, dropsOut, base),
  };
  return {
    bytes: new TextEncoder().encode(JSON.stringify(answer)),
    households: comesIn.households.movers.length + dropsOut.households.movers.length,
  };
}

async function written(store: FeatureStore, movers: MoversByKind, base: PopulationBase) {
  const rows = async (kind: UnitKind, { total, movers: listed }: Movers): Promise<{ total: number; rows: Row[] }> => {
    const features = await featuresOf(
      store,
      kind,
      listed.map(({ id }) => id),
    );
    return {
      total,
      rows: listed.map(({ id, certainty, at }) => ({ ...factsOf(kind, id, features.get(id), base), certainty, at })),
    };
  };
  return { households: await rows('households', movers.households), schools: await rows('schools', movers.schools) };
}
