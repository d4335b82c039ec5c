// Names and pictures of everything the style shows as an image. Names carry the theme: a change of theme then is a
// change of style like any other, and images of both themes may live in the map at once.
import type { Theme } from '../state/preferences.ts';
import { paintEdgeTicks, paintHatch, paintShape, paintShelter, paintTicks, paintWaves, type Picture } from './paint.ts';
import type { Palette } from './palette.ts';
import { FACILITY, FLOOD_DROP, HAZARD_SHAPES, HAZARD_TYPES, REGISTER_MARKS, SCHOOL } from './symbols.ts';

export const imageName = (theme: Theme, name: string): string => `${theme}:${name}`;

export function paintImages(theme: Theme, palette: Palette): Map<string, Picture> {
  const images = new Map<string, Picture>();
  const add = (name: string, picture: Picture): void => void images.set(imageName(theme, name), picture);
  for (const type of HAZARD_TYPES) {
    const shape = HAZARD_SHAPES[type];
    add(`${type}-geological`, paintShape(shape, 18, palette.hazard, palette.casing));
    add(`${type}-school`, paintShape(shape, 18, palette.hazard, palette.casing, REGISTER_MARKS.school));
    const drop = type === 'other' ? paintShape(FLOOD_DROP, 13, palette.hazard, palette.casing) : undefined;
    add(`${type}-flood`, drop ?? paintShape(shape, 18, palette.hazard, palette.casing, REGISTER_MARKS.flood));
  }
  add('school', paintShape(SCHOOL, 15, palette.school, palette.casing));
  add('facility', paintShape(FACILITY, 13, palette.labelSecond, palette.casing));
  add('shelter', paintShelter(17, palette, true));
  add('shelter-out', paintShelter(17, palette, false));
  add('hatch', paintHatch(palette.subsidence, 6, 0.9));
  add('waves', paintWaves(palette.strip));
  add('ticks', paintTicks(palette.zone));
  add('edge-ticks', paintEdgeTicks(palette.zone));
  add('edge-ticks-draft', paintEdgeTicks(palette.draft));
  return images;
}
