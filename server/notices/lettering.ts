// Text on a canvas: printable characters only, in pieces that a reader of the PDF can select and search.
//
// Latin letters and the figures behind them are drawn apart: in one piece the font would take other figures, which have no
// character code, and the coordinates of the notice could not be copied.
import type { SKRSContext2D } from '@napi-rs/canvas';
import { fontOf, type Printable } from './fonts.ts';

export interface Style {
  /** Points. */
  readonly size: number;
  readonly strong?: boolean;
  readonly color?: string;
  readonly align?: 'left' | 'center' | 'right';
  /** Points added behind every character. */
  readonly spacing?: number;
  /** Colour of a plate behind the text, so that it can be read on a map. */
  readonly plate?: string;
}

export class Lettering {
  private readonly context: SKRSContext2D;
  private readonly printable: Printable;
  private readonly widths = new Map<string, number>();
  private font = '';
  private spacing = 0;

  constructor(context: SKRSContext2D, printable: Printable) {
    this.context = context;
    this.printable = printable;
  }

  /** Draws text with its baseline at y; answers its width in points. */
  draw(text: string, x: number, y: number, style: Style): number {
    const { context } = this;
    const pieces = piecesOf(this.printable.text(text));
    this.use(style);
    const spacing = style.spacing ?? 0;
    const needsWidth = (style.align ?? 'left') !== 'left' || style.plate !== undefined;
    const width = needsWidth ? pieces.reduce((sum, piece) => sum + this.advance(piece, spacing), 0) : 0;
    let at = style.align === 'center' ? x - width / 2 : style.align === 'right' ? x - width : x;
    if (style.plate) {
      context.fillStyle = style.plate;
      context.fillRect(at - 1, y - style.size * 0.9, width + 2, style.size * 1.14);
    }
    context.fillStyle = style.color ?? INK;
    const start = at;
    for (const [i, piece] of pieces.entries()) {
      context.fillText(piece, at, y);
      if (i < pieces.length - 1 || !needsWidth) at += this.advance(piece, spacing);
    }
    return needsWidth ? width : at - start;
  }

  /** Draws text with its left end at x, and measures no more than it must: for what comes in tens of thousands. */
  put(text: string, x: number, y: number, style: Style): void {
    const pieces = piecesOf(this.printable.text(text));
    this.use(style);
    this.context.fillStyle = style.color ?? INK;
    let at = x;
    for (const [i, piece] of pieces.entries()) {
      this.context.fillText(piece, at, y);
      if (i < pieces.length - 1) at += this.advance(piece, style.spacing ?? 0);
    }
  }

  /** Width in points of a text as `draw` sets it. */
  width(text: string, style: Style): number {
    this.use(style);
    return piecesOf(this.printable.text(text)).reduce((sum, piece) => sum + this.advance(piece, style.spacing ?? 0), 0);
  }

  private use({ size, strong = false, spacing = 0 }: Style): void {
    const font = fontOf(size, strong);
    // a restored context has forgotten both
    if (font !== this.font || this.context.font !== font) this.context.font = this.font = font;
    if (spacing !== this.spacing) this.context.letterSpacing = `${(this.spacing = spacing)}px`;
  }

  private advance(piece: string, spacing: number): number {
    const key = piece.length === 1 ? `${this.font}|${spacing}|${piece}` : '';
    const known = key === '' ? undefined : this.widths.get(key);
    if (known !== undefined) return known;
    const { width } = this.context.measureText(piece);
    if (key !== '') this.widths.set(key, width);
    return width;
  }
}

export const INK = '#15201D';

/** Runs of letters, and runs of everything else. */
function piecesOf(text: string): string[] {
  return text.match(/[A-Za-z]+|[^A-Za-z]+/g) ?? [];
}
