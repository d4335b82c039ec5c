// A round length for the scale bar.
const STEPS = [5, 2, 1] as const;

/** The greatest round number of metres (1, 2, 5 · 10ⁿ) that fits into `most` pixels, and its pixels. */
export function roundScale(metresPerPixel: number, most = 110): { metres: number; pixels: number } {
  const limit = metresPerPixel * most;
  const power = 10 ** Math.floor(Math.log10(limit));
  const step = STEPS.find((each) => each * power <= limit) ?? 1;
  return { metres: step * power, pixels: (step * power) / metresPerPixel };
}

const EQUATOR_METRES_PER_PIXEL = 78_271.516_96; // at zoom 0 with tiles of 512 px

export function metresPerPixel(lat: number, zoom: number): number {
  return (EQUATOR_METRES_PER_PIXEL * Math.cos((lat * Math.PI) / 180)) / 2 ** zoom;
}
