// Shapes of point symbols, in a box of 20 by 20 around the origin. The map paints them on canvas, the legend as SVG:
// one source, so a swatch is what it says. Hazards are told apart by silhouette, never by hue.

export interface Shape {
  /** Filled with the ink. */
  readonly solid?: string;
  /** Drawn in ink, nothing filled. */
  readonly line?: string;
  /** Cut out of the solid in the casing colour. */
  readonly cut?: string;
}

export type HazardType =
  | 'unstable_slope'
  | 'landslide'
  | 'rockfall'
  | 'debris_flow'
  | 'ground_collapse'
  | 'ground_fissure'
  | 'land_subsidence'
  | 'other'
  | 'high_cut_slope';

export const HAZARD_SHAPES: Readonly<Record<HazardType, Shape>> = {
  unstable_slope: { solid: 'M-9.5 8.5H9V-9C7-2 0 6-9.5 8.500Z' },
  landslide: { solid: 'M-9 8.500V-9H-5C-5-.5 1 3.500 9 4.500V8.500Z', line: 'M-1-7.500 6.500-.5M7-5.800V0H1.200' },
  rockfall: {
    solid:
      'M-9 8.500V-9H-2.500L-4-3-1.600 1.500-3.600 8.500ZM4-8.500 7.600-5.400 5.400-1.200 1-2.800ZM6.800 1.200 9.600 5 7.400 8.500H2.600L2.200 4.200Z',
  },
  debris_flow: {
    solid: 'M-2.400-9.500H2.400L3-3C4 1.500 6.500 4 9.600 6.200Q0 11.500-9.600 6.200C-6.500 4-4 1.500-3-3Z',
    cut: 'M-4.800 4.400Q0 6.900 4.800 4.400',
  },
  ground_collapse: { solid: 'M-9.500-4.500H-5L-2.600 4.200H2.600L5-4.500H9.500V8.500H-9.500Z', line: 'M0-9.500V-.8M-3-3.800 0-.6 3-3.800' },
  ground_fissure: { solid: 'M-9-8.500H-2.400L.2-3.400-3.200 1.700-.8 8.500H-9ZM9 8.500H3L.6 1.500 4-3.300 1.400-8.500H9Z' },
  land_subsidence: { solid: 'M-9.500-6C-5.500 4.500 5.500 4.500 9.500-6V8.500H-9.500Z' },
  other: { solid: 'M0-6.200A6.200 6.200 0 1 1 0 6.200 6.200 6.200 0 1 1 0-6.200Z' },
  // Outline only: high cut slopes are outside the count.
  high_cut_slope: { line: 'M-8.500 8.500V3.200H-3V-1.800H2.600V-6.800H8.500V8.500Z' },
};

export const HAZARD_TYPES = Object.keys(HAZARD_SHAPES) as HazardType[];

/** Marks of the register at the lower right of a hazard; the geological register has none. */
export const REGISTER_MARKS: Readonly<Record<'flood' | 'school', string>> = {
  flood: 'M0-4.600C2.200-1.600 3.300-.2 3.300 1.600A3.300 3.300 0 0 1-3.300 1.600C-3.300-.2-2.200-1.600 0-4.600Z',
  school: 'M-4.200-.6 0-4.400 4.200-.6V4H-4.200Z',
};

/** A drop: a point of the flood register whose type says nothing more. */
export const FLOOD_DROP: Shape = { solid: 'M0-9C4-3.500 6.300-.6 6.300 2.700A6.300 6.300 0 0 1-6.300 2.700C-6.300-.6-4-3.500 0-9Z' };

export const SCHOOL: Shape = { solid: 'M-8.500-1 0-6.500 8.500-1V9H-8.500ZM-.8-10.500H5.400V-7.300H.8V-5H-.8Z', cut: 'M-2 9V3.500H2V9' };

/** On a green plate, so the shape itself is the cut. */
export const SHELTER_HOUSE = 'M-6.200.6 0-5.600 6.200.6M-4.300-.8V6H4.300V-.8M0 4.600V-.2M-2.100 1.900 0-.2 2.100 1.900';
export const SHELTER_STRIKE = 'M-8-8 8 8';

export const FACILITY: Shape = { line: 'M-6.500-6.500H6.500V6.500H-6.500Z', solid: 'M-2.600-2.600H2.600V2.600H-2.600Z' };

export const isHazardType = (value: string): value is HazardType => value in HAZARD_SHAPES;
