// The map takes its colours from tokens.css, so that map, legend and panels cannot drift apart.
export const PALETTE_TOKENS = {
  paper: '--paper',
  surface: '--surface',
  ink: '--ink',
  halo: '--m-halo',
  label: '--m-label',
  labelSecond: '--m-label-2',
  admin: '--m-admin',
  casing: '--m-casing',
  water: '--m-water',
  waterInk: '--m-water-ink',
  strip: '--m-strip',
  stripFill: '--m-strip-fill',
  zone: '--m-zone',
  zoneFill: '--m-zone-fill',
  revoked: '--m-revoked',
  draft: '--m-draft',
  draftFill: '--m-draft-fill',
  subsidence: '--m-subs',
  subsidenceFill: '--m-subs-fill',
  house: '--m-house',
  hit: '--m-hit',
  school: '--m-school',
  shelter: '--m-shelter',
  hazard: '--m-hazard',
  select: '--m-select',
  low: '--m-low',
  veil: '--m-veil',
} as const;

export type Palette = Readonly<Record<keyof typeof PALETTE_TOKENS, string>>;

/** Reads the colours of the theme that is on now. */
export function readPalette(element: Element = document.documentElement): Palette {
  const style = getComputedStyle(element);
  const entries = Object.entries(PALETTE_TOKENS).map(([name, token]) => [name, style.getPropertyValue(token).trim()]);
  return Object.fromEntries(entries) as Palette;
}
