// The Chinese font that notices are printed in, and which characters can be printed with it.
//
// The service brings Noto Sans SC (SIL OFL 1.1, data/fonts): some 8,000 characters, enough for text but not for every rare
// place name. What it lacks is taken from a Noto CJK font of the system, if there is one; what that lacks too is said.
import { createCanvas, GlobalFonts } from '@napi-rs/canvas';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FILES = {
  'Xiantu Notice': 'noto-sans-sc-chinese-simplified-400-normal.woff2',
  'Xiantu Notice Strong': 'noto-sans-sc-chinese-simplified-700-normal.woff2',
} as const;

/** System fonts with the characters that ours lacks; the first that exists serves. */
const FALLBACKS = '"Noto Sans CJK SC", "Noto Sans CJK JP", "Source Han Sans SC", "Noto Serif CJK SC"';

/** Printers set this where a type is missing. */
const GETA = '〓';

/** A character that no font has: what it looks like is what a missing one looks like. */
const NOWHERE = '\u{10FFFD}';
const PROBE = 40;

/** Registers the fonts, once in a process: they are shared by its threads. @throws Error when a file is not a font */
export function loadFonts(folder: string): void {
  for (const [family, file] of Object.entries(FILES)) {
    if (GlobalFonts.has(family)) continue;
    if (!GlobalFonts.register(readFileSync(join(folder, file)), family))
      throw new Error(`data/fonts/${file} is not a font that can be read`);
  }
}

/** A CSS font of this size in points. */
export function fontOf(size: number, strong: boolean): string {
  return `${size}px "${strong ? 'Xiantu Notice Strong' : 'Xiantu Notice'}", ${FALLBACKS}`;
}

/** Finds out which characters can be printed, by printing them, and replaces the others. */
export class Printable {
  private readonly known = new Map<string, boolean>();
  private readonly context = createCanvas(PROBE, PROBE).getContext('2d');
  private readonly missingShape: Uint8ClampedArray;
  private readonly lacking = new Set<string>();

  constructor() {
    this.missingShape = this.shapeOf(NOWHERE);
  }

  /** The text with 〓 for every character that no font has. */
  text(text: string): string {
    let result = '';
    for (const character of text) {
      if (this.has(character)) result += character;
      else {
        this.lacking.add(character);
        result += GETA;
      }
    }
    return result;
  }

  /** The characters that were replaced so far, with their code points: they cannot be shown by themselves. */
  get replaced(): string[] {
    return [...this.lacking].map((character) => `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`);
  }

  private has(character: string): boolean {
    if (character >= ' ' && character <= '~') return true;
    let known = this.known.get(character);
    if (known === undefined) {
      const shape = this.shapeOf(character);
      known = !shape.every((value, at) => value === this.missingShape[at]);
      this.known.set(character, known);
    }
    return known;
  }

  private shapeOf(character: string): Uint8ClampedArray {
    const { context } = this;
    context.clearRect(0, 0, PROBE, PROBE);
    context.font = fontOf(24, false);
    context.fillText(character, 6, 30);
    return context.getImageData(0, 0, PROBE, PROBE).data;
  }
}
