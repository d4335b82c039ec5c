// Public figures: fixed units only, rounded to 5, small cells suppressed. Written once and then served as they are,
// so that no question put to the service can be answered with anything finer.
import type { ExposureReport, Figure } from '../domain/figure.ts';
import type { PublishedFigure, PublishedFigures } from '../domain/service.ts';

const STEP = 5;
/** Fewer households than this are not shown; of vulnerable people fewer than twice as many. */
const LEAST_HOUSEHOLDS = 5;
const LEAST_VULNERABLE = 10;

export function publishFigures(report: ExposureReport, publishedAt: string): PublishedFigures {
  const byTownship = report.byTownship.map(({ code, name, ...figure }) => ({ code, name, ...cellOf(figure) }));
  return { publishedAt, revision: report.revision, base: 'resident', at: 'night', totals: totalOf(byTownship), byTownship };
}

const rounded = (value: number | null) => (value === null ? null : Math.round(value / STEP) * STEP);

/** One cell by the rule. Property is not published. */
export function cellOf(figure: Figure): PublishedFigure {
  if ((figure.households ?? 0) < LEAST_HOUSEHOLDS) {
    return {
      households: null,
      people: null,
      vulnerable: null,
      schools: rounded(figure.schools),
      students: null,
      property: null,
      suppressed: true,
    };
  }
  const vulnerable = (figure.vulnerable ?? 0) < LEAST_VULNERABLE ? null : rounded(figure.vulnerable);
  return {
    households: rounded(figure.households),
    people: rounded(figure.people),
    vulnerable,
    schools: rounded(figure.schools),
    students: rounded(figure.students),
    property: null,
    ...(vulnerable === null && figure.vulnerable !== null ? { suppressed: true as const } : {}),
  };
}

/** The total is the sum of the shown cells: an exact total would give a suppressed cell away by subtraction. */
function totalOf(cells: readonly PublishedFigure[]): PublishedFigure {
  const sum = (name: 'households' | 'people' | 'vulnerable' | 'schools' | 'students') => {
    const shown = cells.map((cell) => cell[name]).filter((value) => value !== null);
    return shown.length === 0 ? null : shown.reduce((total, value) => total + value, 0);
  };
  const hidden = cells.some((cell) => cell.suppressed);
  return {
    households: sum('households'),
    people: sum('people'),
    vulnerable: sum('vulnerable'),
    schools: sum('schools'),
    students: sum('students'),
    property: null,
    ...(hidden && sum('households') === null ? { suppressed: true as const } : {}),
  };
}
