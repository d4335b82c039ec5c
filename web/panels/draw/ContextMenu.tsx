// The context menu: the operations that fit what was clicked, and for the others why not.
import { useEffect, useRef } from 'preact/hooks';
import { menuAt } from '../../draw/menu.ts';
import { draft } from '../../draw/draft.ts';
import { drawWords } from '../../i18n/draw/words.ts';
import { focusMap } from '../../a11y/focusMap.ts';
import { OPERATIONS } from '../../operations/list.ts';
import { run, type Operation } from '../../operations/operation.ts';
import { Icon } from '../shell/Icon.tsx';

const inMenu = OPERATIONS.filter(({ on }) => on.includes('menu'));

function close(): void {
  menuAt.value = null;
  focusMap();
}

function choose(operation: Operation): void {
  if (run(operation)) close();
}

/** Arrows walk over the entries, as menus do. */
function onKey(event: KeyboardEvent): void {
  const menu = event.currentTarget as HTMLElement;
  const entries = [...menu.querySelectorAll<HTMLElement>('[role=menuitem]')];
  const now = entries.indexOf(document.activeElement as HTMLElement);
  const to = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: entries.length - 1 }[event.key];
  if (event.key === 'Escape' || event.key === 'Tab') close();
  else if (to !== undefined) entries[(to + entries.length) % entries.length]?.focus();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

export function ContextMenu() {
  const menu = useRef<HTMLDivElement>(null);
  const at = menuAt.value;
  useEffect(() => {
    const own = menu.current;
    const area = own?.parentElement;
    if (!at || !own || !area) return;
    own.style.left = `${Math.max(4, Math.min(at.x, area.clientWidth - own.offsetWidth - 8))}px`;
    own.style.top = `${Math.max(4, Math.min(at.y, area.clientHeight - own.offsetHeight - 8))}px`;
    own.querySelector<HTMLElement>('[role=menuitem]')?.focus();
    const away = (event: PointerEvent): void => {
      if (!own.contains(event.target as Node)) menuAt.value = null;
    };
    document.addEventListener('pointerdown', away);
    return () => document.removeEventListener('pointerdown', away);
  }, [at]);
  if (!at || !draft.value) return null;
  return (
    <div ref={menu} class="context-menu floating" role="menu" aria-label={drawWords().menu} data-testid="menu" onKeyDown={onKey}>
      {inMenu.map((operation) => {
        const why = operation.whyNot();
        return (
          <button
            key={operation.id}
            type="button"
            role="menuitem"
            aria-disabled={why !== null}
            data-testid={`menu-${operation.id}`}
            onClick={() => choose(operation)}
          >
            <Icon name={operation.icon} size={18} />
            <span class="grow">
              {operation.label()}
              {why !== null && <span class="why">{why}</span>}
            </span>
            {operation.keys && <kbd>{operation.keys[0]}</kbd>}
          </button>
        );
      })}
    </div>
  );
}
