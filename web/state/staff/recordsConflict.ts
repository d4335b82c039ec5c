// Somebody else changed a feature while it was being changed here: field by field, theirs and mine. Pure.
import type { Geometry } from 'geojson';
import type { JsonValue, Properties, PropertyValue } from '../../../server/domain/feature.ts';
import { BOOKKEEPING } from '../../../server/domain/layer.ts';
import type { Item } from '../../api/features.ts';
import { sameValue } from './fieldValues.ts';

export type Side = 'mine' | 'theirs';
export type Choices = Readonly<Record<string, Side>>;

/** What is changed here; `geometry` only where it is. */
export interface Mine {
  readonly values: Properties;
  readonly geometry?: Geometry | null;
}

/** A field that is not the same for both. */
export interface Difference {
  /** A field's name, or `geometry`. */
  readonly field: string;
  readonly base: JsonValue;
  readonly theirs: JsonValue;
  /** undefined: it was not touched here. */
  readonly mine: JsonValue | undefined;
  /** Both changed it, and not to the same: somebody has to choose. */
  readonly contested: boolean;
}

const json = (value: unknown): JsonValue => (value ?? null) as JsonValue;

/** Everything that either changed since `base`, contested fields first. */
export function differencesOf(base: Item, theirs: Item, mine: Mine): readonly Difference[] {
  const names = new Set([...Object.keys(theirs.properties), ...Object.keys(mine.values)].filter((name) => !BOOKKEEPING.has(name)));
  const rows = [...names].map((field) => {
    const own: PropertyValue | undefined = field in mine.values ? (mine.values[field] ?? null) : undefined;
    return difference(field, json(base.properties[field]), json(theirs.properties[field]), own);
  });
  const own = mine.geometry === undefined ? undefined : json(mine.geometry);
  rows.push(difference('geometry', json(base.geometry), json(theirs.geometry), own));
  return rows.filter((row) => row !== null).sort((a, b) => Number(b.contested) - Number(a.contested));
}

function difference(field: string, base: JsonValue, theirs: JsonValue, mine: JsonValue | undefined): Difference | null {
  const [changed, touched] = [!sameValue(base, theirs), mine !== undefined];
  if (!changed && !touched) return null;
  return { field, base, theirs, mine, contested: changed && touched && !sameValue(theirs, mine) };
}

/** Has every contested field been decided? */
export const decided = (rows: readonly Difference[], choices: Choices): boolean =>
  rows.every(({ contested, field }) => !contested || choices[field] !== undefined);

/** What is left to be changed on top of theirs. */
export function onTopOf(theirs: Item, mine: Mine, choices: Choices): Mine {
  const values = Object.fromEntries(
    Object.entries(mine.values).filter(([name, value]) => choices[name] !== 'theirs' && !sameValue(theirs.properties[name], value)),
  );
  const keeps = mine.geometry !== undefined && choices['geometry'] !== 'theirs' && !sameValue(json(theirs.geometry), json(mine.geometry));
  return keeps ? { values, geometry: mine.geometry ?? null } : { values };
}
