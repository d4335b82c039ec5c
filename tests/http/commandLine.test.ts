// Imports from the command line, through the server that holds the data folder.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Client, startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
const folder = mkdtempSync(join(tmpdir(), 'xiantu-command-line-'));

beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

function xiantu(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['server/cli/main.ts', ...args],
      { env: { ...process.env, XIANTU_DATA: server.folder } },
      (error, stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}

const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

test('a good file is stored, and its report printed', async () => {
  const { code, stdout, stderr } = await xiantu(
    'import',
    file('好.csv', '户号,常住人口,经度,纬度\nh1,3,113.5,37.8\n'),
    '--layer',
    'households',
  );
  expect([code, stderr]).toEqual([0, '']);
  expect(JSON.parse(stdout)).toMatchObject({ state: 'stored', read: 1, accepted: 1, stored: true });
  const planner = await Client.as(server, 'planner');
  expect((await planner.get('/ogc/collections/households/items/h1')).status).toBe(200);
});

test('a file with a row at fault stores nothing, says so, and what to do', async () => {
  const path = file('坏.csv', '户号,常住人口,经度,纬度\nh2,三,113.5,37.8\nh3,3,113.5,37.8\n');
  const { code, stdout, stderr } = await xiantu('import', path, '--layer', 'households');
  expect(code).toBe(1);
  expect(stderr).toContain('1 of 2 rows are at fault');
  expect(stderr).toContain('--allow-partial');
  expect(JSON.parse(stdout)).toMatchObject({ stored: false, issues: [{ row: 1, field: 'people', code: 'not_a_number' }, {}] });
});

test('a file that cannot be read at all ends with the reason', async () => {
  const { code, stderr } = await xiantu('import', file('图.csv', '甲,乙\n1,2\n'), '--layer', 'households');
  expect(code).toBe(1);
  expect(stderr).toContain('No column of the file is known: 甲, 乙');
});
