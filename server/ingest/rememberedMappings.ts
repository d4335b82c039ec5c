// Column mappings that someone gave before, by the header that they were given for: the same ledger comes every year.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import * as z from 'zod';
import type { LayerName } from '../domain/layer.ts';

type Mapping = Readonly<Record<string, string>>;

const file = z.record(z.string(), z.record(z.string(), z.string()));
const MOST = 500;

/** A header as a key: the same columns in any order are the same ledger. */
export function headerKey(layer: LayerName, columns: readonly string[]): string {
  return createHash('sha256')
    .update(JSON.stringify([layer, columns.toSorted()]))
    .digest('hex')
    .slice(0, 32);
}

/** The mapping that was given for this header, or null. */
export function rememberedMapping(path: string, key: string): Mapping | null {
  return all(path)[key] ?? null;
}

/** Remembers a mapping; the oldest ones go. */
export function rememberMapping(path: string, key: string, mapping: Mapping): void {
  const { [key]: _, ...others } = all(path);
  const kept = Object.fromEntries(Object.entries(others).slice(-MOST + 1));
  writeFileSync(`${path}.new`, JSON.stringify({ ...kept, [key]: mapping }), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

function all(path: string): Record<string, Mapping> {
  if (!existsSync(path)) return {};
  try {
    return file.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return {}; // a memory that cannot be read is no memory: the columns are matched by their names
  }
}
