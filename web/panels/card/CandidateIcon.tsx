// The sign of a thing in lists: its own symbol on the map.
import { FLOOD_DROP, isHazardType } from '../../map/symbols.ts';
import type { EntryKey } from '../../map/legendEntries.ts';
import type { Candidate } from '../../state/selection.ts';
import { HazardIcon, ShapeIcon, Swatch } from '../shell/Swatch.tsx';

const ENTRY_OF: Partial<Record<Candidate['layer'], EntryKey>> = {
  'river-sections': 'strips',
  'subsidence-zones': 'subsidence',
  'hazard-areas': 'hazard-areas',
  schools: 'schools',
  shelters: 'shelters',
  facilities: 'facilities',
  households: 'hit',
  townships: 'townships',
};

const ENTRY_OF_KIND: Readonly<Record<string, EntryKey>> = {
  management_range: 'management',
  influence_line: 'influence',
  mine_danger_area: 'mine-areas',
};

export function CandidateIcon({ candidate: { layer, codes } }: { candidate: Candidate }) {
  if (layer === 'hazard-points') {
    const type = codes['hazard_type'] ?? 'other';
    const drop = codes['register'] === 'flood' && type === 'other';
    return (
      <span class="swatch centred">
        {drop ? <ShapeIcon shape={FLOOD_DROP} size={16} /> : <HazardIcon type={isHazardType(type) ? type : 'other'} size={17} />}
      </span>
    );
  }
  if (layer === 'danger-zones') {
    const status = codes['status'];
    if (codes['extent'] === 'hazard_extent' && status !== 'revoked') return <Swatch entry="hazard-extents" />;
    return <Swatch entry={status === 'draft' || status === 'revoked' || status === 'confirmed' ? `zone-${status}` : 'zone-announced'} />;
  }
  if (layer === 'hazard-areas' && codes['kind'] === 'priority_area') return <Swatch entry="priority-areas" />;
  if (layer === 'reference-areas') return <Swatch entry={ENTRY_OF_KIND[codes['kind'] ?? ''] ?? 'influence'} />;
  return <Swatch entry={ENTRY_OF[layer] ?? 'point-areas'} />;
}
