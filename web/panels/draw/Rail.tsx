// The tools, from the list of operations: icon, key, and why one cannot be used now.
import { drawWords } from '../../i18n/draw/words.ts';
import { OPERATIONS } from '../../operations/list.ts';
import { run, type Operation } from '../../operations/operation.ts';
import { focusMap } from '../../a11y/focusMap.ts';
import { Icon } from '../shell/Icon.tsx';

const onRail = OPERATIONS.filter(({ on }) => on.includes('rail'));

/** Keys go to the map after a tool was chosen, or they would press the button again. */
function press(operation: Operation): void {
  if (run(operation) && operation.group === 'tools') focusMap();
}

export function ToolButton({ operation }: { operation: Operation }) {
  const why = operation.whyNot();
  const [key] = operation.keys ?? [];
  const label = operation.label();
  return (
    <button
      type="button"
      aria-disabled={why !== null}
      aria-pressed={operation.isOn?.()}
      aria-keyshortcuts={key?.replace('Del', 'Delete')}
      title={`${label}${key ? `  ${key}` : ''}${why === null ? '' : `\n${why}`}`}
      data-testid={`tool-${operation.id}`}
      onClick={() => press(operation)}
    >
      <Icon name={operation.icon} />
      <span class="sr-only">{why === null ? label : `${label}：${why}`}</span>
      {key && <kbd aria-hidden="true">{key}</kbd>}
    </button>
  );
}

export function Rail() {
  const groups = [...new Set(onRail.map(({ group }) => group))];
  return (
    <nav class="rail" aria-label={drawWords().groups.tools} key="rail">
      {groups.map((group) => (
        <div key={group} role="group" aria-label={drawWords().groups[group]}>
          {onRail
            .filter((operation) => operation.group === group)
            .map((operation) => (
              <ToolButton key={operation.id} operation={operation} />
            ))}
        </div>
      ))}
    </nav>
  );
}
