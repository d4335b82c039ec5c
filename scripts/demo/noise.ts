// Smooth gradient noise on a lattice (after Perlin, "Improving Noise", 2002), for terrain and irregular shapes.
import { randomOf } from './random.ts';

const DIRECTIONS = 32;
const order = new Uint8Array(512);
const directionX = new Float64Array(DIRECTIONS);
const directionY = new Float64Array(DIRECTIONS);

{
  const shuffled = randomOf('noise').shuffle(Array.from({ length: 256 }, (_, index) => index));
  shuffled.forEach((value, index) => {
    order[index] = value;
    order[index + 256] = value;
  });
  for (let i = 0; i < DIRECTIONS; i++) {
    directionX[i] = Math.cos((2 * Math.PI * i) / DIRECTIONS);
    directionY[i] = Math.sin((2 * Math.PI * i) / DIRECTIONS);
  }
}

function corner(ix: number, iy: number, dx: number, dy: number): number {
  const slot = (order[(order[ix & 255] ?? 0) + (iy & 255)] ?? 0) % DIRECTIONS;
  return (directionX[slot] ?? 0) * dx + (directionY[slot] ?? 0) * dy;
}

const fade = (t: number): number => t * t * t * (t * (t * 6 - 15) + 10);

/** About -1 to 1, one bump per unit. */
export function noise(x: number, y: number): number {
  const ix = Math.floor(x);
  const iy = Math.floor(y);
  const dx = x - ix;
  const dy = y - iy;
  const u = fade(dx);
  const v = fade(dy);
  const south = corner(ix, iy, dx, dy) * (1 - u) + corner(ix + 1, iy, dx - 1, dy) * u;
  const north = corner(ix, iy + 1, dx, dy - 1) * (1 - u) + corner(ix + 1, iy + 1, dx - 1, dy - 1) * u;
  return 1.5 * (south * (1 - v) + north * v);
}

/** Several layers of noise, each half as wide and `gain` as strong as the one before; about -1 to 1. */
export function layeredNoise(x: number, y: number, layers: number, gain = 0.5): number {
  let sum = 0;
  let strength = 1;
  let total = 0;
  let scale = 1;
  for (let layer = 0; layer < layers; layer++) {
    sum += strength * noise(x * scale + layer * 37.7, y * scale - layer * 19.3);
    total += strength;
    strength *= gain;
    scale *= 2.03;
  }
  return sum / total;
}
