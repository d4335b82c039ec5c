// XML of uploaded files, read as a stream of tags. No DOCTYPE, hence no entities of a file's own; nothing is ever fetched.
import { SaxesParser } from 'saxes';
import { unusable } from '../issues.ts';

/** Told of each tag and text. Names come without their namespace prefix. */
export interface XmlListener {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
}

/** Deeper than any honest file nests. */
const DEEPEST = 100;
const SLICE = 1024 * 1024;

const local = (name: string) => name.slice(name.indexOf(':') + 1);

/**
 * Walks through a document. Between slices of a megabyte it lets `pause` run.
 * @throws Problem for XML that is broken, too deep, or has a DOCTYPE
 */
export function walkXml(bytes: Uint8Array, what: string, listener: XmlListener): void {
  const steps = walkXmlBySlices(bytes, what, listener);
  while (steps.next().done !== true);
}

/** The same in steps: each step reads a slice, so that a caller can hand on what it has. */
export function* walkXmlBySlices(bytes: Uint8Array, what: string, listener: XmlListener): Generator<void> {
  const parser = new SaxesParser({ fragment: false });
  let depth = 0;
  const broken = (detail: string) => unusable('xml_broken', `${what} is broken XML: ${detail.slice(0, 160)}. Save the file again.`);
  parser.on('doctype', () => {
    throw unusable('xml_doctype', `${what} has a DOCTYPE, which is refused: it can make a small file a huge one. Save the file again.`);
  });
  parser.on('error', (error) => {
    throw broken(error.message);
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (++depth > DEEPEST) throw broken(`tags nest deeper than ${DEEPEST}`);
    listener.open?.(local(name), attributes as Record<string, string>);
  });
  parser.on('text', (text) => listener.text?.(text));
  parser.on('cdata', (text) => listener.text?.(text));
  parser.on('closetag', ({ name }) => {
    depth--;
    listener.close?.(local(name));
  });
  const decoder = new TextDecoder(encodingOf(bytes));
  for (let at = 0; at < bytes.length; at += SLICE) {
    parser.write(decoder.decode(bytes.subarray(at, at + SLICE), { stream: true }));
    yield;
  }
  parser.write(decoder.decode()).close();
}

/** UTF-8 unless a byte order mark or the declaration says otherwise. */
function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const declared = /^(?:\uFEFF)?<\?xml[^>]*encoding=["']([\w-]+)["']/.exec(new TextDecoder('latin1').decode(bytes.subarray(0, 200)))?.[1];
  return declared && /^gb(k|2312|18030)$/i.test(declared) ? 'gb18030' : 'utf-8';
}
