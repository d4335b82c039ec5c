// Threatened strip of a river section: its widths on each bank, facing downstream.
import { numberOf, textOf, zoneName, type Geometry, type Position } from '../domain/feature.ts';
import type { Join } from '../geo/shape.ts';
import type { StoredFeature } from '../store/store.ts';
import { gap, NO_AREA, type Derived } from './threatenedArea.ts';

/** The lines of a section's geometry. */
export function linesOf(geometry: Geometry | null): readonly (readonly Position[])[] {
  if (geometry?.type === 'LineString') return [geometry.coordinates];
  if (geometry?.type === 'MultiLineString') return geometry.coordinates;
  return [];
}

/** @param neighbours the other sections of the same river */
export function riverStrip(section: StoredFeature, neighbours: readonly StoredFeature[]): Derived {
  const { properties } = section;
  const lines = linesOf(section.geometry).filter((line) => line.length > 1);
  if (lines.length === 0) return NO_AREA;
  const zone = zoneName('river-sections', section.id);
  const bank = textOf(properties, 'bank') ?? 'both';
  const left = bank === 'right' ? 0 : numberOf(properties, 'width_left_m');
  const right = bank === 'left' ? 0 : numberOf(properties, 'width_right_m');
  const label = textOf(properties, 'name') ?? section.id;
  const missing = gap(
    zone,
    'width_missing',
    `河段 ${label}：缺${left === null ? '左岸' : ''}${left === null && right === null ? '、' : ''}${right === null ? '右岸' : ''}宽度`,
    `River section ${label}: width missing on the ${[left === null ? 'left' : '', right === null ? 'right' : ''].filter(Boolean).join(' and ')} bank`,
  );
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
        joins: [
          ...innerJoins(lines),
          ...outerJoins(
            lines,
            neighbours.flatMap((n) => linesOf(n.geometry)),
          ),
        ],
      },
      inputs: { bank, width_left_m: left, width_right_m: right },
      capsHit: [],
      left: left ?? 0,
      right: right ?? 0,
      attributes: { name: textOf(properties, 'name') ?? textOf(properties, 'river') },
    },
    gaps: left === null || right === null ? missing.gaps : [],
  };
}

function same(a: Position | undefined, b: Position | undefined): boolean {
  return a !== undefined && b !== undefined && a[0] === b[0] && a[1] === b[1];
}

function innerJoins(lines: readonly (readonly Position[])[]): Join[] {
  return lines.flatMap((line) => {
    const distinct = line.filter((p, i) => i === 0 || !same(p, line[i - 1]));
    return distinct.slice(1, -1).map((vertex, i) => ({
      from: distinct[i] as Position,
      vertex,
      to: distinct[i + 2] as Position,
    }));
  });
}

/** Where a part's end is also a vertex of another part or section, the strip goes on around the bend. */
function outerJoins(lines: readonly (readonly Position[])[], others: readonly (readonly Position[])[]): Join[] {
  return lines.flatMap((line, index) => {
    const around = [...others, ...lines.filter((_, i) => i !== index)];
    const start = line[0] as Position;
    const second = line.find((p) => !same(p, start));
    const end = line.at(-1) as Position;
    const lastButOne = line.findLast((p) => !same(p, end));
    return [
      ...(second ? steps(around, start).map((from) => ({ from, vertex: start, to: second })) : []),
      ...(lastButOne ? steps(around, end).map((to) => ({ from: lastButOne, vertex: end, to })) : []),
    ];
  });
}

/** The vertices next to a shared vertex on the other lines: first those before it, downstream order kept. */
function steps(lines: readonly (readonly Position[])[], vertex: Position): Position[] {
  return lines.flatMap((line) => {
    const at = line.findIndex((p) => same(p, vertex));
    if (at < 0) return [];
    if (at === 0) return line[1] ? [line[1]] : [];
    if (at === line.length - 1) return line[at - 1] ? [line[at - 1] as Position] : [];
    return [];
  });
}
