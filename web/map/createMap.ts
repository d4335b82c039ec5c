// Starts MapLibre and keeps it in step with the page's state. The only module that holds the map and the DOM together.
import { effect, untracked } from '@preact/signals';
import { Map as MapLibre, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { words } from '../i18n/t.ts';
import { config, revision, role } from '../state/service.ts';
import { theme } from '../state/preferences.ts';
import { changeView, view } from '../state/view.ts';
import { ASKED, asBounds, theMap } from './camera.ts';
import { imageName, paintImages } from './images.ts';
import { mapLocale } from './locale.ts';
import { paletteOf, styleContext } from './mapState.ts';
import { RATIO } from './paint.ts';
import { buildStyle, tilesOf } from './style.ts';

// Must come before the first map: a bundled MapLibre cannot find its worker by itself.
setWorkerUrl(workerUrl);

declare global {
  interface Window {
    /** For browser tests. */
    __map?: MapLibre;
  }
}

const PADDING = 32;
/** Room for what floats over the map while the whole district is shown. */
function padding(map: MapLibre): { top: number; left: number; right: number; bottom: number } {
  const container = map.getContainer();
  const legend = container.parentElement?.querySelector('.legend')?.clientHeight ?? 0;
  // A legend that would take half the map may lie over it.
  const below = legend > 0 && legend < container.clientHeight / 2 ? legend + 40 : PADDING;
  return { top: PADDING, left: PADDING, right: PADDING + 24, bottom: below };
}

/** Until somebody moves the map it shows the whole district, also when its panel changes size. */
function keepWhole(map: MapLibre): void {
  let untouched = !view.peek().camera;
  const fit = (): void => {
    const bounds = config.peek()?.bounds;
    if (untouched && bounds) map.fitBounds(asBounds(bounds), { padding: padding(map), duration: 0 });
  };
  map.on('movestart', (event) => {
    // A hand on the map, or a button that asked to go somewhere. (A resize starts a move as well.)
    if ('originalEvent' in event || ASKED in event) untouched = false;
  });
  map.on('resize', fit);
  fit();
}

function giveImages(map: MapLibre): void {
  if (map.hasImage(imageName(theme.peek(), 'hatch'))) return;
  for (const [name, picture] of paintImages(theme.peek(), paletteOf(theme.peek()))) {
    map.addImage(name, { ...picture, data: new Uint8Array(picture.data.buffer) }, { pixelRatio: RATIO });
  }
}

/** Tiles are asked for anew (their ETag decides what is sent); nothing else on the map changes. */
function reloadTiles(map: MapLibre): void {
  for (const { name } of config.peek()?.layers ?? []) {
    const source = map.getSource(name);
    if (source && 'setTiles' in source) (source as { setTiles(tiles: string[]): void }).setTiles(tilesOf(location.origin, name));
  }
}

function follow(map: MapLibre): () => void {
  const stopStyle = effect(() => {
    const context = styleContext.value;
    if (!context) return;
    giveImages(map);
    map.setStyle(buildStyle(context), { diff: true });
  });
  let first = true;
  const stopTiles = effect(() => {
    void revision.value;
    void role.value;
    if (first) first = false;
    else untracked(() => reloadTiles(map));
  });
  const stopWords = effect(() => {
    map.getCanvas().setAttribute('aria-label', words().canvasLabel);
  });
  const camera = (): void => {
    const { lng, lat } = map.getCenter();
    changeView({ camera: { lon: lng, lat, zoom: map.getZoom() } });
  };
  map.on('moveend', camera);
  const jump = (): void => {
    const to = view.peek().camera;
    if (to) map.jumpTo({ center: [to.lon, to.lat], zoom: to.zoom }, { [ASKED]: true });
  };
  addEventListener('hashchange', jump);
  return () => {
    stopStyle();
    stopTiles();
    stopWords();
    removeEventListener('hashchange', jump);
  };
}

/** Puts the map into `container`; returns how to take it away again. */
export function createMap(container: HTMLElement): () => void {
  const from = view.peek().camera;
  const map = new MapLibre({
    container,
    style: { version: 8, sources: {}, layers: [] },
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    maxPitch: 0,
    minZoom: 6,
    maxZoom: 19,
    locale: mapLocale(words()),
    ...(from ? { center: [from.lon, from.lat], zoom: from.zoom } : { center: [113.56, 37.87], zoom: 10 }),
  });
  keepWhole(map);
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  window.__map = map;
  theMap.value = map;
  map.once('style.load', () => {
    const stop = follow(map);
    map.once('remove', stop);
    void map.once('idle', () => {
      document.body.dataset['ready'] = 'true';
    });
    map.triggerRepaint(); // without a change there would be no idle to wait for
  });
  return () => {
    theMap.value = null;
    map.remove();
  };
}
