// Legend swatches in the map's own style: same colours (tokens), same shapes (map/symbols.ts), same line styles.
import type { EntryKey } from '../../map/legendEntries.ts';
import { FACILITY, FLOOD_DROP, HAZARD_SHAPES, SCHOOL, SHELTER_HOUSE, type HazardType, type Shape } from '../../map/symbols.ts';

function Box({ children }: { children: preact.ComponentChildren }) {
  return (
    <svg class="swatch" width="24" height="16" viewBox="0 0 24 16" aria-hidden="true">
      {children}
    </svg>
  );
}

export function ShapeIcon({ shape, size = 18 }: { shape: Shape; size?: number }) {
  return (
    <svg class="shape" width={size} height={size} viewBox="-11 -11 22 22" aria-hidden="true">
      {shape.solid && <path class="shape-solid" d={shape.solid} />}
      {shape.line && <path class="shape-line" d={shape.line} />}
      {shape.cut && <path class="shape-cut" d={shape.cut} />}
    </svg>
  );
}

export function HazardIcon({ type, size = 18 }: { type: HazardType; size?: number }) {
  return <ShapeIcon shape={HAZARD_SHAPES[type]} size={size} />;
}

export function ShelterIcon({ size = 18 }: { size?: number }) {
  return (
    <svg class="shape" width={size} height={size} viewBox="-11 -11 22 22" aria-hidden="true">
      <rect class="plate" x="-10" y="-10" width="20" height="20" rx="3.5" />
      <path class="plate-line" d={SHELTER_HOUSE} />
    </svg>
  );
}

const area = (name: string) => (
  <Box>
    <rect class={`sw-${name}`} x="1.5" y="2" width="21" height="12" />
  </Box>
);

const centred = (inner: preact.ComponentChildren) => <span class="swatch centred">{inner}</span>;

const HATCH = 'M2 9 8 2M2 14 13 2M7 14 18 2M12 14 22 3M17 14 22 9';
const WAVES = 'M1.500 6q2.600-2.400 5.200 0t5.200 0 5.200 0 5.200 0M1.500 11q2.600-2.400 5.200 0t5.200 0 5.200 0 5.200 0';

const SWATCHES: Readonly<Record<EntryKey, () => preact.VNode>> = {
  'zone-announced': () => area('announced'),
  'zone-confirmed': () => area('confirmed'),
  'zone-draft': () => area('draft'),
  'zone-revoked': () => area('revoked'),
  'hazard-extents': () => (
    <Box>
      <rect class="sw-extent" x="1.500" y="2" width="21" height="12" />
      <path class="sw-extent" d="M5 2v3M10 2v3M15 2v3M20 2v3M5 14v-3M10 14v-3M15 14v-3M20 14v-3" />
    </Box>
  ),
  'point-areas': () => area('point-area'),
  'point-fallbacks': () => area('point-fallback'),
  strips: () => (
    <Box>
      <rect class="sw-strip" x="1" y="3" width="22" height="10" />
      <path class="sw-strip-edge" d="M1 3H23M1 13H23" />
      <path class="sw-river" d="M1 8H23" />
    </Box>
  ),
  management: () => (
    <Box>
      <path class="sw-management" d="M1 3H23M1 13H23" />
      <path class="sw-river" d="M1 8H23" />
    </Box>
  ),
  rivers: () => (
    <Box>
      <path class="sw-river" d="M1 11c5-7 9 2 13-2s5-5 9-4" />
    </Box>
  ),
  subsidence: () => (
    <Box>
      <path class="sw-hatch" d={HATCH} />
      <rect class="sw-subsidence" x="1.500" y="2" width="21" height="12" />
    </Box>
  ),
  influence: () => area('influence'),
  'mine-areas': () => (
    <Box>
      <rect class="sw-mine" x="1.500" y="1.500" width="21" height="13" rx="2" />
      <path class="sw-danger-line" d="M4 11.500V4.500h6l2 2h8v5Z" />
    </Box>
  ),
  'hazard-areas': () => (
    <Box>
      <path class="sw-waves" d={WAVES} />
      <rect class="sw-water-area" x="1.500" y="2" width="21" height="12" />
    </Box>
  ),
  'priority-areas': () => area('priority'),
  hit: () => (
    <Box>
      <circle class="sw-certain" cx="7.500" cy="8" r="4.200" />
      <circle class="sw-possible" cx="17" cy="8" r="3.500" />
    </Box>
  ),
  others: () => (
    <Box>
      <circle class="sw-other" cx="12" cy="8" r="3.600" />
    </Box>
  ),
  schools: () => centred(<ShapeIcon shape={SCHOOL} size={16} />),
  shelters: () => centred(<ShelterIcon size={17} />),
  facilities: () => centred(<ShapeIcon shape={FACILITY} size={15} />),
  'points-geological': () => centred(<HazardIcon type="landslide" size={17} />),
  'points-flood': () => centred(<ShapeIcon shape={FLOOD_DROP} size={15} />),
  'points-school': () => centred(<ShapeIcon shape={{ solid: 'M-8-1 0-8 8-1V8H-8Z' }} size={14} />),
  townships: () => (
    <Box>
      <path class="sw-township" d="M1 8H23" />
    </Box>
  ),
};

export function Swatch({ entry }: { entry: EntryKey }) {
  return SWATCHES[entry]();
}
