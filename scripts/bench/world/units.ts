// The households and schools of a world as the engine takes them.
import type { Unit, UnitValues } from '../../../server/exposure/unit.ts';
import { UnitRows } from '../../../server/exposure/units/unitRows.ts';
import type { World } from '../types.ts';

const NOTHING: UnitValues = {
  people_registered: null,
  people: null,
  people_at_home: null,
  vulnerable: null,
  property: null,
  students: null,
  boarders: null,
};

/** How exact a position in degrees is, in metres, and whose it is. Asked once for each unit, in their order. */
export type UnitSays = (lon: number, lat: number) => Pick<Unit, 'accuracy' | 'township'>;

const EXACT: UnitSays = () => ({ accuracy: null, township: null });

export function rowsOf({ ids, lon, lat, people, vulnerable, schools }: World, says = EXACT): UnitRows {
  const rows = new UnitRows();
  const add = (kind: Unit['kind'], id: string, x: number, y: number, values: Partial<UnitValues>): void => {
    const geometry = { type: 'Point', coordinates: [x, y] } as const;
    rows.add({ kind, id, geometry, bounds: null, village: null, values: { ...NOTHING, ...values }, ...says(x, y) });
  };
  for (let i = 0; i < lon.length; i++) {
    const values = { people: people[i] as number, vulnerable: vulnerable[i] as number };
    add('households', ids(i), lon[i] as number, lat[i] as number, values);
  }
  for (let i = 0; i < schools.lon.length; i++) {
    add('schools', schools.ids(i), schools.lon[i] as number, schools.lat[i] as number, { students: schools.students[i] as number });
  }
  return rows;
}
