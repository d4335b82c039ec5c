// ground.png: the relief as shadow and light over whatever lies below, so that it serves light and dark pages alike.
import { fromLonLat, toLonLat } from './frame.ts';
import { noise } from './noise.ts';
import type { Place } from './plane.ts';
import { writePalettePng, type Colour } from './png.ts';
import type { Terrain } from './terrain.ts';

const WIDTH = 1400;
/** Half the size of the picture in the district's plane, metres. */
const HALF_WIDTH = 4300;
const HALF_HEIGHT = 3500;
/** Light from four sides (degrees clockwise from north) with its share; one light alone would hide slopes along its beam. */
const LIGHTS: readonly (readonly [number, number])[] = [
  [315, 0.46],
  [270, 0.2],
  [0, 0.2],
  [225, 0.14],
];
const SUN_HEIGHT = 0.7;
const SUN_FLAT = Math.sqrt(1 - SUN_HEIGHT ** 2);
/** The relief is drawn a little stronger than it is: at this scale true slopes look flat. */
const EXAGGERATION = 1.25;
/** Nearly black, so that it still darkens a dark page; on a light one its alpha makes it grey. */
const SHADOW: readonly [number, number, number] = [14, 26, 30];
const LIGHT: readonly [number, number, number] = [255, 253, 244];
const STEPS = 44;
const LIGHT_STEPS = 16;
const DARKEST = 0.56;
/** Weak: on paper it hardly shows, on a dark page it alone would turn the relief inside out. */
const LIGHTEST = 0.17;
/** Lon/lat of a coarse net of pixels, between which the plane is straight to millimetres. */
const NET = 16;

export interface Ground {
  readonly png: Uint8Array;
  /** West, south, east, north in degrees. */
  readonly bounds: [number, number, number, number];
}

const mercator = (lat: number): number => Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360));
const latitude = (y: number): number => (Math.atan(Math.exp(y)) * 360) / Math.PI - 90;

/** Index 0 is flat ground, nothing drawn; then shadows from weak to deep; then lights. */
function palette(): Colour[] {
  const shadows = Array.from({ length: STEPS }, (_, i): Colour => [...SHADOW, Math.round((255 * DARKEST * i) / (STEPS - 1))]);
  const lights = Array.from({ length: LIGHT_STEPS }, (_, i): Colour => [...LIGHT, Math.round((255 * LIGHTEST * (i + 1)) / LIGHT_STEPS)]);
  return [...lights.toReversed(), ...shadows];
}

/** Fine rills on the slopes, which the 24 m ground is too coarse for. */
function rills(place: Place, slope: number): number {
  const [x, y] = place;
  const bend = noise(x / 210, y / 210);
  const ridge = 1 - 2 * Math.abs(noise(x / 74 + bend, y / 74 - bend));
  const fine = 1 - 2 * Math.abs(noise(x / 33 - bend, y / 33 + 40));
  return Math.min(slope, 0.6) * (3.4 * ridge + 0.9 * fine);
}

/** Heights at the pixels, one more on each side. */
function heights(terrain: Terrain, width: number, height: number, placeOf: (column: number, row: number) => Place): Float32Array {
  const stride = width + 2;
  const values = new Float32Array(stride * (height + 2));
  for (let row = -1; row <= height; row++) {
    for (let column = -1; column <= width; column++) {
      const place = placeOf(column, row);
      values[(row + 1) * stride + column + 1] = terrain.smoothHeight(place) + rills(place, terrain.slope(place));
    }
  }
  return values;
}

function placesOf(bounds: readonly number[], width: number, height: number): (column: number, row: number) => Place {
  const [west = 0, south = 0, east = 0, north = 0] = bounds;
  const top = mercator(north);
  const bottom = mercator(south);
  const net: Place[] = [];
  for (let j = 0; j <= NET; j++) {
    for (let i = 0; i <= NET; i++) net.push(fromLonLat([west + ((east - west) * i) / NET, latitude(top + ((bottom - top) * j) / NET)]));
  }
  return (column, row) => {
    const u = ((column + 0.5) / width) * NET;
    const v = ((row + 0.5) / height) * NET;
    const i = Math.min(NET - 1, Math.max(0, Math.floor(u)));
    const j = Math.min(NET - 1, Math.max(0, Math.floor(v)));
    const a = net[j * (NET + 1) + i] ?? [0, 0];
    const b = net[j * (NET + 1) + i + 1] ?? a;
    const c = net[(j + 1) * (NET + 1) + i] ?? a;
    return [a[0] + (b[0] - a[0]) * (u - i) + (c[0] - a[0]) * (v - j), a[1] + (b[1] - a[1]) * (u - i) + (c[1] - a[1]) * (v - j)];
  };
}

/** Renders the relief. Pixels are square in Web Mercator, the projection in which the page stretches the picture. */
export function renderGround(terrain: Terrain): Ground {
  const [west, south] = toLonLat([-HALF_WIDTH, -HALF_HEIGHT]);
  const [east, north] = toLonLat([HALF_WIDTH, HALF_HEIGHT]);
  const bounds: Ground['bounds'] = [west, south, east, north];
  const across = ((east - west) * Math.PI) / 180;
  const height = Math.round((WIDTH * (mercator(north) - mercator(south))) / across);
  const level = heights(terrain, WIDTH, height, placesOf(bounds, WIDTH, height));
  const stride = WIDTH + 2;
  const scale = EXAGGERATION / ((2 * 2 * HALF_WIDTH) / WIDTH);
  const suns = LIGHTS.map(([azimuth, share]) => {
    const angle = (azimuth * Math.PI) / 180;
    return [Math.sin(angle) * SUN_FLAT, Math.cos(angle) * SUN_FLAT, share] as const;
  });
  const pixels = new Uint8Array(WIDTH * height);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < WIDTH; column++) {
      const i = (row + 1) * stride + column + 1;
      const east2 = ((level[i + 1] ?? 0) - (level[i - 1] ?? 0)) * scale;
      const north2 = ((level[i - stride] ?? 0) - (level[i + stride] ?? 0)) * scale;
      const norm = Math.sqrt(east2 * east2 + north2 * north2 + 1);
      let lit = 0;
      for (const [sunEast, sunNorth, share] of suns) {
        lit += share * Math.max(0, (SUN_HEIGHT - east2 * sunEast - north2 * sunNorth) / norm);
      }
      pixels[row * WIDTH + column] = shadeIndex(lit - SUN_HEIGHT);
    }
  }
  return { png: writePalettePng(WIDTH, height, palette(), pixels, 'Synthetic terrain of the Xiantu demo district'), bounds };
}

function shadeIndex(difference: number): number {
  if (difference < 0) return LIGHT_STEPS + Math.min(STEPS - 1, Math.round((-difference * 1.05 * (STEPS - 1)) / DARKEST));
  return LIGHT_STEPS - Math.min(LIGHT_STEPS, Math.round((difference * 0.62 * LIGHT_STEPS) / LIGHTEST));
}
