// Scale bar in the reader's words.
import { words } from '../../i18n/t.ts';
import { metresPerPixel, roundScale } from '../../map/scale.ts';
import { picking } from '../../state/view.ts';

const camera = picking('camera');

export function ScaleBar() {
  const at = camera.value;
  if (!at) return null;
  const w = words();
  const { metres, pixels } = roundScale(metresPerPixel(at.lat, at.zoom));
  return (
    <div class="scale" style={{ width: `${pixels.toFixed(1)}px` }}>
      {metres >= 1000 ? `${metres / 1000} ${w.kilometres}` : `${metres} ${w.metres}`}
    </div>
  );
}
