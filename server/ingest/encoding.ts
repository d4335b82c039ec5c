// Which encoding a county's text is in. Order: what the user says, a .cpg, the DBF language byte, a BOM, strict
// UTF-8, GB18030, and Windows-1252 for Western text that only looks like GB18030.

import { createReadStream } from 'node:fs';

const NAMES: Readonly<Record<string, string>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  '65001': 'utf-8',
  gbk: 'gb18030',
  gb2312: 'gb18030',
  gb18030: 'gb18030',
  cp936: 'gb18030',
  '936': 'gb18030',
  'ansi 936': 'gb18030',
  big5: 'big5',
  '950': 'big5',
  'iso-8859-1': 'windows-1252',
  'iso 8859-1': 'windows-1252',
  iso88591: 'windows-1252',
  '88591': 'windows-1252',
  latin1: 'windows-1252',
  'latin-1': 'windows-1252',
  'windows-1252': 'windows-1252',
  cp1252: 'windows-1252',
  '1252': 'windows-1252',
  'ansi 1252': 'windows-1252',
  'us-ascii': 'utf-8',
  ascii: 'utf-8',
};

/** The decoder's name for what a user or a .cpg writes, or null when nobody knows it. */
export function encodingNamed(label: string): string | null {
  return NAMES[label.trim().toLowerCase()] ?? null;
}

/** GB18030 is a superset of GBK and GB2312; LDID 0x4D is code page 936. */
export function encodingOfLanguageByte(byte: number): string | null {
  return byte === 0x4d ? 'gb18030' : null;
}

export interface Detected {
  encoding: string;
  /** Certain: a BOM, or text that only this encoding reads. */
  guessed: boolean;
}

/** Detects the encoding of a whole file, which is streamed. */
export async function detectFileEncoding(path: string): Promise<Detected> {
  const head: Buffer[] = [];
  let length = 0;
  for await (const chunk of createReadStream(path, { end: HEAD - 1 })) length += head.push(chunk as Buffer);
  const start = Buffer.concat(head);
  if (length === 0) return { encoding: 'utf-8', guessed: false };
  const marked = byMark(start);
  if (marked) return marked;
  if (await fileDecodes(path, 'utf-8')) return { encoding: 'utf-8', guessed: false };
  if (!(await fileDecodes(path, 'gb18030'))) return { encoding: 'windows-1252', guessed: true };
  return { encoding: looksWestern(new TextDecoder('gb18030').decode(start)) ? 'windows-1252' : 'gb18030', guessed: true };
}

const HEAD = 1024 * 1024;

async function fileDecodes(path: string, encoding: string): Promise<boolean> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: HEAD })) decoder.decode(chunk as Buffer, { stream: true });
    decoder.decode();
    return true;
  } catch {
    return false;
  }
}

function byMark(bytes: Uint8Array): Detected | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { encoding: 'utf-8', guessed: false };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: 'utf-16le', guessed: false };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { encoding: 'utf-16be', guessed: false };
  return null;
}

/** Detects the encoding of a whole text from its bytes. */
export function detectEncoding(bytes: Uint8Array): Detected {
  const marked = byMark(bytes);
  if (marked) return marked;
  if (decodes(bytes, 'utf-8')) return { encoding: 'utf-8', guessed: false };
  const chinese = decoded(bytes, 'gb18030');
  if (chinese !== null && !looksWestern(chinese)) return { encoding: 'gb18030', guessed: true };
  return { encoding: 'windows-1252', guessed: true };
}

function decoded(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function decodes(bytes: Uint8Array, encoding: string): boolean {
  return decoded(bytes, encoding) !== null;
}

/**
 * Western text read as GB18030 shows single ideographs stuck to Latin letters ("Cot巒ie"), where Chinese text shows
 * runs of them.
 */
function looksWestern(text: string): boolean {
  let stuck = 0;
  let runs = 0;
  for (const match of text.matchAll(/([A-Za-z]?)(\p{Script=Han}+)([A-Za-z]?)/gu)) {
    if (match[2]?.length === 1 && (match[1] !== '' || match[3] !== '')) stuck++;
    else runs++;
  }
  return stuck > runs;
}
