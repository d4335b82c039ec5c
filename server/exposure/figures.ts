// Sums as figures. A value that nobody in the store states stays null: absent is not zero.
import { BASE_FIELD, type Figure, type PopulationBase, type TimeOfDay } from '../domain/figure.ts';
import type { Census } from './census.ts';
import { FEN_PER_YUAN, SLOT, type Sums, type ValueName } from './sums.ts';

/** Which sums make sense with the data at hand, and by which field people and students are counted. */
export interface Measures {
  readonly people: ValueName | null;
  readonly vulnerable: boolean;
  readonly property: boolean;
  /** By day in term the students, by night the boarders, in holidays nobody. */
  readonly students: 'students' | 'boarders' | 'none' | null;
}

/** What tells absent from zero: a census, or what the packed index says of one. */
export type Stated = Pick<Census, 'states'>;

export function measuresOf(census: Stated, base: PopulationBase, at: TimeOfDay): Measures {
  const people = BASE_FIELD[base] as ValueName;
  const students = at === 'holiday' ? 'none' : at === 'day' ? 'students' : 'boarders';
  return {
    people: census.states('households', people) ? people : null,
    vulnerable: census.states('households', 'vulnerable'),
    property: census.states('households', 'property'),
    students: students === 'none' || census.states('schools', students) ? students : null,
  };
}

export function figureOf(sums: Sums, measures: Measures): Figure {
  const { people, vulnerable, property, students } = measures;
  return {
    households: sums[SLOT.households] as number,
    people: people === null ? null : (sums[SLOT[people]] as number),
    vulnerable: vulnerable ? (sums[SLOT.vulnerable] as number) : null,
    schools: sums[SLOT.schools] as number,
    students: students === null ? null : students === 'none' ? 0 : (sums[SLOT[students]] as number),
    property: property ? (sums[SLOT.property] as number) / FEN_PER_YUAN : null,
  };
}
