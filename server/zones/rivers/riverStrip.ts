// Threatened strip of a river section: its widths on each bank, facing downstream.
import { numberOf, textOf, zoneName, type Geometry, type Position } from '../../domain/feature.ts';
import type { Join } from '../../geo/shape.ts';
import type { StoredFeature } from '../../store/store.ts';
import { fieldWords, gap, NO_AREA, type Derived } from '../threatenedArea.ts';

/** The lines of a section's geometry, without vertices that repeat the one before them. */
export function linesOf(geometry: Geometry | null): readonly (readonly Position[])[] {
  const lines = geometry?.type === 'LineString' ? [geometry.coordinates] : geometry?.type === 'MultiLineString' ? geometry.coordinates : [];
  return lines.map((line) => line.filter((p, i) => i === 0 || !same(p, line[i - 1]))).filter((line) => line.length > 1);
}

/** @param neighbours the other sections of the same river */
export function riverStrip(section: StoredFeature, neighbours: readonly StoredFeature[]): Derived {
  const { properties } = section;
  const lines = linesOf(section.geometry);
  if (lines.length === 0) return NO_AREA;
  const zone = zoneName('river-sections', section.id);
  const bank = textOf(properties, 'bank') ?? 'both';
  const left = bank === 'right' ? 0 : numberOf(properties, 'width_left_m');
  const right = bank === 'left' ? 0 : numberOf(properties, 'width_right_m');
  const label = textOf(properties, 'name') ?? section.id;
  const words = fieldWords('river-sections', [left === null ? 'width_left_m' : '', right === null ? 'width_right_m' : ''].filter(Boolean));
  const missing = gap(zone, 'width_missing', `河段 ${label}：缺${words.zh}`, `River section ${label}: ${words.en} missing`);
  if (left === 0 && right === 0) return NO_AREA;
  if ((left ?? 0) === 0 && (right ?? 0) === 0) return missing;
  return {
    area: {
      zone,
      layer: 'river-sections',
      sourceId: section.id,
      rule: 'river-strip',
      shape: {
        kind: 'strip',
        lines,
        left: left ?? 0,
        right: right ?? 0,
        joins: joinsOf(lines, neighbours),
      },
      formula: `left ${left ?? '–'} m, right ${right ?? '–'} m, facing downstream`,
      inputs: { bank, width_left_m: left, width_right_m: right },
      capsHit: [],
      left: left ?? 0,
      right: right ?? 0,
      attributes: { name: textOf(properties, 'name') ?? textOf(properties, 'river') },
    },
    gaps: left === null || right === null ? missing.gaps : [],
  };
}

/** The bends of a section: its own, and those where it goes on into a neighbour. */
export function joinsOf(lines: readonly (readonly Position[])[], neighbours: readonly StoredFeature[]): Join[] {
  const others = neighbours.flatMap((neighbour) => linesOf(neighbour.geometry));
  return [...innerJoins(lines), ...outerJoins(lines, others)];
}

function same(a: Position | undefined, b: Position | undefined): boolean {
  return a !== undefined && b !== undefined && a[0] === b[0] && a[1] === b[1];
}

function innerJoins(lines: readonly (readonly Position[])[]): Join[] {
  return lines.flatMap((line) =>
    line.slice(1, -1).map((vertex, i) => ({ from: line[i] as Position, vertex, to: line[i + 2] as Position })),
  );
}

/** Where an end is also a vertex of another part or section, the strip goes on around the bend. */
function outerJoins(lines: readonly (readonly Position[])[], others: readonly (readonly Position[])[]): Join[] {
  return lines.flatMap((line, index) => {
    const around = [...others, ...lines.filter((_, i) => i !== index)];
    const start = line[0] as Position;
    const end = line.at(-1) as Position;
    return [
      ...nextTo(around, start).map((from) => ({ from, vertex: start, to: line[1] as Position })),
      ...nextTo(around, end).map((to) => ({ from: line.at(-2) as Position, vertex: end, to })),
    ];
  });
}

/** The vertices before and after a shared vertex on the other lines. */
function nextTo(lines: readonly (readonly Position[])[], vertex: Position): Position[] {
  return lines.flatMap((line) =>
    line.flatMap((p, at) => (same(p, vertex) ? [line[at - 1], line[at + 1]].filter((next) => next !== undefined) : [])),
  );
}
