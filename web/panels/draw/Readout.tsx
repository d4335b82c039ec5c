// Where the pointer or the crosshair is, in the notation that is wanted.
import { useSignal, useSignalEffect } from '@preact/signals';
import type { Position } from '../../../server/domain/feature.ts';
import { aim } from '../../draw/tools.ts';
import { gridName, notation, NOTATIONS, positionWords } from '../../draw/readout.ts';
import { drawWords } from '../../i18n/draw/words.ts';
import { theMap } from '../../map/camera.ts';

export function Readout() {
  const w = drawWords();
  const at = useSignal<Position | null>(null);
  useSignalEffect(() => {
    const map = theMap.value;
    if (!map) return;
    const onMove = ({ lngLat }: { lngLat: { lng: number; lat: number } }): void => {
      at.value = [lngLat.lng, lngLat.lat];
    };
    map.on('mousemove', onMove);
    return () => map.off('mousemove', onMove);
  });
  const shown = aim.value?.position ?? at.value;
  return (
    <div class="readout">
      <label>
        <span class="sr-only">{w.coordinatesLabel}</span>
        <select
          value={notation.value}
          data-testid="notation"
          onChange={(event) => (notation.value = NOTATIONS.find((one) => one === event.currentTarget.value) ?? 'degrees')}
        >
          {NOTATIONS.map((one) => (
            <option key={one} value={one}>
              {w.coordinates[one]}
            </option>
          ))}
        </select>
      </label>
      <output data-testid="readout" title={notation.value === 'grid' ? gridName() : undefined}>
        {shown ? positionWords(shown, notation.value) : <span class="muted">{w.cursorNone}</span>}
      </output>
    </div>
  );
}
