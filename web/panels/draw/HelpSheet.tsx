// All operations with their keys, and of those that cannot be done now, why: the list itself, written out.
import { useEffect, useRef } from 'preact/hooks';
import { drawWords } from '../../i18n/draw/words.ts';
import { words } from '../../i18n/t.ts';
import { helpOpen, OPERATIONS } from '../../operations/list.ts';
import type { Group } from '../../operations/operation.ts';
import { Icon } from '../shell/Icon.tsx';

const GROUPS: readonly Group[] = ['tools', 'edit', 'shape', 'draft', 'view'];

export function HelpSheet() {
  const sheet = useRef<HTMLDialogElement>(null);
  const open = helpOpen.value;
  useEffect(() => {
    if (open) sheet.current?.showModal();
    else sheet.current?.close();
  }, [open]);
  const w = drawWords();
  return (
    <dialog ref={sheet} class="help-sheet" aria-labelledby="help-title" onClose={() => (helpOpen.value = false)}>
      <header>
        <h2 id="help-title">{w.help}</h2>
        <button type="button" class="quiet" aria-label={words().close} onClick={() => (helpOpen.value = false)}>
          <Icon name="close" />
        </button>
      </header>
      <p class="muted">{w.helpIntro}</p>
      <div class="help-columns">
        {GROUPS.map((group) => (
          <section key={group} aria-label={w.groups[group]}>
            <h3>{w.groups[group]}</h3>
            <ul>
              {OPERATIONS.filter((operation) => operation.group === group).map((operation) => {
                const why = operation.whyNot();
                return (
                  <li key={operation.id} class={why === null ? '' : 'off'}>
                    <Icon name={operation.icon} size={18} />
                    <span>
                      {operation.label()}
                      {why !== null && <span class="why">{why}</span>}
                    </span>
                    <span class="keys">
                      {operation.keys?.map((key) => (
                        <kbd key={key}>{key}</kbd>
                      ))}
                    </span>
                  </li>
                );
              })}
            </ul>
          </section>
        ))}
      </div>
      <p class="muted">{w.helpMap}</p>
    </dialog>
  );
}
