// Query parameters, strictly: an unknown or wrongly repeated one is an error, never ignored.
import type { Request } from 'express';
import { Problem } from '../domain/problem.ts';

export type Query = Readonly<Record<string, readonly string[]>>;

function badParameter(name: string, code: string, detail: string): Problem {
  return new Problem(400, code, detail, { errors: [{ pointer: `?${name}`, code, detail }] });
}

/** All parameters of a request; only these may be there. */
export function readQuery(request: Request, allowed: readonly string[]): Query {
  const query: Record<string, string[]> = Object.create(null) as Record<string, string[]>;
  for (const [name, value] of Object.entries(request.query)) {
    if (!allowed.includes(name)) {
      throw badParameter(
        name,
        'unknown_parameter',
        `There is no parameter ${name.slice(0, 60)} here. ${allowed.length === 0 ? 'None is taken.' : `Known: ${allowed.join(', ')}.`}`,
      );
    }
    query[name] = (Array.isArray(value) ? value : [value]).map(String);
    // GDAL and browsers may add the format; only one is spoken here
    if (name === 'f' && query[name]?.some((format) => !['json', 'geojson', 'application/geo+json'].includes(format))) {
      throw badParameter('f', 'bad_value', 'f is json.');
    }
  }
  return query;
}

/** The value of a parameter that may stand once. */
export function one(query: Query, name: string): string | null {
  const values = query[name];
  if (!values || values.length === 0) return null;
  if (values.length > 1) throw badParameter(name, 'repeated_parameter', `${name} may stand only once.`);
  return values[0] ?? null;
}

/** A repeated parameter, or one with commas. */
export function many(query: Query, name: string): string[] {
  const values = (query[name] ?? []).flatMap((value) => value.split(','));
  if (values.includes('')) throw badParameter(name, 'bad_value', `${name} is empty; leave it out to ask for all.`);
  return values;
}

export function oneOf<T extends string>(query: Query, name: string, values: readonly T[], fallback: T): T {
  const value = one(query, name);
  if (value === null) return fallback;
  const found = values.find((candidate) => candidate === value);
  if (found === undefined) throw badParameter(name, 'bad_value', `${name} is one of ${values.join(', ')}, not ${value.slice(0, 60)}.`);
  return found;
}

/** A whole number of at least `least`; what is above `most` is taken as `most`, or refused where `strict`. */
export function wholeNumber(
  query: Query,
  name: string,
  options: { least: number; most: number; fallback: number; strict?: boolean },
): number {
  const value = one(query, name);
  if (value === null) return options.fallback;
  if (!/^\d{1,15}$/.test(value) || Number(value) < options.least) {
    throw badParameter(name, 'bad_value', `${name} is a whole number of at least ${options.least}, not ${value.slice(0, 60)}.`);
  }
  if (options.strict === true && Number(value) > options.most)
    throw badParameter(name, 'bad_value', `${name} is at most ${options.most}, not ${value.slice(0, 60)}.`);
  return Math.min(Number(value), options.most);
}

export function badValue(name: string, detail: string): Problem {
  return badParameter(name, 'bad_value', detail);
}
