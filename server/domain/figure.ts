// Figures of exposure as they stand on the wire: one shape for API, page, reports and worker.
import type { LayerName } from './layer.ts';

/** 户籍, 常住, 在家: every figure of people names one of them. */
export const POPULATION_BASES = ['registered', 'resident', 'at_home'] as const;
export type PopulationBase = (typeof POPULATION_BASES)[number];

/** The field of a household that holds the people of a base. */
export const BASE_FIELD: Readonly<Record<PopulationBase, string>> = {
  registered: 'people_registered',
  resident: 'people',
  at_home: 'people_at_home',
};

export const TIMES_OF_DAY = ['night', 'day', 'holiday'] as const;
export type TimeOfDay = (typeof TIMES_OF_DAY)[number];

export const CERTAINTIES = ['certain', 'possible'] as const;
export type Certainty = (typeof CERTAINTIES)[number];

/** Counts in one place. `null`: no data for it (see `notAssessed`), never zero by default. Property in yuan. */
export interface Figure {
  households: number | null;
  people: number | null;
  vulnerable: number | null;
  schools: number | null;
  students: number | null;
  property: number | null;
}

export interface TownshipFigure extends Figure {
  code: string;
  name: string;
  suppressed?: true;
}

export interface ZoneFigure extends Figure {
  zone: string;
  layer: LayerName;
  name: string | null;
  grade: string | null;
}

export interface NotAssessed {
  code: string;
  /** What was left out and what to do about it. */
  zh: string;
  en: string;
  zone?: string;
}

/** The answer of `GET /api/exposure` to staff. */
export interface ExposureReport {
  revision: number;
  computedAt: string;
  base: PopulationBase;
  at: TimeOfDay;
  totals: Figure & { certain: Figure; possible: Figure };
  pointSum: Figure;
  unlocated: { households: number; people: number | null };
  accuracyUnknown: { households: number };
  notAssessed: string[];
  notAssessedDetails: NotAssessed[];
  byTownship: TownshipFigure[];
  byHazardType: (Figure & { hazardType: string })[];
  byRegister: (Figure & { register: string; points: number })[];
  byLayer: (Figure & { layer: LayerName; zones: number })[];
  byZone: ZoneFigure[];
}
