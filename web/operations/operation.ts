// What an operation is. One list of them drives the toolbar, the context menu, the shortcuts and the help sheet.
import type { IconName } from '../panels/shell/Icon.tsx';

export type Group = 'tools' | 'edit' | 'shape' | 'draft' | 'view';

export interface Operation {
  readonly id: string;
  readonly group: Group;
  readonly icon: IconName;
  /** In the words of the language in use. */
  label(): string;
  /** As it is printed: `Ctrl+Z`. The first is the one that is shown. */
  readonly keys?: readonly string[];
  /** Why it cannot be done now, or null. */
  whyNot(): string | null;
  run(): void;
  /** For switches and tools: is it on? */
  isOn?(): boolean;
  /** Where it stands beside the shortcuts and the help sheet, which have all of them. */
  readonly on: readonly ('rail' | 'menu' | 'vertex')[];
}

/** Runs an operation unless something speaks against it. @returns whether it was run */
export function run(operation: Operation): boolean {
  if (operation.whyNot() !== null) return false;
  operation.run();
  return true;
}

const named = (event: KeyboardEvent): string =>
  event.key.length === 1 ? event.key.toUpperCase() : event.key === 'Delete' ? 'Del' : event.key;

/** A pressed key as it is printed in the list: `Ctrl+Shift+Z`, `Del`, `P`. */
export function keyOf(event: KeyboardEvent): string {
  const parts = [
    event.ctrlKey || event.metaKey ? 'Ctrl' : '',
    event.altKey ? 'Alt' : '',
    event.shiftKey && event.key !== '?' ? 'Shift' : '',
  ];
  return [...parts.filter(Boolean), named(event)].join('+');
}
