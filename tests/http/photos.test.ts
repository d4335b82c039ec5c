// Photos of features: what is kept of them, who sees them, what is refused.
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { picture, withNotes } from '../support/photo.ts';
import { Client, collectionOf, startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let planner: Client;
let analyst: Client;

beforeAll(async () => {
  server = await startServer();
  planner = await Client.as(server, 'planner');
  analyst = await Client.as(server, 'analyst');
  const at = { type: 'Point', coordinates: [113.5, 37.8] };
  await planner.report('h.geojson', collectionOf([{ id: 'h/1', geometry: at }]), { layer: 'households' });
  await planner.report('s.geojson', collectionOf([{ id: 's', geometry: at }, { id: 'full', geometry: at }, { id: 'left', geometry: at }]), { layer: 'schools' }); // prettier-ignore
});
afterAll(() => server.stop());

interface Photo {
  id: string;
  caption: string | null;
  by: string;
  at: string;
  width: number;
  height: number;
  bytes: number;
}

const HOME = 'households/h%2F1';

function add(client: Client, feature: string, bytes: Uint8Array, fileName: string, parts: Record<string, string> = {}) {
  const form = new FormData();
  for (const [name, value] of Object.entries(parts)) form.append(name, value);
  form.append('file', new Blob([new Uint8Array(bytes)]), fileName);
  return client.send('POST', `/api/photos/${feature}`, form);
}
const refused = async (response: Response) => [response.status, ((await response.json()) as { code: string }).code];
const files = async () => (await readdir(join(server.folder, 'photos'))).toSorted();

test('a photo is kept upright, without a word of where it was made, and as a thumbnail', async () => {
  const original = withNotes(picture(3000, 1000), 6);
  expect(original.includes('113.5801E')).toBe(true);
  const response = await add(planner, HOME, original, '照片.JPG', { caption: ' 屋后 ' });
  expect(response.status).toBe(201);
  const photo = (await response.json()) as Photo;
  // held upright: the longer side is the height, and 2560 pixels are kept of it
  expect(photo).toMatchObject({ caption: '屋后', by: 'planner', width: 853, height: 2560 });
  expect(response.headers.get('location')).toBe(`${server.url}/api/photos/${HOME}/${photo.id}`);
  expect((await analyst.json<{ photos: Photo[] }>(`/api/photos/${HOME}`)).photos).toEqual([photo]);

  const kept = await analyst.get(`/api/photos/${HOME}/${photo.id}`);
  expect(
    Object.fromEntries(
      ['content-type', 'cache-control', 'x-content-type-options', 'content-disposition'].map((name) => [name, kept.headers.get(name)]),
    ),
  ).toEqual({
    'content-type': 'image/jpeg',
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff',
    'content-disposition': `inline; filename="photo-${photo.id}.jpg"`,
  });
  const bytes = Buffer.from(await kept.arrayBuffer());
  expect(bytes.length).toBe(photo.bytes);
  expect(bytes.includes('Exif') || bytes.includes('113.5801E')).toBe(false);
  const image = await loadImage(bytes);
  const context = createCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  // red was left, and is now above
  expect([...context.getImageData(400, 100, 1, 1).data].map((value) => Math.round(value / 255))).toEqual([1, 0, 0, 1]);
  expect([...context.getImageData(400, 2400, 1, 1).data].map((value) => Math.round(value / 255))).toEqual([0, 0, 1, 1]);

  const small = await loadImage(Buffer.from(await (await analyst.get(`/api/photos/${HOME}/${photo.id}?size=small`)).arrayBuffer()));
  expect([small.width, small.height]).toEqual([160, 480]);
  expect(await files()).toEqual([`${photo.id}.jpg`, `${photo.id}.small.jpg`].toSorted());
  const store = await readFile(join(server.folder, 'xiantu.gpkg'));
  expect(store.includes(photo.id)).toBe(false);
});

test('PNG and WebP are taken, and go out as JPEG', async () => {
  for (const format of ['png', 'webp'] as const) {
    const photo = (await (await add(planner, 'schools/s', picture(100, 50, format), `p.${format}`)).json()) as Photo;
    expect(photo).toMatchObject({ width: 100, height: 50, caption: null });
    const bytes = Buffer.from(await (await analyst.get(`/api/photos/schools/s/${photo.id}`)).arrayBuffer());
    expect(bytes.subarray(0, 2).toString('hex')).toBe('ffd8');
  }
});

test('a photo that is removed is gone, from the disk too', async () => {
  const photo = (await (await add(planner, 'schools/s', picture(10, 10), 'p.jpg')).json()) as Photo;
  const path = `/api/photos/schools/s/${photo.id}`;
  expect((await analyst.send('DELETE', path)).status).toBe(403);
  expect((await planner.send('DELETE', path.replace('schools/s', 'schools/full'))).status).toBe(404);
  expect((await planner.send('DELETE', path)).status).toBe(204);
  expect((await planner.get(path)).status).toBe(404);
  expect((await planner.send('DELETE', path)).status).toBe(404);
  expect((await files()).filter((name) => name.startsWith(photo.id))).toEqual([]);
});

test('photos of a feature that is not there are not removed either, and are there when it comes back', async () => {
  const photo = (await (await add(planner, 'schools/left', picture(10, 10), 'p.jpg')).json()) as Photo;
  const path = `/api/photos/schools/left/${photo.id}`;
  await planner.send('DELETE', '/ogc/collections/schools/items/left', undefined, { 'If-Match': '*' });
  expect(await refused(await planner.send('DELETE', path))).toEqual([404, 'no_feature']);
  await planner.send('POST', '/api/removed/schools/left/restore', undefined, { 'If-Match': '*', 'X-Reason': 'back' });
  expect((await planner.send('DELETE', path)).status).toBe(204);
});

test('what is no photo, too large, or of no feature is refused, and leaves nothing', async () => {
  const before = await files();
  expect(await refused(await add(planner, 'schools/s', picture(10, 10, 'png'), 'p.jpg'))).toEqual([415, 'photo_type']);
  expect(await refused(await add(planner, 'schools/s', picture(10, 10), 'p.gif'))).toEqual([415, 'photo_type']);
  expect(await refused(await add(planner, 'schools/s', Buffer.from('<svg/>'), 'p.png'))).toEqual([415, 'photo_type']);
  expect(await refused(await add(planner, 'schools/s', picture(900, 900).subarray(0, 700), 'p.jpg'))).toEqual([422, 'photo_unreadable']);
  expect(await refused(await add(planner, 'schools/s', Buffer.alloc(13 * 1024 * 1024), 'p.jpg'))).toEqual([413, 'upload_too_large']);
  const bomb = picture(10, 10, 'png');
  bomb.writeUInt32BE(10_000, 16);
  bomb.writeUInt32BE(10_000, 20);
  expect(await refused(await add(planner, 'schools/s', bomb, 'p.png'))).toEqual([413, 'photo_too_large']);
  expect(await refused(await add(planner, 'schools/s', picture(10, 10), 'p.jpg', { other: 'x' }))).toEqual([400, 'unknown_part']);
  expect(await refused(await add(planner, 'schools/s', picture(10, 10), 'p.jpg', { caption: 'x'.repeat(501) }))).toEqual([
    400,
    'caption_too_long',
  ]);
  expect(await refused(await add(planner, 'schools/none', picture(10, 10), 'p.jpg'))).toEqual([404, 'no_feature']);
  expect(await refused(await planner.send('POST', '/api/photos/schools/s', {}))).toEqual([415, 'multipart_only']);
  expect(await files()).toEqual(before);
  expect(await readdir(join(server.folder, 'uploads'))).toEqual([]);
});

test('a feature has twenty photos and no more', async () => {
  const tiny = picture(4, 4);
  const added = await Promise.all(Array.from({ length: 21 }, () => add(planner, 'schools/full', tiny, 'p.jpg')));
  expect(added.map(({ status }) => status).toSorted()).toEqual([...Array.from({ length: 20 }, () => 201), 409]);
  expect(await refused(await add(planner, 'schools/full', tiny, 'p.jpg'))).toEqual([409, 'too_many_photos']);
  const { photos } = await analyst.json<{ photos: Photo[] }>('/api/photos/schools/full');
  expect(photos).toHaveLength(20);
  // of the twenty-first, refused after it was encoded, nothing stays
  const others = [HOME, 'schools/s'].map(async (path) => (await analyst.json<{ photos: Photo[] }>(`/api/photos/${path}`)).photos);
  const kept = [...photos, ...(await Promise.all(others)).flat()];
  expect(await files()).toEqual(kept.flatMap(({ id }) => [`${id}.jpg`, `${id}.small.jpg`]).toSorted());
});

test('is for staff; of households all of it is audited', async () => {
  const visitor = new Client(server.url);
  const [photo] = (await analyst.json<{ photos: Photo[] }>(`/api/photos/${HOME}`)).photos;
  for (const path of ['/api/photos/schools/s', `/api/photos/${HOME}`, `/api/photos/${HOME}/${photo?.id}`])
    expect((await visitor.get(path)).status).toBe(401);
  expect((await add(visitor, 'schools/s', picture(4, 4), 'p.jpg')).status).toBe(401);
  expect((await add(analyst, 'schools/s', picture(4, 4), 'p.jpg')).status).toBe(403);
  expect((await analyst.get('/api/photos/nothing/s')).status).toBe(404);
  expect((await analyst.get(`/api/photos/${HOME}/${photo?.id}?size=huge`)).status).toBe(400);
  expect((await analyst.get(`/api/photos/${HOME}/..%2F..%2Fxiantu.gpkg`)).status).toBe(404);
  const admin = await Client.as(server, 'admin');
  const { entries } = await admin.json<{ entries: { action: string; subject: string; by: string }[] }>('/api/audit?limit=1000');
  const about = entries.filter(({ subject }) => subject.includes('households/h/1')).map(({ by, action, subject }) => `${by} ${action} ${subject.split(' ')[0]}`); // prettier-ignore
  expect(new Set(about)).toEqual(new Set(['planner photo photo', 'analyst read photos', 'analyst read photo']));
});
