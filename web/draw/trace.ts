// How long it takes from a move of the hand to the count, and from there until it is painted: marks in the browser's own
// performance trace, so that anybody can look at them. What the browser needs to draw the map is told apart.
const MOVE = 'xiantu:move-to-count';
const PAINT = 'xiantu:count-to-paint';
/** Entries that are kept; the trace must not grow for hours. */
const MOST = 2000;

let movedAt: number | null = null;
let measured = 0;

/** A move of the hand, by the time of its event. */
export function stampMove(at: number): void {
  movedAt = at;
}

/** Takes the time of the move that a question belongs to. */
export function takeMove(): number | null {
  const at = movedAt;
  movedAt = null;
  return at;
}

/** The count of a move is in the page; the next frame shows it. */
export function stampCount(from: number | null): void {
  if (from === null) return;
  if (++measured > MOST) {
    performance.clearMeasures(MOVE);
    performance.clearMeasures(PAINT);
    measured = 0;
  }
  const counted = performance.now();
  performance.measure(MOVE, { start: from, end: counted });
  requestAnimationFrame(() => setTimeout(() => performance.measure(PAINT, { start: counted, end: performance.now() })));
}
