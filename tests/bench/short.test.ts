// The short form of the benchmark: ratios are printed, not asserted; that our answer is the oracle's is asserted.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { main } from '../../scripts/bench.ts';

test('10,000 households beside the peers that are installed', { timeout: 300_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'xiantu-bench-'));
  try {
    const json = join(folder, 'bench.json');
    const lines: string[] = [];
    const code = await main(['--short', '--json', json], (line) => lines.push(line));
    process.stdout.write(`${lines.join('\n')}\n`);
    expect(code).toBe(0);
    const { results, areas, imports } = JSON.parse(readFileSync(json, 'utf8')) as {
      results: { households: number; engine: { pairs: number } }[];
      imports: { format: string; ours: { ms: number } }[];
      areas: { rebuilds: { areas: number }[]; rows: { kernel: string; failed: number; invalid: number; shrunk: number }[] };
    };
    expect(results[0]?.engine.pairs).toBeGreaterThan(1000);
    expect(areas.rebuilds[0]?.areas).toBeGreaterThan(300);
    expect(imports.map(({ format }) => format)).toEqual(expect.arrayContaining(['CSV', 'GeoJSON', 'KML', 'GeoPackage', 'shapefile']));
    expect(areas.rows[0]).toMatchObject({ kernel: 'ours: sweep', failed: 0, invalid: 0, shrunk: 0 });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a size, peer or number of runs that makes no sense ends with 2 and says why', async () => {
  const lines: string[] = [];
  for (const argv of [['--sizes', '7'], ['--peers', 'nobody'], ['--runs', '0'], ['--wrong']]) {
    expect(await main(argv, (line) => lines.push(line))).toBe(2);
  }
  expect(lines.join('\n')).toMatch(/300 at least[\s\S]*there are postgis[\s\S]*whole number/);
});
