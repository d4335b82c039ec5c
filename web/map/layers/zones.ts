// Danger zones. Their status is told by line style as well as by colour; a casing keeps 3:1 on any ground.
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import { all, get, grow, image, is, isIn, over, type StyleContext } from '../context.ts';
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

/** A hazard extent says where the ground moves, not who is threatened: it has a look of its own below. */
const HAZARD_EXTENT = is('extent', 'hazard_extent');
const counts: ExpressionSpecification = ['!=', get('extent'), 'hazard_extent'];

const of = ({ status }: Look): ExpressionSpecification => (status === 'revoked' ? is('status', status) : all(is('status', status), counts));

/** Thin line with ticks to the inner side, nothing filled; revoked ones look like every revoked zone. */
function hazardExtents(context: StyleContext): LayerSpecification[] {
  if (!context.on.has('hazard-extents')) return [];
  const { palette } = context;
  const extent = (id: string, statuses: readonly string[], color: string, ticks: string): LayerSpecification[] => {
    const filter = all(HAZARD_EXTENT, isIn('status', statuses));
    return [
      over('danger-zones', `${id}-fill`, 'fill', filter, { paint: { 'fill-color': color, 'fill-opacity': 0.01 } }),
      over('danger-zones', `${id}-ticks`, 'line', filter, {
        minzoom: 13,
        paint: { 'line-pattern': image(context, ticks), 'line-width': 8 },
      }),
      over('danger-zones', `${id}-line`, 'line', filter, {
        layout: { 'line-join': 'round' },
        paint: { 'line-color': color, 'line-width': 1.2 },
      }),
    ];
  };
  return [
    ...extent('extent-draft', ['draft'], palette.draft, 'edge-ticks-draft'),
    ...extent('extent', ['announced', 'confirmed'], palette.zone, 'edge-ticks'),
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
            over('danger-zones', `${look.entry}-fill`, 'fill', of(look), {
              paint: { 'fill-color': look.color, 'fill-opacity': 0.01 },
            }),
          ]
        : [
            over('danger-zones', `${look.entry}-fill`, 'fill', of(look), {
              paint: { 'fill-color': look.fill, 'fill-opacity': look.fillOpacity },
            }),
          ],
    ),
    ...looks.map((look) =>
      over('danger-zones', `${look.entry}-casing`, 'line', of(look), {
        layout,
        paint: {
          'line-color': context.palette.casing,
          'line-width': grow([11, look.casing - 1.6], [14, look.casing]),
          'line-opacity': 0.9,
        },
      }),
    ),
    ...hazardExtents(context),
    ...looks.map((look) =>
      over('danger-zones', `${look.entry}-line`, 'line', of(look), {
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
