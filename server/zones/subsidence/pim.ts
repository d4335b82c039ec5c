// Probability integral method (概率积分法) over the edge of a flat, wide goaf: how far the ground sinks, tilts, bends and
// stretches. Lengths in metres; tilt and strain in mm/m; curvature in 10⁻³/m. Formulae: domain practice 4.2; pure.
const RADIANS = Math.PI / 180;

/** What a seam's mining does to the surface. */
export interface Subsidence {
  /** Greatest subsidence, m q cos α, in metres. */
  readonly sinking: number;
  /** Radius of major influence, H / tan β, in metres. */
  readonly radius: number;
  /** Horizontal displacement factor b; null where it is not known, and with it displacement and strain. */
  readonly displacementFactor: number | null;
}

export interface SeamFigures {
  readonly thickness: number;
  readonly subsidenceFactor: number;
  readonly displacementFactor: number | null;
  readonly depth: number;
  readonly tanBeta: number;
  /** Degrees. */
  readonly dip: number;
}

/** @throws Error for a depth or tan β of 0: nothing is mined at the surface */
export function subsidenceOf(seam: SeamFigures): Subsidence {
  if (!(seam.depth > 0) || !(seam.tanBeta > 0)) throw new Error('depth and tan β must be above 0');
  return {
    sinking: seam.thickness * seam.subsidenceFactor * Math.cos(seam.dip * RADIANS),
    radius: seam.depth / seam.tanBeta,
    displacementFactor: seam.displacementFactor,
  };
}

export interface Deformation {
  /** mm/m */
  readonly tilt: number;
  /** 10⁻³/m */
  readonly curvature: number;
  /** mm/m; null without a displacement factor */
  readonly strain: number | null;
}

/** The greatest values anywhere: tilt over the edge, curvature and strain 0.4 r to either side of it. */
export function greatestDeformation({ sinking, radius, displacementFactor: b }: Subsidence): Deformation {
  return {
    tilt: (sinking / radius) * 1000,
    curvature: ((1.52 * sinking) / (radius * radius)) * 1000,
    strain: b === null ? null : ((1.52 * b * sinking) / radius) * 1000,
  };
}

/** Greatest horizontal displacement in metres. */
export function greatestDisplacement({ sinking, displacementFactor }: Subsidence): number | null {
  return displacementFactor === null ? null : displacementFactor * sinking;
}

/**
 * Tilt, curvature and strain at a distance in metres from the goaf's edge, on either side of it, without their signs.
 * i(x) = Wmax / r · exp(−π x² / r²); K = |di/dx|; ε = b r K
 */
export function deformationAt({ sinking, radius, displacementFactor: b }: Subsidence, distance: number): Deformation {
  const bell = Math.exp((-Math.PI * distance * distance) / (radius * radius));
  const curvature = ((2 * Math.PI * Math.abs(distance) * sinking) / radius ** 3) * bell;
  return { tilt: (sinking / radius) * bell * 1000, curvature: curvature * 1000, strain: b === null ? null : b * radius * curvature * 1000 };
}

/** Subsidence in metres at a distance outside the goaf's edge (negative: over the goaf). W(x) = Wmax / 2 · erfc(√π x / r). */
export function subsidenceAt({ sinking, radius }: Subsidence, distance: number): number {
  return (sinking / 2) * erfc((Math.sqrt(Math.PI) * distance) / radius);
}

/** Distance in metres beyond the edge where the tilt falls to a limit in mm/m; 0 where it never exceeds it. */
export function tiltDistance({ sinking, radius }: Subsidence, limit: number): number {
  const greatest = (sinking / radius) * 1000;
  return greatest <= limit ? 0 : radius * Math.sqrt(Math.log(greatest / limit) / Math.PI);
}

/** Complementary error function, relative error below 1.2e-7 (Press et al., Numerical Recipes 6.2, Chebyshev fit). */
function erfc(x: number): number {
  const t = 1 / (1 + 0.5 * Math.abs(x));
  const fit = [1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587, -0.82215223, 0.17087277];
  const sum = fit.reduceRight((tail, factor) => factor + t * tail, 0);
  const value = t * Math.exp(-x * x - 1.26551223 + t * sum);
  return x >= 0 ? value : 2 - value;
}
