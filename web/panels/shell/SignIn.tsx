// Sign-in dialog. A wrong pair never says which of the two is wrong; nothing typed is kept.
import { useEffect, useRef } from 'preact/hooks';
import { signal } from '@preact/signals';
import { ApiError } from '../../api/http.ts';
import { words, type Dictionary } from '../../i18n/t.ts';
import { signIn } from '../../state/service.ts';
import { signInOpen } from './signInState.ts';

const problem = signal<string | null>(null);
const busy = signal(false);

function reason(error: unknown, w: Dictionary): string {
  if (!(error instanceof ApiError)) return w.signInFailed(String(error));
  if (error.status === 401) return w.signInWrong;
  if (error.status === 429) return w.signInLocked;
  return error.status === 0 ? w.unreachable : w.signInFailed(error.message);
}

async function submit(event: SubmitEvent): Promise<void> {
  event.preventDefault();
  const form = event.currentTarget as HTMLFormElement;
  const data = new FormData(form);
  busy.value = true;
  problem.value = null;
  try {
    await signIn(String(data.get('username')), String(data.get('password')));
    form.reset();
    signInOpen.value = false;
  } catch (error) {
    problem.value = reason(error, words());
  } finally {
    busy.value = false;
  }
}

export function SignIn() {
  const dialog = useRef<HTMLDialogElement>(null);
  const open = signInOpen.value;
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
    problem.value = null;
  }, [open]);
  const w = words();
  return (
    <dialog ref={dialog} class="sign-in" aria-labelledby="sign-in-title" onClose={() => (signInOpen.value = false)}>
      <form onSubmit={(event) => void submit(event)}>
        <h2 id="sign-in-title">{w.signIn}</h2>
        <label>
          {w.username}
          <input name="username" autocomplete="username" autocapitalize="none" required autofocus />
        </label>
        <label>
          {w.password}
          <input name="password" type="password" autocomplete="current-password" required />
        </label>
        {problem.value && (
          <p class="problem" role="alert">
            {problem.value}
          </p>
        )}
        <div class="actions">
          <button type="button" class="button" onClick={() => (signInOpen.value = false)}>
            {w.cancel}
          </button>
          <button type="submit" class="button primary" disabled={busy.value}>
            {busy.value ? w.signingIn : w.signInShort}
          </button>
        </div>
      </form>
    </dialog>
  );
}
