// The map with what floats over it: zoom, scale, attribution, and the children given (legend, card).
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { say, words } from '../../i18n/t.ts';
import { flyToBounds, zoomBy } from '../../map/camera.ts';
import { createMap } from '../../map/createMap.ts';
import { config } from '../../state/service.ts';
import { Attribution } from './Attribution.tsx';
import { Icon } from './Icon.tsx';
import { ScaleBar } from './ScaleBar.tsx';

function Zoom() {
  const w = words();
  const bounds = config.value?.bounds;
  return (
    <div class="zoom floating">
      <button type="button" aria-label={w.zoomIn} title={w.zoomIn} onClick={() => zoomBy(1)}>
        <Icon name="plus" />
      </button>
      <button type="button" aria-label={w.zoomOut} title={w.zoomOut} onClick={() => zoomBy(-1)}>
        <Icon name="minus" />
      </button>
      {bounds && (
        <button type="button" aria-label={w.wholeDistrict} title={w.wholeDistrict} onClick={() => flyToBounds(bounds)}>
          <Icon name="whole" />
        </button>
      )}
    </div>
  );
}

export function MapArea({ children }: { children?: ComponentChildren }) {
  const container = useRef<HTMLDivElement>(null);
  useEffect(() => (container.current ? createMap(container.current) : undefined), []);
  const district = config.value?.district;
  return (
    <div class="map-area" id="map" role="region" tabindex={-1} aria-label={words().mapLabel(district ? say(district) : '')}>
      <div class="map" ref={container} />
      <div class="crosshair" aria-hidden="true" />
      <Zoom />
      <ScaleBar />
      <Attribution />
      {children}
    </div>
  );
}
