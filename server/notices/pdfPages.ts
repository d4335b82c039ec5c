// The pages of a notice's PDF: A4 with the margins of GB/T 9704, a page number on the outer side, the watermark across.
import { createCanvas, PDFDocument, type SKRSContext2D } from '@napi-rs/canvas';
import type { Printable } from './fonts.ts';
import { Lettering } from './lettering.ts';
import { drawWatermark, type Pen } from './mapSymbols.ts';

/** A4 in points. */
export const PAGE = { width: 595.28, height: 841.89 } as const;

/** The text area: 28 characters of 16 points wide, 37 mm from the top and 35 mm from the bottom. */
export const AREA = { left: 73.6, top: 105, width: 448, bottom: 742 } as const;

export class Pages {
  /** Where the next line begins, in points from the top. */
  y: number = AREA.top;
  private readonly document: PDFDocument;
  private readonly printable: Printable;
  private readonly watermark: string | null;
  private readonly ruler: Lettering;
  private current: Pen | null = null;
  private number = 0;

  constructor(title: string, printable: Printable, watermark: string | null) {
    this.document = new PDFDocument({ title, creator: 'Xiantu', producer: 'Xiantu' });
    this.printable = printable;
    this.watermark = watermark;
    this.ruler = new Lettering(createCanvas(1, 1).getContext('2d'), printable);
  }

  /** The page that is being written. */
  get pen(): Pen {
    return this.current ?? this.next();
  }

  /** Code points that could not be printed so far. */
  get replaced(): readonly string[] {
    return this.printable.replaced;
  }

  /** Measures text at a size without drawing it. */
  width(text: string, size: number, strong = false): number {
    return this.ruler.width(text, { size, strong });
  }

  /** Ends the page and begins another. */
  next(): Pen {
    this.end();
    // the library's types name the browser's context; it is its own
    const context = this.document.beginPage(PAGE.width, PAGE.height) as unknown as SKRSContext2D;
    const letters = new Lettering(context, this.printable);
    this.number++;
    const pen: Pen = { context, letters };
    this.current = pen;
    this.y = AREA.top;
    return pen;
  }

  /** Goes on to the next page where less than this many points are left; answers whether it did. */
  ensure(height: number): boolean {
    if (this.current && this.y + height <= AREA.bottom) return false;
    const first = this.current === null;
    this.next();
    return !first;
  }

  /** The file. Nothing can be written after it. */
  close(): Uint8Array {
    this.end();
    return new Uint8Array(this.document.close());
  }

  private end(): void {
    if (!this.current) return;
    if (this.watermark !== null) drawWatermark(this.current, this.watermark, PAGE);
    const odd = this.number % 2 === 1;
    const x = odd ? AREA.left + AREA.width - 14 : AREA.left + 14;
    this.current.letters.draw(`— ${this.number} —`, x, AREA.bottom + 34, { size: 14, align: odd ? 'right' : 'left' });
    this.document.endPage();
    this.current = null;
  }
}
