// MapLibre's own few words. Buttons and scale are the page's, so these reach screen readers at most.
import type { Dictionary } from '../i18n/t.ts';

export function mapLocale(words: Dictionary): Record<string, string> {
  return {
    'Map.Title': words.canvasLabel,
    'Marker.Title': words.searchLabel,
    'NavigationControl.ZoomIn': words.zoomIn,
    'NavigationControl.ZoomOut': words.zoomOut,
    'Popup.Close': words.close,
    'ScaleControl.Meters': words.metres,
    'ScaleControl.Kilometers': words.kilometres,
    'AttributionControl.ToggleAttribution': words.legend,
  };
}
