// What a field of a layer is: its name on the wire, its words in both languages, its type, who may see it.
// One description serves the API's validation, the import's column matching, the store's columns and the page.

/** A text in both languages of the product. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}

/** A value of a coded field: a semantic word on the wire, its label, and what files write instead. */
export interface Code extends Words {
  readonly synonyms?: readonly string[];
}

export type FieldType = 'text' | 'integer' | 'number' | 'boolean' | 'date' | 'month_day' | 'code' | 'json';

export interface Field extends Words {
  /** snake_case name, the same in API, store and tiles. */
  readonly name: string;
  readonly type: FieldType;
  /** For `code` fields: value → words. */
  readonly codes?: Readonly<Record<string, Code>>;
  /** Further column names under which files bring this field (units and spaces are ignored when matching). */
  readonly aliases?: readonly string[];
  /** Unit shown beside the label: m, m², yuan … */
  readonly unit?: string;
  readonly min?: number;
  readonly max?: number;
  /** In the public dataset. Absent means staff only. */
  readonly public?: boolean;
  /** Computed by the service; a client's value is refused, a file's value goes to `extra`. */
  readonly computed?: boolean;
}

type Options = Partial<Omit<Field, 'name' | 'type' | 'zh' | 'en' | 'codes'>>;

function maker(type: FieldType) {
  return (name: string, zh: string, en: string, options: Options = {}): Field => ({ name, type, zh, en, ...options });
}

export const text = maker('text');
export const number = maker('number');
export const integer = maker('integer');
export const boolean = maker('boolean');
export const date = maker('date');
export const monthDay = maker('month_day');
export const json = maker('json');

/** A count of people, households or things: whole and never negative. */
export function count(name: string, zh: string, en: string, options: Options = {}): Field {
  return integer(name, zh, en, { min: 0, ...options });
}

/** A length in metres, never negative. */
export function metres(name: string, zh: string, en: string, options: Options = {}): Field {
  return number(name, zh, en, { min: 0, unit: 'm', ...options });
}

/** An angle in degrees within [min, max]. */
export function degrees(name: string, zh: string, en: string, max: number, options: Options = {}): Field {
  return number(name, zh, en, { min: 0, max, unit: '°', ...options });
}

/** A field whose values are words of a fixed list. */
export function code(name: string, zh: string, en: string, codes: Readonly<Record<string, Code>>, options: Options = {}): Field {
  return { name, type: 'code', zh, en, codes, ...options };
}
