// 总量 / 地图 / 表 on a phone.
import { words } from '../../i18n/t.ts';
import { tab, TABS } from '../../state/tabs.ts';

export function PhoneTabs() {
  const w = words();
  const names = { totals: w.tabTotals, map: w.tabMap, table: w.tabTable };
  return (
    <nav class="phone-tabs" aria-label={w.totalTitle}>
      {TABS.map((each) => (
        <button key={each} type="button" aria-current={tab.value === each} onClick={() => (tab.value = each)}>
          {names[each]}
        </button>
      ))}
    </nav>
  );
}
