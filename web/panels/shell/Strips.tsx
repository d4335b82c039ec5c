// Notices across the page: not reached, offline, session ended. One sentence, one action.
import { signal } from '@preact/signals';
import { words } from '../../i18n/t.ts';
import { totals, published } from '../../state/figures.ts';
import { sessionExpired, start, unreached } from '../../state/service.ts';
import { draftKept } from '../../state/staff/drawView.ts';
import { signInOpen } from './signInState.ts';
import { Icon } from './Icon.tsx';

const online = signal(navigator.onLine);
addEventListener('online', () => {
  online.value = true;
  void start();
});
addEventListener('offline', () => {
  online.value = false;
});

function retry(): void {
  void start();
  totals.retry();
  published.retry();
}

export function Strips() {
  const w = words();
  if (!online.value || unreached.value) {
    return (
      <div class="strip" role="status">
        <Icon name="offline" />
        <span>{online.value ? w.unreachable : w.offline}</span>
        <button type="button" class="link" onClick={retry}>
          {w.retry}
        </button>
      </div>
    );
  }
  if (!sessionExpired.value) return null;
  return (
    <div class="strip" role="alert">
      <Icon name="user" />
      <span>
        {w.sessionExpired} {draftKept.value && w.draftKept}
      </span>
      <button type="button" class="link" onClick={() => (signInOpen.value = true)}>
        {w.signInShort}
      </button>
    </div>
  );
}
