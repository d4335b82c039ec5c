// Which photos there are of which feature, in the file of accounts: photos are never handed on with the features.
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import type { Photo } from '../domain/photo.ts';
import { Problem } from '../domain/problem.ts';

export interface PhotoOf extends Photo {
  readonly layer: string;
  readonly feature: string;
}

export const MOST_PHOTOS = 20;

export class PhotoRegister {
  private readonly database: DatabaseSync;

  /** @param path of the file of accounts */
  constructor(path: string) {
    this.database = new DatabaseSync(path, { timeout: 5000 });
    this.database.exec(`PRAGMA synchronous = FULL;
      CREATE TABLE IF NOT EXISTS photos (id TEXT PRIMARY KEY, layer TEXT NOT NULL, feature TEXT NOT NULL, caption TEXT, by TEXT NOT NULL,
        at TEXT NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL, bytes INTEGER NOT NULL);
      CREATE INDEX IF NOT EXISTS photos_of ON photos (layer, feature, at);`);
  }

  /** Photos of a feature, the oldest first. */
  async of(layer: string, feature: string): Promise<Photo[]> {
    return this.database
      .prepare('SELECT * FROM photos WHERE layer = ? AND feature = ? ORDER BY at, id')
      .all(layer, feature)
      .map((row) => photoOf(row));
  }

  /** @throws Problem 409 when the feature has as many as it may have */
  async add(photo: PhotoOf): Promise<void> {
    const row = this.database.prepare('SELECT count(*) AS n FROM photos WHERE layer = ? AND feature = ?').get(photo.layer, photo.feature);
    if (Number(row?.['n']) >= MOST_PHOTOS) throw tooManyPhotos();
    this.put(photo);
  }

  /** False when the feature has no such photo. */
  async remove(layer: string, feature: string, id: string): Promise<boolean> {
    const { changes } = this.database.prepare('DELETE FROM photos WHERE id = ? AND layer = ? AND feature = ?').run(id, layer, feature);
    return changes !== 0;
  }

  /** Every photo, for a backup. */
  all(): PhotoOf[] {
    return this.database
      .prepare('SELECT * FROM photos ORDER BY at, id')
      .all()
      .map((row) => ({ ...photoOf(row), layer: String(row['layer']), feature: String(row['feature']) }));
  }

  /** Enters a photo as it is; one that is there already stays. */
  put({ id, layer, feature, caption, by, at, width, height, bytes }: PhotoOf): void {
    this.database
      .prepare(
        'INSERT OR IGNORE INTO photos (id, layer, feature, caption, by, at, width, height, bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
      )
      .run(id, layer, feature, caption, by, at, width, height, bytes);
  }

  close(): void {
    this.database.close();
  }
}

export function tooManyPhotos(): Problem {
  return new Problem(
    409,
    'too_many_photos',
    `每个对象最多 ${MOST_PHOTOS} 张照片，请先删除 A feature has at most ${MOST_PHOTOS} photos. Remove one first.`,
  );
}

function photoOf(row: Record<string, SQLOutputValue>): Photo {
  return {
    id: String(row['id']),
    caption: typeof row['caption'] === 'string' ? row['caption'] : null,
    by: String(row['by']),
    at: String(row['at']),
    width: Number(row['width']),
    height: Number(row['height']),
    bytes: Number(row['bytes']),
  };
}
