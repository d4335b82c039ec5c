// Multipart uploads, streamed to disk: one file, or the parts of one shapefile. Memory does not grow with them.
import busboy from 'busboy';
import type { Request } from 'express';
import { randomUUID } from 'node:crypto';
import { createWriteStream, type WriteStream } from 'node:fs';
import { rm, statfs } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Problem } from '../domain/problem.ts';

export interface UploadedPart {
  readonly path: string;
  /** As the client calls it: data, never a path. */
  readonly fileName: string;
}

export interface Upload extends UploadedPart {
  /** All files: the one above, or the parts of a shapefile that it is one of. */
  readonly parts: readonly UploadedPart[];
  readonly fields: ReadonlyMap<string, string>;
}

/** A shapefile has no more parts than these. */
const SHAPEFILE_PARTS = /\.(shp|shx|dbf|prj|cpg|qpj|sbn|sbx|xml)$/i;
const MOST_PARTS = 8;

/** Bytes that stay free on the disk: the store and the audit log must be able to go on. */
const DISK_FLOOR = 256 * 1024 * 1024;

/** @throws Problem 507 when an upload of this size would not leave the disk its floor */
async function assertRoom(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize - bytes >= DISK_FLOOR) return;
  throw new Problem(507, 'disk_full', '磁盘空间不足，请管理员清理 The disk is nearly full. Ask the administrator to make room.', {
    headers: { Connection: 'close' },
  });
}

/**
 * @param limit bytes of one file
 * @param words how a refusal names the parts of the form, and what to do about a file that is too large
 * @throws Problem 400, 413, 415 or 507; nothing is left on disk then
 */
export async function receive(
  request: Request,
  folder: string,
  limit: number,
  words = { parts: '`file` and `layer`', tooLarge: 'Split the file.' },
): Promise<Upload> {
  const tooLarge = () =>
    new Problem(
      413,
      'upload_too_large',
      `The upload is larger than ${Math.round(limit / 1024 / 1024)} MiB, the most that is taken. ${words.tooLarge}`,
      { headers: { Connection: 'close' } },
    );
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > limit + 64 * 1024) throw tooLarge();
  if (!/^multipart\/form-data/i.test(request.headers['content-type'] ?? '')) {
    throw new Problem(415, 'multipart_only', `Send multipart/form-data with the parts ${words.parts}.`);
  }
  await assertRoom(folder, announced);
  return new Promise((resolve, reject) => {
    const parts: UploadedPart[] = [];
    const files: WriteStream[] = [];
    const written: Promise<void>[] = [];
    const fields = new Map<string, string>();
    let settled = false;
    const fail = (problem: Problem) => {
      // one fault brings others after it: a body that is cut short also closes the parser
      if (settled) return;
      settled = true;
      request.unpipe(parser);
      request.resume();
      // nothing more comes for them: open, they would be waited for in vain
      for (const file of files) file.destroy();
      Promise.all(written)
        .then(() => Promise.all(parts.map(({ path }) => rm(path, { force: true }))))
        .then(() => reject(problem), reject);
    };
    let parser: busboy.Busboy;
    try {
      parser = busboy({
        headers: request.headers,
        defParamCharset: 'utf8',
        limits: { fileSize: limit, files: MOST_PARTS, fields: 20, fieldSize: 64 * 1024, parts: 30 },
      });
    } catch {
      reject(new Problem(400, 'bad_multipart', 'The multipart body cannot be read.'));
      return;
    }
    parser.on('field', (name, value) => fields.set(name, value));
    parser.on('filesLimit', () => fail(oneFile()));
    parser.on('file', (name, stream, info) => {
      // a part that the body ends in is an error of its own stream; unheard it would end the process
      stream.on('error', () => fail(cutShort()));
      if (settled || name !== 'file') {
        stream.resume();
        return;
      }
      const path = join(folder, randomUUID());
      parts.push({ path, fileName: basename((info.filename ?? 'upload').replaceAll('\\', '/')) });
      const out = createWriteStream(path, { mode: 0o600 });
      files.push(out);
      written.push(new Promise((done) => void out.on('close', done)));
      out.on('error', () => fail(new Problem(507, 'disk', 'The upload could not be written to disk.')));
      stream.on('limit', () => fail(tooLarge()));
      stream.pipe(out);
    });
    parser.on('error', () => fail(cutShort()));
    parser.on('close', () => {
      const main = parts.find(({ fileName }) => /\.shp$/i.test(fileName)) ?? parts[0];
      if (!main) return fail(new Problem(400, 'no_file', 'The part `file` is missing.'));
      if (parts.length > 1 && !parts.every(({ fileName }) => SHAPEFILE_PARTS.test(fileName))) return fail(oneFile());
      void Promise.all(written).then(() => {
        if (settled) return;
        settled = true;
        resolve({ ...main, parts, fields });
      });
    });
    const brokenOff = () => fail(new Problem(400, 'aborted', 'The upload was broken off.'));
    request.on('aborted', brokenOff);
    // while the disk was asked for its room
    if (request.destroyed && !request.complete) brokenOff();
    else request.pipe(parser);
  });
}

const cutShort = () =>
  new Problem(400, 'bad_multipart', '上传的内容不完整，请重新上传 The multipart body is cut short or malformed. Send it again.');

const oneFile = () => new Problem(400, 'one_file', 'Send one file at a time, or the parts of one shapefile together.');
