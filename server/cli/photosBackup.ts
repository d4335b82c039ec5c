// Photos beside a backup of the store: a folder with their files and the list of what they show. They are kept apart from the
// features' file in a backup too, so that the file can still be handed on.
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { PhotoRegister, type PhotoOf } from '../accounts/photoRegister.ts';

const LIST = 'photos.json';

const listed = z.array(
  z.object({
    id: z.uuid(),
    layer: z.string(),
    feature: z.string(),
    caption: z.string().nullable(),
    by: z.string(),
    at: z.string(),
    width: z.number(),
    height: z.number(),
    bytes: z.number(),
  }),
);

/** Where the photos of a backup lie: beside its file. */
export function photosBeside(backup: string): string {
  return `${backup}.photos`;
}

const accountsOf = (dataFolder: string) => join(dataFolder, 'accounts.sqlite');
const filesOf = ({ id }: { id: string }) => [`${id}.jpg`, `${id}.small.jpg`];

/**
 * Copies every photo, while the service may run.
 * @returns how many; one that is removed meanwhile is left out, and an earlier copy in the same place gives way
 */
export async function backUpPhotos(dataFolder: string, target: string): Promise<number> {
  if (!existsSync(accountsOf(dataFolder))) return 0;
  const register = new PhotoRegister(accountsOf(dataFolder));
  const photos = register.all();
  register.close();
  const partial = `${target}.partial`;
  await rm(partial, { recursive: true, force: true });
  const kept: PhotoOf[] = [];
  if (photos.length > 0) await mkdir(partial, { recursive: true, mode: 0o700 });
  for (const photo of photos) {
    const there = await Promise.all(filesOf(photo).map((name) => isFile(join(dataFolder, 'photos', name))));
    if (!there.every(Boolean)) continue;
    for (const name of filesOf(photo)) await copyFile(join(dataFolder, 'photos', name), join(partial, name));
    kept.push(photo);
  }
  await rm(target, { recursive: true, force: true });
  if (photos.length === 0) return 0;
  await writeFile(join(partial, LIST), JSON.stringify(kept), { mode: 0o600, flush: true });
  await rename(partial, target);
  return kept.length;
}

/**
 * Puts the photos of a backup in their place, beside those that are there. The service must be stopped.
 * @returns how many there are in the backup
 * @throws Error when the list of the backup is not as it was written
 */
export async function restorePhotos(dataFolder: string, source: string): Promise<number> {
  if (!existsSync(source)) return 0;
  const photos = listed.parse(JSON.parse(await readFile(join(source, LIST), 'utf8')));
  await mkdir(join(dataFolder, 'photos'), { recursive: true, mode: 0o700 });
  for (const photo of photos) {
    for (const name of filesOf(photo)) await copyFile(join(source, name), join(dataFolder, 'photos', name));
  }
  const register = new PhotoRegister(accountsOf(dataFolder));
  for (const photo of photos) register.put(photo);
  register.close();
  return photos.length;
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
