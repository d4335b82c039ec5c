// The rows of the check on the map: fetched with the report, gone with the panel, the session or the next step.
import { computed, effect, signal, untracked } from '@preact/signals';
import type { Geometry, Position } from 'geojson';
import type { Bounds } from '../../../server/domain/service.ts';
import { fetchPreview, type ImportPreview } from '../../api/imports.ts';
import { flyToBounds } from '../../map/camera.ts';
import { positionsOf } from '../../map/geometry.ts';
import { importOpen, importPreview } from '../importView.ts';
import { user } from '../service.ts';
import { stage } from './importing.ts';

/** The rows could not be fetched: the report is whole, the map lacks them. */
export const overlayFailed = signal(false);

const fetched = signal<{ readonly of: string; readonly rows: ImportPreview; readonly offGlobe: number } | null>(null);

const shownImport = computed(() => {
  const now = stage.value;
  return (now.at === 'checked' || now.at === 'confirming') && now.report.accepted > 0 ? now.report.importId : null;
});

export const overlay = computed<ImportPreview | null>(() =>
  importOpen.value && user.value && fetched.value?.of === shownImport.value ? (fetched.value?.rows ?? null) : null,
);

/** How many rows lay, as they were, where no map can show them. */
export const offGlobe = computed(() => (overlay.value ? (fetched.value?.offGlobe ?? 0) : 0));

/** Rows that can be shown on the map. */
export const rowsOnMap = computed<ReadonlySet<number>>(() => new Set(overlay.value?.features.map(({ properties }) => properties.row)));

/** Where these features lie; what stands off the globe, as swapped coordinates do, is left out. */
function boundsOfAll(features: ImportPreview['features']): Bounds | null {
  const bounds: Bounds = [180, 90, -180, -90];
  const sound = ([lon = 0, lat = 0]: Position): boolean => Math.abs(lon) <= 180 && Math.abs(lat) <= 85;
  for (const { geometry } of features) {
    for (const position of positionsOf(geometry).filter(sound)) {
      const [lon = 0, lat = 0] = position;
      bounds[0] = Math.min(bounds[0], lon);
      bounds[1] = Math.min(bounds[1], lat);
      bounds[2] = Math.max(bounds[2], lon);
      bounds[3] = Math.max(bounds[3], lat);
    }
  }
  return bounds[0] > bounds[2] ? null : bounds;
}

/** Fits the map to the rows as they would be stored. */
export function showAll(): void {
  const rows = overlay.peek();
  const bounds = rows && boundsOfAll(rows.features.filter(({ properties }) => properties.role !== 'before'));
  if (bounds) flyToBounds(bounds);
}

export function showRow(row: number): void {
  const bounds = boundsOfAll(
    overlay.peek()?.features.filter(({ properties }) => properties.row === row && properties.role !== 'before') ?? [],
  );
  if (bounds) flyToBounds(bounds);
}

/** As lines only: the map leaves out a polygon that crosses itself into no area, and what was wrong is what should be seen. */
function asLines(geometry: Geometry): Geometry {
  if (geometry.type === 'Polygon') return { type: 'MultiLineString', coordinates: geometry.coordinates };
  return geometry.type === 'MultiPolygon' ? { type: 'MultiLineString', coordinates: geometry.coordinates.flat() } : geometry;
}

export function followOverlay(): void {
  effect(() => {
    const importId = shownImport.value;
    if (importId === null || fetched.peek()?.of === importId) return;
    overlayFailed.value = false;
    fetchPreview(importId).then(
      (rows) => {
        if (shownImport.peek() !== importId) return;
        // a swapped pair, as it was, may have its latitude beyond the pole: no map can draw that
        const drawn = rows.features
          .filter(({ geometry }) => positionsOf(geometry).every(([, lat = 0]) => Math.abs(lat) <= 90))
          .map((row) => (row.properties.role === 'before' ? { ...row, geometry: asLines(row.geometry) } : row));
        fetched.value = { of: importId, rows: { ...rows, features: drawn }, offGlobe: rows.features.length - drawn.length };
        untracked(showAll);
      },
      () => {
        overlayFailed.value = true;
      },
    );
  });
  effect(() => {
    importPreview.value = overlay.value;
  });
}
