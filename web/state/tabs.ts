// What of Count is in sight. On a phone one of three things is: totals, map or table.
import { signal } from '@preact/signals';

export type Tab = 'totals' | 'map' | 'table';
export const TABS: readonly Tab[] = ['totals', 'map', 'table'];
export const tab = signal<Tab>('totals');

/** Something was picked in a list: on a phone its card is on the map tab. */
export function showMapTab(): void {
  tab.value = 'map';
}

/** Height of the table under the map, in pixels: moved by the splitter. */
export const tableHeight = signal(313);
