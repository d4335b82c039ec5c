// The areas that other rules would change, each before and after. A row shows the area as it is now on the map.
import type { ZoneBefore, ZoneEffect } from '../../../../server/domain/rulesPreview.ts';
import { isLayerName } from '../../../../server/domain/layer.ts';
import { bookWords } from '../../../i18n/book/words.ts';
import { ABSENT, count } from '../../../i18n/format.ts';
import { formulaWords } from '../../../i18n/card/formulaTerms.ts';
import { say } from '../../../i18n/t.ts';
import { language } from '../../../state/preferences.ts';
import { ruleIn, rules } from '../../../state/staff/rules.ts';
import { selection } from '../../../state/selection.ts';
import { CandidateIcon } from '../../card/CandidateIcon.tsx';
import { zoneWords } from '../../card/labels.ts';
import { Swatch } from '../../shell/Swatch.tsx';
import { showZone } from '../showOnMap.ts';

/** Square metres as hectares, fine enough for a pit and coarse enough for a goaf. */
function hectares(area: number | undefined): string {
  if (area === undefined) return ABSENT;
  const value = area / 10_000;
  return new Intl.NumberFormat(language.value, { maximumFractionDigits: value < 1 ? 3 : value < 100 ? 2 : 0 }).format(value);
}

function Formula({ side, what }: { side: ZoneBefore | null; what: string }) {
  const rule = ruleIn(rules.state.value.data, side?.rule ?? null);
  if (!side) return <span class="muted">{what}</span>;
  return <span title={rule ? say(rule) : side.rule}>{side.formula ? formulaWords(side.formula) : (rule && say(rule)) || side.rule}</span>;
}

function Row({ zone, name, before, after }: ZoneEffect) {
  const w = bookWords();
  const layer = zone.slice(0, zone.indexOf(':'));
  if (!isLayerName(layer)) return null;
  const candidate = { layer, id: zone.slice(layer.length + 1), zone, name, codes: {} };
  const picked = selection.value.picked?.zone === zone;
  const same = before?.formula === after?.formula;
  // Same outline, same people: only the record of what a drawn extent stands for becomes another.
  const recordOnly = same && before !== null && after !== null && Math.abs(before.area - after.area) < 1;
  return (
    <tr class={picked ? 'picked' : ''} onClick={() => void showZone(candidate)} data-testid="preview-zone">
      <th scope="row">
        <button type="button">
          {layer === 'hazard-points' ? <Swatch entry="point-areas" /> : <CandidateIcon candidate={candidate} />} {zoneWords(zone, name)}
        </button>
        <span class="formulas">
          {recordOnly && <span class="muted">{w.recordOnly} </span>}
          <Formula side={before} what={w.appears} />
          {!same && (
            <>
              {' → '}
              <Formula side={after} what={w.vanishes} />
            </>
          )}
        </span>
      </th>
      <td class="figure">
        {hectares(before?.area)} → <b>{hectares(after?.area)}</b>
      </td>
      <td class="figure">
        {count(before?.households ?? 0)} → <b>{count(after?.households ?? 0)}</b>
      </td>
    </tr>
  );
}

export function PreviewZones({ zones, all }: { zones: readonly ZoneEffect[]; all: number }) {
  const w = bookWords();
  if (zones.length === 0) return <p>{w.noZones}</p>;
  return (
    <table class="preview-zones">
      <caption>
        {w.zonesTitle} <small class="muted">{w.zonesNote}</small>
        {all > zones.length && <span class="muted block">{w.zonesShown(count(zones.length), count(all))}</span>}
      </caption>
      <thead>
        <tr>
          <th scope="col">{w.zoneColumn}</th>
          <th scope="col" class="figure">
            {w.areaColumn}
          </th>
          <th scope="col" class="figure">
            {w.householdColumn}
          </th>
        </tr>
      </thead>
      <tbody>
        {zones.map((effect) => (
          <Row key={effect.zone} {...effect} />
        ))}
      </tbody>
    </table>
  );
}
