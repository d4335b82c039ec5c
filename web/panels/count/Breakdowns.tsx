// Where the total comes from. A row filters table, map and totals; its own breakdown keeps all rows in sight.
import type { ComponentChildren } from 'preact';
import type { Figure } from '../../../server/domain/figure.ts';
import { hazardPoints } from '../../../server/domain/layers/hazardPoints.ts';
import { layerOf } from '../../../server/domain/layer.ts';
import { count } from '../../i18n/format.ts';
import { say, words } from '../../i18n/t.ts';
import { isHazardType } from '../../map/symbols.ts';
import { facets } from '../../state/figures.ts';
import { changeView, view } from '../../state/view.ts';
import { HazardIcon } from '../shell/Swatch.tsx';

const typeNames = hazardPoints.fields.find((field) => field.name === 'hazard_type')?.codes ?? {};

interface BarsProps {
  title: string;
  note: string;
  rows: readonly { key: string; label: string; icon?: ComponentChildren; figure: Figure }[];
  picked: string | null;
  onPick: (key: string | null) => void;
  sum?: Figure | undefined;
  testid: string;
}

function Bars({ title, note, rows, picked, onPick, sum, testid }: BarsProps) {
  const w = words();
  const most = Math.max(1, ...rows.map((row) => row.figure.households ?? 0));
  return (
    <section class="bars" data-testid={testid}>
      <h2>
        {title} <small>{note}</small>
      </h2>
      <table>
        <thead class="bars-head">
          <tr>
            <th scope="col" colSpan={2}>
              <span class="sr-only">{title}</span>
            </th>
            <th scope="col">{w.columns.households}</th>
            <th scope="col">{w.columns.people}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, label, icon, figure }) => (
            <tr key={key} class={key === picked ? 'picked' : ''} onClick={() => onPick(key === picked ? null : key)} data-key={key}>
              <th scope="row">
                <button type="button" aria-pressed={key === picked}>
                  {icon}
                  {label}
                </button>
              </th>
              <td class="bar">
                {figure.households !== null && figure.households > 0 && <span style={{ width: `${(figure.households / most) * 100}%` }} />}
              </td>
              <td class="figure">{count(figure.households)}</td>
              <td class="figure">{count(figure.people)}</td>
            </tr>
          ))}
        </tbody>
        {sum && (
          <tfoot>
            <tr>
              <th scope="row" colSpan={2}>
                {w.sum}
              </th>
              <td class="figure">{count(sum.households)}</td>
              <td class="figure">{count(sum.people)}</td>
            </tr>
          </tfoot>
        )}
      </table>
    </section>
  );
}

const byHouseholds = (a: { figure: Figure }, b: { figure: Figure }): number => (b.figure.households ?? 0) - (a.figure.households ?? 0);

export function ByTownship() {
  const w = words();
  const report = facets.township.state.value.data;
  if (!report) return null;
  const rows = report.byTownship.map((figure) => ({ key: figure.code, label: figure.name, figure })).sort(byHouseholds);
  return (
    <Bars
      title={w.byTownship}
      note={w.byTownshipNote}
      rows={rows}
      picked={view.value.township}
      onPick={(township) => changeView({ township })}
      sum={report.totals}
      testid="by-township"
    />
  );
}

export function ByLayer() {
  const w = words();
  const report = facets.layer.state.value.data;
  if (!report) return null;
  const rows = report.byLayer.map((figure) => ({ key: figure.layer, label: say(layerOf(figure.layer)), figure })).sort(byHouseholds);
  return (
    <Bars
      title={w.byLayer}
      note={w.byLayerNote}
      rows={rows}
      picked={view.value.layer}
      onPick={(layer) => changeView({ layer })}
      testid="by-layer"
    />
  );
}

export function ByHazardType() {
  const w = words();
  const report = facets.hazardType.state.value.data;
  if (!report) return null;
  const rows = report.byHazardType
    .map((figure) => {
      const type = figure.hazardType;
      return {
        key: type,
        label: typeNames[type] ? say(typeNames[type]) : type,
        icon: <HazardIcon type={isHazardType(type) ? type : 'other'} size={16} />,
        figure,
      };
    })
    .sort(byHouseholds);
  return (
    <Bars
      title={w.byHazardType}
      note={w.byLayerNote}
      rows={rows}
      picked={view.value.hazardType}
      onPick={(hazardType) => changeView({ hazardType })}
      testid="by-hazard-type"
    />
  );
}
