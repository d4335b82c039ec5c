// What must hold before a test is worth running: types, lint, format, size of files, one direction of imports.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ROOT, tool } from './run.ts';

const CODE = ['server', 'web', 'scripts', 'tests'];
const LIMIT = 400;

/** A folder may import from these only (itself always): data flows one way. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'server/domain': [],
  'server/geo': ['server/domain'],
  'server/exposure': ['server/domain', 'server/geo'],
  'server/store': ['server/domain', 'server/geo'],
  'server/exchange': ['server/domain', 'server/geo'],
  // the kernel of zones mends what comes in broken
  'server/ingest': ['server/domain', 'server/geo', 'server/exchange', 'server/store', 'server/zones/kernel'],
  'server/zones': ['server/domain', 'server/geo', 'server/store'],
};

/** No Node and no DOM in these: the page loads them too. */
const PURE: ReadonlySet<string> = new Set(['server/domain', 'server/geo', 'server/exposure']);

function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'dist' ? [] : sources(path);
    return /\.(ts|tsx|mjs)$/.test(entry.name) ? [path] : [];
  });
}

function structureFaults(): string[] {
  const faults: string[] = [];
  for (const path of CODE.flatMap(sources)) {
    const text = readFileSync(join(ROOT, path), 'utf8');
    const lines = text.split('\n').length;
    if (lines > LIMIT) faults.push(`${path} has ${lines} lines; a file has one subject and at most ${LIMIT}`);
    const home = Object.keys(MAY_IMPORT).find((folder) => path.startsWith(`${folder}/`));
    if (!home) continue;
    const pure = PURE.has(home);
    for (const match of text.matchAll(/from '([^']+)'/g)) {
      const target = match[1] ?? '';
      if (pure && target.startsWith('node:')) faults.push(`${path} imports ${target}; ${home} is pure`);
      if (!target.startsWith('.')) continue;
      const file = relative(ROOT, join(ROOT, path, '..', target));
      if (![home, ...(MAY_IMPORT[home] ?? [])].some((folder) => file.startsWith(`${folder}/`))) {
        faults.push(`${path} imports ${file}; ${home} may not`);
      }
    }
  }
  return faults;
}

/** All checks, each told by name; false when any fails. */
export function check(): boolean {
  const faults = structureFaults();
  for (const fault of faults) process.stdout.write(`${fault}\n`);
  const results = [
    ['types', tool('tsc', '-p', '.')],
    ['lint', tool('oxlint', '--config', '.oxlintrc.json', '--type-aware', ...CODE)],
    ['format', tool('oxfmt', '--check', ...CODE)],
    ['structure', faults.length === 0],
  ] as const;
  for (const [name, passed] of results) process.stdout.write(`${passed ? 'ok  ' : 'FAIL'} ${name}\n`);
  return results.every(([, passed]) => passed);
}

if (import.meta.main) process.exit(check() ? 0 : 1);
