// Members of an uploaded zip, read into memory under caps. Nothing is ever written to disk by a member's name.
import { fromFd, type Entry, type ZipFile } from 'yauzl';
import { open } from 'node:fs';
import { unusable } from '../issues.ts';

export const ZIP_LIMITS = {
  entries: 200,
  /** Unpacked bytes in all. */
  total: 1024 * 1024 * 1024,
  /** Unpacked to packed, for members over 1 MiB. */
  ratio: 200,
} as const;

const SYMLINK = 0o120000;
const FILE_TYPE = 0o170000;

/** Names may be in UTF-8 or GB18030. */
function nameOf(entry: Entry): string {
  const raw = entry.fileName as unknown as Buffer;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(raw);
  } catch {
    return new TextDecoder('gb18030').decode(raw);
  }
}

function assertHarmless(entry: Entry, name: string): void {
  const parts = name.split(/[/\\]/);
  if (name.startsWith('/') || name.startsWith('\\') || /^[A-Za-z]:/.test(name) || parts.includes('..')) {
    throw unusable('zip_path', `The zip has a member with a path that leaves its folder: ${name.slice(0, 120)}. Pack the files anew.`);
  }
  if ((entry.generalPurposeBitFlag & 1) === 1) throw unusable('zip_encrypted', 'The zip is encrypted. Pack it without a password.');
  const mode = entry.externalFileAttributes >>> 16;
  if ((mode & FILE_TYPE) === SYMLINK) throw unusable('zip_link', `The zip has a link instead of a file: ${name.slice(0, 120)}.`);
  if (/\.(zip|rar|7z|gz|tar)$/i.test(name)) {
    throw unusable('zip_nested', `The zip holds another archive (${name.slice(0, 120)}). Upload its content directly.`);
  }
  if (entry.uncompressedSize > 1024 * 1024 && entry.uncompressedSize > entry.compressedSize * ZIP_LIMITS.ratio) {
    throw unusable(
      'zip_bomb',
      `The member ${name.slice(0, 120)} unpacks to more than ${ZIP_LIMITS.ratio} times its size; the zip is refused.`,
    );
  }
}

/**
 * Reads the members whose names `wanted` accepts.
 * @param options `fullNames`: keys are whole names in lower case, folders included; else base names
 */
export async function readZip(
  path: string,
  wanted: (name: string) => boolean,
  options = { fullNames: false },
): Promise<Map<string, Buffer>> {
  const zip = await openZip(path);
  try {
    return await readMembers(zip, wanted, options.fullNames);
  } finally {
    zip.close();
  }
}

function openZip(path: string): Promise<ZipFile> {
  const options = { lazyEntries: true, decodeStrings: false, validateEntrySizes: true, autoClose: false };
  return new Promise((resolve, reject) => {
    open(path, 'r', (error, fd) => {
      if (error) return reject(error);
      fromFd(fd, options, (fault, zip) => {
        if (fault || !zip)
          reject(unusable('zip_damaged', 'The zip cannot be opened: it is damaged or cut short. Pack and upload it again.'));
        else resolve(zip);
      });
    });
  });
}

function readMembers(zip: ZipFile, wanted: (name: string) => boolean, fullNames: boolean): Promise<Map<string, Buffer>> {
  return new Promise((resolve, reject) => {
    const members = new Map<string, Buffer>();
    let entries = 0;
    let total = 0;
    const fail = (error: unknown) => reject(error instanceof Error ? asProblem(error) : new Error(String(error)));
    zip.on('error', fail);
    zip.on('end', () => resolve(members));
    zip.on('entry', (entry: Entry) => {
      try {
        const name = nameOf(entry);
        if (++entries > ZIP_LIMITS.entries) throw unusable('zip_entries', `The zip has more than ${ZIP_LIMITS.entries} members.`);
        assertHarmless(entry, name);
        const base = (fullNames ? name.replaceAll('\\', '/') : (name.split(/[/\\]/).pop() ?? '')).toLowerCase();
        if (name.endsWith('/') || name.startsWith('__MACOSX') || base === '' || !wanted(base)) return zip.readEntry();
        if (members.has(base)) throw unusable('zip_duplicate', `The zip has two members called ${base}.`);
        zip.openReadStream(entry, (error, stream) => {
          if (error) return fail(error);
          const chunks: Buffer[] = [];
          let size = 0;
          stream.on('error', fail);
          stream.on('data', (chunk: Buffer) => {
            size += chunk.length;
            total += chunk.length;
            if (total > ZIP_LIMITS.total || size > Math.max(1024 * 1024, entry.compressedSize * ZIP_LIMITS.ratio)) {
              stream.destroy();
              return fail(unusable('zip_bomb', 'The zip unpacks to far more than it says; it is refused.'));
            }
            chunks.push(chunk);
          });
          stream.on('end', () => {
            members.set(base, Buffer.concat(chunks));
            zip.readEntry();
          });
        });
      } catch (error) {
        fail(error);
      }
    });
    zip.readEntry();
  });
}

function asProblem(error: Error): Error {
  return error.name === 'Problem' ? error : unusable('zip_damaged', 'A member of the zip is damaged. Pack and upload it again.');
}
