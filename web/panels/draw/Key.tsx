// What the lines and marks of the drawing mean, in the drawing's own style.
import { compared } from '../../draw/comparing.ts';
import { savedShape } from '../../draw/draft.ts';
import { drawWords } from '../../i18n/draw/words.ts';

export function Key() {
  const w = drawWords().legend;
  const saved = savedShape.value !== null;
  return (
    <ul class="draw-key floating" aria-hidden="true">
      <li>
        <svg width="26" height="12">
          <path class="key-live" d="M1 6H25" />
        </svg>
        {w.now}
      </li>
      {saved && (
        <>
          <li>
            <svg width="26" height="12">
              <path class="key-saved" d="M2 6H25" />
            </svg>
            {w.saved}
          </li>
          <li>
            <svg width="26" height="14">
              <circle class="key-in" cx="7" cy="7" r="5.5" />
              <path class="key-in" d="M7 4.200V9.800M4.200 7H9.800" />
              <circle class="key-out" cx="20" cy="7" r="5.5" />
              <path class="key-out" d="M17.200 7H22.800" />
            </svg>
            {w.in} / {w.out}
          </li>
          <li>
            <svg width="26" height="12">
              <rect class="key-gain" width="12" height="12" />
              <path class="key-loss" d="M14 12 26 0M14 6 20 0M20 12l6-6" />
            </svg>
            {w.gain} / {w.loss}
          </li>
        </>
      )}
      {compared.value?.look === 'theirs' && (
        <li>
          <svg width="26" height="12">
            <path class="key-theirs" d="M1 6H25" />
          </svg>
          {drawWords().theirs}
        </li>
      )}
    </ul>
  );
}
