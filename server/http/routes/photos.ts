import { Router, type Request } from 'express';
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { MOST_PHOTOS, tooManyPhotos, type PhotoOf } from '../../accounts/photoRegister.ts';
import type { LayerName } from '../../domain/layer.ts';
import { Problem } from '../../domain/problem.ts';
import type { ImageFormat } from '../../photos/imageHead.ts';
import { isPersonal } from '../../policy/policy.ts';
import { baseUrl, type Context } from '../context.ts';
import { editableLayer, readableLayer } from '../layers.ts';
import { oneOf, readQuery } from '../query.ts';
import { requireRole, type Visitor } from '../session.ts';
import { receive, type Upload } from '../upload.ts';

const MOST_BYTES = 12 * 1024 * 1024;
const WORDS = { parts: '`file` and, if you like, `caption`', tooLarge: 'Make the photo smaller.' };
const LONGEST_CAPTION = 500;

const FORMATS: Readonly<Record<string, ImageFormat>> = { jpg: 'jpeg', jpeg: 'jpeg', png: 'png', webp: 'webp' };

/** Photos of features: for staff alone, and never beside the features' file. */
export function photoRoutes({ service }: Context): Router {
  const router = Router({ strict: true, caseSensitive: true });
  const filesOf = (id: string) => ({
    photo: join(service.folders.photos, `${id}.jpg`),
    thumbnail: join(service.folders.photos, `${id}.small.jpg`),
  });

  router.post('/api/photos/:layer/:id', async (request, response) => {
    const { layer, visitor, editor } = editableLayer(request);
    readQuery(request, []);
    const feature = request.params.id;
    await assertThere(visitor, layer, feature);
    if ((await service.accounts.photosOf(layer, feature)).length >= MOST_PHOTOS) throw tooManyPhotos();
    const upload = await receive(request, service.folders.uploads, MOST_BYTES, WORDS);
    const id = randomUUID();
    try {
      const caption = captionOf(upload);
      const named = formatOf(upload);
      const encoded = await service.photos.run((call) => call.encode(upload.path, named, filesOf(id)));
      const photo: PhotoOf = { id, layer, feature, caption, by: editor.by, at: new Date().toISOString(), ...encoded };
      await service.accounts.addPhoto(photo);
      await audit(visitor, 'photo', layer, `photo ${id} of ${layer}/${feature}`, 1, true);
      const { layer: _layer, feature: _feature, ...answer } = photo;
      response
        .status(201)
        .set('Location', `${baseUrl(service, request)}/api/photos/${layer}/${encodeURIComponent(feature)}/${id}`)
        .json(answer);
    } catch (error) {
      await removeFiles(id);
      throw error;
    } finally {
      await Promise.all(upload.parts.map(({ path }) => rm(path, { force: true })));
    }
  });

  router.get('/api/photos/:layer/:id', async (request, response) => {
    const { layer, visitor } = readable(request);
    readQuery(request, []);
    const feature = request.params.id;
    await assertThere(visitor, layer, feature);
    const photos = await service.accounts.photosOf(layer, feature);
    await audit(visitor, 'read', layer, `photos of ${layer}/${feature}`, photos.length);
    response.set('Cache-Control', 'private, no-store').json({ photos });
  });

  router.get('/api/photos/:layer/:id/:photo', async (request, response) => {
    const { layer, visitor } = readable(request);
    const size = oneOf(readQuery(request, ['size']), 'size', ['large', 'small'], 'large');
    const { id: feature, photo: id } = request.params;
    await assertThere(visitor, layer, feature);
    const known = (await service.accounts.photosOf(layer, feature)).some((photo) => photo.id === id);
    if (!known) throw noPhoto();
    const path = size === 'small' ? filesOf(id).thumbnail : filesOf(id).photo;
    const file = await stat(path).catch(() => null);
    if (!file) throw noPhoto();
    await audit(visitor, 'read', layer, `photo ${id} (${size}) of ${layer}/${feature}`, 1);
    response.set({
      'Content-Type': 'image/jpeg',
      'Content-Length': String(file.size),
      'Content-Disposition': `inline; filename="photo-${id}.jpg"`,
      'Cache-Control': 'private, no-store',
    });
    await pipeline(createReadStream(path), response).catch((error: unknown) => {
      if (!response.destroyed) throw error;
    });
  });

  router.delete('/api/photos/:layer/:id/:photo', async (request, response) => {
    const { layer, visitor } = editableLayer(request);
    readQuery(request, []);
    const { id: feature, photo: id } = request.params;
    await assertThere(visitor, layer, feature);
    if (!(await service.accounts.removePhoto(layer, feature, id))) throw noPhoto();
    await removeFiles(id);
    await audit(visitor, 'delete', layer, `photo ${id} of ${layer}/${feature}`, 1, true);
    response.status(204).end();
  });

  async function assertThere(visitor: Visitor, layer: LayerName, id: string): Promise<void> {
    if (!(await service.reader.item(visitor.role, layer, id, 4326, false)))
      throw new Problem(404, 'no_feature', `${layer} has no feature ${id.slice(0, 120)}.`);
  }

  async function removeFiles(id: string): Promise<void> {
    await Promise.all(Object.values(filesOf(id)).map((path) => rm(path, { force: true })));
  }

  /** Reading is audited where it is reading personal data, changing always. */
  async function audit(visitor: Visitor, action: string, layer: LayerName, subject: string, count: number, always = false): Promise<void> {
    if (!always && !isPersonal(layer)) return;
    await service.accounts.audit({ by: visitor.username ?? '', role: visitor.role, action, subject: subject.slice(0, 500), count });
  }

  return router;
}

function readable(request: Request): { layer: LayerName; visitor: Visitor } {
  requireRole(request, 'analyst');
  return readableLayer(request);
}

const noPhoto = () => new Problem(404, 'no_photo', 'The feature has no such photo.');

/** @throws Problem 400 for anything else than a caption */
function captionOf({ fields }: Upload): string | null {
  for (const name of fields.keys()) {
    if (name !== 'caption') throw new Problem(400, 'unknown_part', `There is no part ${name.slice(0, 60)} here. Known: file, caption.`);
  }
  const caption = (fields.get('caption') ?? '').trim();
  if (caption.length > LONGEST_CAPTION) throw new Problem(400, 'caption_too_long', `A caption has at most ${LONGEST_CAPTION} characters.`);
  return caption === '' ? null : caption;
}

/** The format that the name of the file says. @throws Problem 415 */
function formatOf({ fileName }: Upload): ImageFormat {
  const ending = /\.(\w+)$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
  const format = FORMATS[ending];
  if (!format) throw new Problem(415, 'photo_type', '照片须为 JPEG、PNG 或 WebP A photo is a .jpg, .png or .webp file.');
  return format;
}
