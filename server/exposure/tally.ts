// Sums of units into a figure. A value that nobody in the store has stays null: absent is not zero.
import { BASE_FIELD, type Figure, type PopulationBase, type TimeOfDay } from '../domain/figure.ts';
import type { ExposureIndex } from './exposureIndex.ts';
import type { Unit, UnitValues } from './unit.ts';

/** Which sums make sense with the data at hand, and by which field people and students are counted. */
export interface Measures {
  readonly people: keyof UnitValues | null;
  readonly vulnerable: boolean;
  readonly property: boolean;
  /** By day in term the students, by night the boarders, in holidays nobody. */
  readonly students: 'students' | 'boarders' | 'none' | null;
}

export function measuresOf(index: ExposureIndex, base: PopulationBase, at: TimeOfDay): Measures {
  const people = BASE_FIELD[base] as keyof UnitValues;
  const students = at === 'holiday' ? 'none' : at === 'day' ? 'students' : 'boarders';
  return {
    people: index.states('households', people) ? people : null,
    vulnerable: index.states('households', 'vulnerable'),
    property: index.states('households', 'property'),
    students: students === 'none' || index.states('schools', students) ? students : null,
  };
}

export class Tally {
  private readonly measures: Measures;
  private households = 0;
  private people = 0;
  private vulnerable = 0;
  private schools = 0;
  private students = 0;
  private property = 0;

  constructor(measures: Measures) {
    this.measures = measures;
  }

  add(unit: Unit): void {
    const { values } = unit;
    if (unit.kind === 'schools') {
      this.schools++;
      const { students } = this.measures;
      if (students === 'students' || students === 'boarders') this.students += values[students] ?? 0;
      return;
    }
    this.households++;
    if (this.measures.people) this.people += values[this.measures.people] ?? 0;
    this.vulnerable += values.vulnerable ?? 0;
    this.property += values.property ?? 0;
  }

  addFigure(other: Tally): void {
    this.households += other.households;
    this.people += other.people;
    this.vulnerable += other.vulnerable;
    this.schools += other.schools;
    this.students += other.students;
    this.property += other.property;
  }

  figure(): Figure {
    const { measures } = this;
    return {
      households: this.households,
      people: measures.people === null ? null : this.people,
      vulnerable: measures.vulnerable ? this.vulnerable : null,
      schools: this.schools,
      students: measures.students === null ? null : this.students,
      // sums of wan yuan with decimals: to the cent
      property: measures.property ? Math.round(this.property * 100) / 100 : null,
    };
  }
}
