// How long it takes from a move of the hand to the count, and from there until it is painted: measures in the browser's own
// performance trace, so that anybody can look at them. The count itself is told apart from what the browser takes to hand the
// move over (it does so once a frame, and later when it is busy drawing) and to paint.

/** From the move to the page's hearing of it. */
const INPUT = 'xiantu:input';
/** From there to the count: snapping, the shape, the worker and back. */
const COUNT = 'xiantu:count';
/** From there until it is painted. */
const PAINT = 'xiantu:paint';
/** All of it. */
const WHOLE = 'xiantu:move-to-paint';
/** Entries that are kept of each; the trace must not grow for hours. */
const MOST = 2000;

/** A move: when it was made, and when the page heard of it. */
export interface Stamp {
  readonly made: number;
  readonly heard: number;
}

let moved: Stamp | null = null;
let measured = 0;

/** A move of the hand, by the time of its event. */
export function stampMove(made: number): void {
  moved = { made, heard: performance.now() };
}

/** Takes the stamp of the move that a question belongs to. */
export function takeMove(): Stamp | null {
  const stamp = moved;
  moved = null;
  return stamp;
}

/** The count of a move is in the page; the next frame shows it. */
export function stampCount(stamp: Stamp | null): void {
  if (stamp === null) return;
  if (++measured > MOST) {
    for (const name of [INPUT, COUNT, PAINT, WHOLE]) performance.clearMeasures(name);
    measured = 0;
  }
  const { made, heard } = stamp;
  const counted = performance.now();
  performance.measure(INPUT, { start: Math.min(made, heard), end: heard });
  performance.measure(COUNT, { start: heard, end: counted });
  requestAnimationFrame(() =>
    setTimeout(() => {
      const painted = performance.now();
      performance.measure(PAINT, { start: counted, end: painted });
      performance.measure(WHOLE, { start: Math.min(made, heard), end: painted });
    }),
  );
}
