// Danger zones. Their status is told by line style as well as by colour; a casing keeps 3:1 on any ground.
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import { grow, is, over, type StyleContext } from '../context.ts';
import type { EntryKey } from '../legendEntries.ts';

interface Look {
  readonly entry: EntryKey;
  readonly status: string;
  readonly color: string;
  readonly fill: string | null;
  readonly fillOpacity: number;
  readonly dash?: number[];
  readonly casing: number;
}

export function zoneLooks({ palette }: Pick<StyleContext, 'palette'>): Look[] {
  return [
    { entry: 'zone-revoked', status: 'revoked', color: palette.revoked, fill: null, fillOpacity: 0, dash: [0.8, 2.2], casing: 2.4 },
    { entry: 'zone-draft', status: 'draft', color: palette.draft, fill: palette.draftFill, fillOpacity: 1, dash: [3.5, 2], casing: 3.6 },
    {
      entry: 'zone-confirmed',
      status: 'confirmed',
      color: palette.zone,
      fill: palette.zoneFill,
      fillOpacity: 0.55,
      dash: [7, 1.5],
      casing: 4.4,
    },
    { entry: 'zone-announced', status: 'announced', color: palette.zone, fill: palette.zoneFill, fillOpacity: 1, casing: 4.4 },
  ];
}

const LINE: ExpressionSpecification = grow([11, 1.2], [13, 1.6], [14, 2]);

export function zoneLayers(context: StyleContext): LayerSpecification[] {
  if (!context.layers.has('danger-zones')) return [];
  const looks = zoneLooks(context).filter((look) => context.on.has(look.entry));
  const layout = { 'line-join': 'round' } as const;
  return [
    ...looks.flatMap((look) =>
      look.fill === null
        ? // Nothing is painted, but a revoked zone must still answer a click.
          [
            over('danger-zones', `${look.entry}-fill`, 'fill', is('status', look.status), {
              paint: { 'fill-color': look.color, 'fill-opacity': 0.01 },
            }),
          ]
        : [
            over('danger-zones', `${look.entry}-fill`, 'fill', is('status', look.status), {
              paint: { 'fill-color': look.fill, 'fill-opacity': look.fillOpacity },
            }),
          ],
    ),
    ...looks.map((look) =>
      over('danger-zones', `${look.entry}-casing`, 'line', is('status', look.status), {
        layout,
        paint: {
          'line-color': context.palette.casing,
          'line-width': grow([11, look.casing - 1.6], [14, look.casing]),
          'line-opacity': 0.9,
        },
      }),
    ),
    ...looks.map((look) =>
      over('danger-zones', `${look.entry}-line`, 'line', is('status', look.status), {
        layout,
        paint: {
          'line-color': look.color,
          'line-width': look.status === 'revoked' ? 1.5 : LINE,
          ...(look.dash ? { 'line-dasharray': look.dash } : {}),
        },
      }),
    ),
  ];
}
