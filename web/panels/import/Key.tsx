// Beside the map: what the lines and dots of the checked file stand for.
import { count } from '../../i18n/format.ts';
import { importWords } from '../../i18n/import/words.ts';
import type { PreviewRole } from '../../api/imports.ts';
import { offGlobe, overlay, showAll } from '../../state/staff/importOverlay.ts';
import { report } from '../../state/staff/importing.ts';
import { Icon } from '../shell/Icon.tsx';

const ROLES: readonly PreviewRole[] = ['accepted', 'before', 'after'];

/** As it is drawn: a dot for points, a line for everything else. */
function Mark({ role, points }: { role: PreviewRole; points: boolean }) {
  return (
    <svg class={`swatch import-${role}`} width="24" height="16" viewBox="0 0 24 16" aria-hidden="true">
      {!points && <path class="line" d="M2 8H22" />}
      {points && role === 'after' && <circle class="ring" cx="12" cy="8" r="6.500" />}
      {points && <circle class="dot" cx="12" cy="8" r={role === 'before' ? 4.8 : 3.6} />}
    </svg>
  );
}

export function Key({ onBack }: { onBack: (() => void) | null }) {
  const w = importWords();
  const features = overlay.value?.features ?? [];
  const kinds = new Map<PreviewRole, Set<boolean>>();
  for (const { geometry, properties } of features) {
    kinds.set(properties.role, (kinds.get(properties.role) ?? new Set()).add(geometry.type === 'Point'));
  }
  const names: Readonly<Record<PreviewRole, string>> = { accepted: w.keyAccepted, before: w.keyBefore, after: w.keyAfter };
  const drawn = features.filter(({ properties }) => properties.role !== 'before').length;
  return (
    <section class="import-key floating" aria-label={w.keyTitle} data-testid="import-key">
      <h3>{w.keyTitle}</h3>
      <ul>
        {ROLES.filter((role) => kinds.has(role)).map((role) => (
          <li key={role}>
            {[...(kinds.get(role) ?? [])].map((points) => (
              <Mark key={String(points)} role={role} points={points} />
            ))}
            {names[role]}
          </li>
        ))}
      </ul>
      {drawn < (report.value?.accepted ?? 0) && <p class="muted">{w.keySome(count(drawn))}</p>}
      {offGlobe.value > 0 && <p class="muted-2 off-globe">{w.keyOffGlobe(count(offGlobe.value))}</p>}
      <p class="key-actions">
        <button type="button" class="link" onClick={showAll}>
          {w.fit}
        </button>
        {onBack && (
          <button type="button" class="button" data-testid="back-to-report" onClick={onBack}>
            <Icon name="back" size={16} /> {w.backToReport}
          </button>
        )}
      </p>
    </section>
  );
}
