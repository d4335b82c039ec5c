// Whose records these are: whoever signs out, or somebody else who signs in, leaves nothing behind. A session that ended by
// itself keeps what was typed for its owner.
import { batch, effect, untracked } from '@preact/signals';
import { sessionExpired, user } from '../../state/service.ts';
import { closeForm } from '../../state/staff/recordsForm.ts';
import { looked } from '../../state/staff/recordsList.ts';
import { forgetPosition } from '../../state/staff/recordsPosition.ts';
import { discardAll } from '../../state/staff/recordsSave.ts';
import { recordsOpen, recordsPage } from '../../state/staff/recordsView.ts';

function forget(): void {
  batch(() => {
    closeForm();
    discardAll();
    forgetPosition();
    looked.value = '';
    recordsPage.value = { at: 'table' };
    recordsOpen.value = false;
  });
}

export function followOwner(): void {
  let owner = user.peek()?.username ?? null;
  effect(() => {
    const now = user.value?.username ?? null;
    void sessionExpired.value;
    untracked(() => {
      if (now !== null) {
        if (owner !== null && owner !== now) forget();
        owner = now;
        return;
      }
      // the two signals change one after the other
      queueMicrotask(() => {
        if (user.peek() === null && !sessionExpired.peek()) forget();
      });
    });
  });
}
