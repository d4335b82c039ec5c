// Uploads that end before their end: an answer, nothing left on the disk, and the service up.
import { readdir } from 'node:fs/promises';
import { request, type ClientRequest } from 'node:http';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { Client, collectionOf, PASSWORD, startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let signedIn: Record<string, string>;

beforeAll(async () => {
  server = await startServer();
  const planner = await Client.as(server, 'planner');
  const schools = collectionOf([{ id: 's', geometry: { type: 'Point', coordinates: [113.5, 37.8] } }]);
  await planner.report('s.geojson', schools, { layer: 'schools' });
  const session = await planner.send('POST', '/api/session', { username: 'planner', password: PASSWORD });
  const { csrfToken } = (await session.json()) as { csrfToken: string };
  signedIn = { Cookie: (session.headers.get('set-cookie') ?? '').split(';')[0] ?? '', 'X-CSRF-Token': csrfToken };
});
afterAll(() => server.stop());
afterEach(async () => {
  expect((await new Client(server.url).get('/healthz')).status).toBe(200);
});

const PATHS = ['/api/photos/schools/s', '/api/imports'];
const uploads = () => readdir(join(server.folder, 'uploads'));

/** The body up to somewhere in the part of this name. */
const begun = (part: string, bytes = 3000) =>
  `--cut\r\nContent-Disposition: form-data; name="${part}"; filename="p.jpg"\r\nContent-Type: image/jpeg\r\n\r\n${'x'.repeat(bytes)}`;

function post(path: string, length: number): ClientRequest {
  const headers = { ...signedIn, 'Content-Type': 'multipart/form-data; boundary=cut', 'Content-Length': String(length) };
  return request(server.url + path, { method: 'POST', headers });
}

/** Status and code of the answer to a whole body. */
function answerTo(path: string, body: string): Promise<[number | undefined, string]> {
  return new Promise((resolve, reject) => {
    const sent = post(path, Buffer.byteLength(body));
    sent.on('error', reject);
    sent.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
      response.on('end', () => resolve([response.statusCode, (JSON.parse(text) as { code: string }).code]));
    });
    sent.end(body);
  });
}

test.each(PATHS)('a body for %s that stops within a part is refused', async (path) => {
  const whole = `${begun('file')}\r\n`;
  for (const body of [
    begun('file'),
    begun('file', 0),
    begun('file', 300_000),
    begun('other'),
    whole + begun('file'),
    whole + begun('other'),
  ])
    expect(await answerTo(path, body)).toEqual([400, 'bad_multipart']);
  expect(await answerTo(path, '--cut\r\nContent-Disp')).toEqual([400, 'bad_multipart']);
  expect(await answerTo(path, '')).toEqual([400, 'bad_multipart']);
  expect(await uploads()).toEqual([]);
});

test.each(PATHS)('an upload to %s that is broken off leaves no file', async (path) => {
  for (const bytes of [10, 200_000]) {
    const sent = post(path, 5_000_000);
    sent.on('error', () => undefined);
    sent.write(begun('file', bytes));
    await expect.poll(uploads, { interval: 10 }).toHaveLength(1);
    sent.destroy();
    await expect.poll(uploads, { timeout: 1000, interval: 20 }).toEqual([]);
  }
});
