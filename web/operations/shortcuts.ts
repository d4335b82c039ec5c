// Shortcuts from the list of operations. They work wherever the focus is, except in a field that takes the key itself.
import { draft } from '../draw/draft.ts';
import { cancelOne } from '../draw/actions.ts';
import { menuAt } from '../draw/menu.ts';
import { byTouch } from '../draw/tools.ts';
import { helpOpen, layersOpen, OPERATIONS } from './list.ts';
import { keyOf, run } from './operation.ts';

const writes = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.tagName === 'TEXTAREA' || isTextInput(target));

/** A slider or a list has no undo of its own. */
const isTextInput = (target: HTMLElement): boolean => target instanceof HTMLInputElement && !NO_TEXT.has(target.type);
const NO_TEXT: ReadonlySet<string> = new Set(['range', 'radio', 'checkbox', 'button', 'submit', 'file']);

/** Of these a text field has its own; the draft's are meant only outside. */
const TEXT_KEYS = new Set(['Ctrl+Z', 'Ctrl+Shift+Z', 'Ctrl+Y', 'Del', 'Escape', '?']);

export function listenForShortcuts(): () => void {
  const onKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing || document.querySelector('dialog[open]')) return;
    const key = keyOf(event);
    if (writes(event.target) && (!event.ctrlKey || TEXT_KEYS.has(key))) return;
    // letters choose in a list
    if (event.target instanceof HTMLSelectElement && !event.ctrlKey) return;
    byTouch.value = false;
    if (key === 'Escape') {
      if (menuAt.peek()) menuAt.value = null;
      else if (helpOpen.peek()) helpOpen.value = false;
      else if (layersOpen.peek()) layersOpen.value = false;
      else if (!cancelOne()) return;
      event.preventDefault();
      return;
    }
    const found = OPERATIONS.find(({ keys }) => keys?.includes(key));
    if (!found || (!draft.peek() && found.group !== 'view' && found.group !== 'tools')) return;
    event.preventDefault();
    run(found);
  };
  document.addEventListener('keydown', onKey);
  return () => document.removeEventListener('keydown', onKey);
}
