// The outcome of a recount as lines for a terminal.
import type { Disagreement, Outcome } from './recount.ts';

export function tableOf(outcome: Outcome): string[] {
  const pairs = outcome.layers.reduce((sum, row) => sum + row.pairs, 0);
  const zones = outcome.layers.reduce((sum, row) => sum + row.zones, 0);
  const rows = [
    ['layer', 'zones', 'pairs', 'disagreements'],
    ...outcome.layers.map((row) => [row.layer, String(row.zones), String(row.pairs), String(row.disagreements)]),
    ['all', String(zones), String(pairs), String(outcome.disagreements)],
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const lines = rows.map((row) => row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  '));
  return [
    ...lines,
    `${outcome.figures} figures compared; ${outcome.tolerated} pairs within 2 cm of certain/possible taken as the server has them`,
    ...outcome.first.map(lineOf),
    ...(outcome.disagreements > outcome.first.length ? [`… and ${outcome.disagreements - outcome.first.length} more`] : []),
  ];
}

function lineOf({ subject, zone, kind, id, detail }: Disagreement): string {
  return `  ${[subject, zone, kind, id].filter(Boolean).join(' ')}: ${detail}`;
}
