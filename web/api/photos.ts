// Photos of a feature. They are private: only staff who are signed in are answered.
import type { LayerName } from '../../server/domain/layer.ts';
import type { Photo } from '../../server/domain/photo.ts';
import { ask } from './http.ts';

const pathOf = (layer: LayerName, id: string): string => `/api/photos/${layer}/${encodeURIComponent(id)}`;

export const fetchPhotos = async (layer: LayerName, id: string, signal?: AbortSignal): Promise<readonly Photo[]> =>
  (await ask<{ photos: Photo[] }>(pathOf(layer, id), { signal })).photos;

/** Adds one picture. @throws ApiError 413 for one that is too large, 415 or 422 for a file that is no picture */
export function addPhoto(layer: LayerName, id: string, file: File, caption: string): Promise<unknown> {
  const form = new FormData();
  // the texts first: a service that reads as it receives knows them when the file comes
  if (caption.trim() !== '') form.append('caption', caption.trim());
  form.append('file', file, file.name);
  return ask(pathOf(layer, id), { method: 'POST', body: form });
}

export const removePhoto = (layer: LayerName, id: string, photo: string): Promise<unknown> =>
  ask(`${pathOf(layer, id)}/${encodeURIComponent(photo)}`, { method: 'DELETE' });

/** The address of the picture itself. */
export const photoUrl = (layer: LayerName, id: string, photo: string, size: 'small' | 'full'): string =>
  `${pathOf(layer, id)}/${encodeURIComponent(photo)}${size === 'small' ? '?size=small' : ''}`;
