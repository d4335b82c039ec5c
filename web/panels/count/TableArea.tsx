// The lists behind the numbers: households, zones, schools, by the same filters, in pages.
import { words } from '../../i18n/t.ts';
import { count } from '../../i18n/format.ts';
import { totals } from '../../state/figures.ts';
import { TABLE_KINDS, type TableKind } from '../../state/permalink.ts';
import { households, listFilter, openList, schools } from '../../state/table.ts';
import { view } from '../../state/view.ts';
import { Icon } from '../shell/Icon.tsx';
import { Chips } from './Chips.tsx';
import { HouseholdTable } from './HouseholdTable.tsx';
import { SchoolTable } from './SchoolTable.tsx';
import { shownZones } from './shownZones.ts';
import { ZoneTable } from './ZoneTable.tsx';

function totalOf(kind: TableKind): number | null | undefined {
  const report = totals.state.value.data;
  if (kind === 'zones') return shownZones.value?.length;
  const list = kind === 'households' ? households.value : schools.value;
  // A list that was opened says itself how long it is; before that the total stands for it.
  if (view.value.table === kind && list.total !== null) return list.total;
  return kind === 'households' ? report?.totals.households : report?.totals.schools;
}

export function TableArea() {
  const w = words();
  const { table } = view.value;
  const names: Record<TableKind, string> = { households: w.tableHouseholds, zones: w.tableZones, schools: w.tableSchools };
  return (
    <section class="table-area" id="table" tabindex={-1} aria-label={names[table]}>
      <div class="table-head">
        <div role="tablist" aria-label={w.tabTable}>
          {TABLE_KINDS.map((kind) => (
            <button
              key={kind}
              type="button"
              role="tab"
              aria-selected={table === kind}
              aria-controls="table-body"
              data-testid={`tab-${kind}`}
              onClick={() => openList(kind, listFilter.peek())}
            >
              {names[kind]} <b>{count(totalOf(kind) ?? null)}</b>
            </button>
          ))}
        </div>
        <Chips />
      </div>
      <div class="table-body" id="table-body" role="tabpanel">
        {table === 'households' && <HouseholdTable />}
        {table === 'zones' && <ZoneTable />}
        {table === 'schools' && <SchoolTable />}
      </div>
      <div class="table-foot">
        <span>{w.totalDistinct}</span>
        {table === 'households' && households.value.rows.length > 0 && (
          <span class="audit">
            <Icon name="eye" size={16} /> {w.audited}
          </span>
        )}
      </div>
    </section>
  );
}
