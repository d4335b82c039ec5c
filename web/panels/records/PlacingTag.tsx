// Over the map while it waits for the place of the feature in the form.
import { useEffect } from 'preact/hooks';
import { announce } from '../../a11y/announce.ts';
import { recordsWords } from '../../i18n/records/words.ts';
import { words } from '../../i18n/t.ts';
import { cancelPointing, pointAtCentre } from '../../state/staff/recordsPosition.ts';

export function PlacingTag() {
  const w = recordsWords();
  useEffect(() => {
    announce(`${w.pointing} ${w.pointingKey}`);
    // chosen or given up: the keyboard goes back to where the place was asked for
    return () => void requestAnimationFrame(() => document.getElementById('record-point')?.focus());
  }, []);
  return (
    <section class="placing-tag floating" data-testid="placing" aria-label={w.byClick}>
      <p class="wide">
        <b>{w.pointing}</b> <span class="muted">{w.pointingKey}</span>
      </p>
      <p class="narrow">{w.pointingTap}</p>
      <div class="actions">
        <button type="button" class="button primary" data-testid="placing-centre" onClick={pointAtCentre}>
          {w.atCross}
        </button>
        <button type="button" class="button" data-testid="placing-cancel" onClick={cancelPointing}>
          {words().cancel}
        </button>
      </div>
    </section>
  );
}
