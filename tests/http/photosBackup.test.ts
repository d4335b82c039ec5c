// A backup holds the photos too, and brings them back.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { picture } from '../support/photo.ts';
import { Client, collectionOf, startServer } from '../support/server.ts';

function xiantu(data: string, ...args: string[]): string {
  return execFileSync(process.execPath, ['server/cli/main.ts', ...args], { env: { ...process.env, XIANTU_DATA: data }, encoding: 'utf8' });
}

test('photos go into a backup beside the store, and come back with it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'xiantu-photos-'));
  const backup = join(folder, 'copy.gpkg');
  const server = await startServer();
  const planner = await Client.as(server, 'planner');
  xiantu(server.folder, 'backup', backup);
  expect(existsSync(`${backup}.photos`)).toBe(false);
  await planner.report('s.geojson', collectionOf([{ id: 's', geometry: { type: 'Point', coordinates: [113.5, 37.8] } }]), { layer: 'schools' }); // prettier-ignore
  const form = new FormData();
  form.append('caption', '校门');
  form.append('file', new Blob([new Uint8Array(picture(30, 20))]), 'p.jpg');
  const photo = (await (await planner.send('POST', '/api/photos/schools/s', form)).json()) as { id: string };
  expect(xiantu(server.folder, 'backup', backup)).toContain('1 photos');
  await server.stop();

  const elsewhere = join(folder, 'elsewhere');
  expect(xiantu(elsewhere, 'restore', backup)).toContain('1 photos were put back');
  const again = await startServer({ XIANTU_DATA: elsewhere });
  const other = await Client.as(again, 'analyst');
  expect((await other.json<{ photos: unknown[] }>('/api/photos/schools/s')).photos).toEqual([photo]);
  expect((await other.get(`/api/photos/schools/s/${photo.id}?size=small`)).status).toBe(200);
  await again.stop();
  rmSync(folder, { recursive: true });
});
