// The packed index as it is sent. A million households are 44 MB of numbers, a third of that when compressed: that is done once
// for each version of the index, outside the serving thread, and kept for whoever asks next.
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Service } from '../service/service.ts';

/** Fast: levels beyond it save a tenth and take twice as long. */
export const INDEX_LEVEL = 3;
/** Bytes below which nobody waits long enough to notice. */
const WORTHWHILE = 256 * 1024;

const compress = promisify(gzip);

export interface IndexVersion {
  readonly revision: number;
  readonly order: string;
}

export interface IndexBody extends IndexVersion {
  readonly bytes: Buffer;
  readonly encoding: 'gzip' | null;
}

export class IndexBodies {
  private readonly service: Service;
  private kept: { readonly key: string; readonly body: Promise<IndexBody> } | null = null;

  constructor(service: Service) {
    this.service = service;
  }

  /** @param gzipped the asker reads gzip */
  async get(gzipped: boolean): Promise<IndexBody> {
    if (!gzipped) return this.packed();
    const { revision, order } = await this.service.reader.indexVersion();
    const key = `${revision} ${order}`;
    if (this.kept?.key !== key) {
      const body = this.compressed();
      this.kept = { key, body };
      body.catch(() => (this.kept = null));
    }
    return this.kept.body;
  }

  private async packed(): Promise<IndexBody> {
    const { bytes, revision, order } = await this.service.reader.packed();
    return { bytes: Buffer.from(bytes.buffer), revision, order, encoding: null };
  }

  private async compressed(): Promise<IndexBody> {
    const body = await this.packed();
    if (body.bytes.length < WORTHWHILE) return body;
    return { ...body, bytes: await compress(body.bytes, { level: INDEX_LEVEL }), encoding: 'gzip' };
  }
}
