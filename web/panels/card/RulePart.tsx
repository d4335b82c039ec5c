// How an area came about: the rule in words, its formula with this hazard's figures, what it was given, what it lacked.
import { textOf, type JsonValue, type Properties } from '../../../server/domain/feature.ts';
import type { Rule } from '../../../server/domain/rules.ts';
import { cardWords } from '../../i18n/card/words.ts';
import { formulaWords } from '../../i18n/card/formulaTerms.ts';
import { say, words } from '../../i18n/t.ts';
import { ruleIn, useRules } from '../../state/staff/rules.ts';
import { openBook } from '../../state/view.ts';
import { Icon } from '../shell/Icon.tsx';
import { fieldNames, inputRows, metresWords } from './inputWords.ts';
import { codeWord, unitWords } from './labels.ts';
import { RuleBadge } from './RuleBadge.tsx';
import { hasMeasure, ruleWords } from './ruleWords.ts';

type Inputs = Readonly<Record<string, JsonValue>>;

const listOf = (value: JsonValue | undefined): readonly string[] =>
  Array.isArray(value) ? value.filter((one: JsonValue) => typeof one === 'string') : [];

export function inputsOf(area: Properties): Inputs {
  const value = area['inputs'];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Inputs) : {};
}

/** Checks that the area fails, and criteria of the rule that the hazard does not meet. */
function warningsOf(inputs: Inputs): string[] {
  const w = cardWords();
  const metres = (name: string): string => (typeof inputs[name] === 'number' ? metresWords(inputs[name]) : w.notGiven);
  return [
    inputs['travel_check'] === 'beyond' ? w.travelBeyond(metres('travel_m'), metres('travel_angle_m')) : '',
    inputs['shadow_check'] === 'beyond' ? w.shadowBeyond(metres('toe_m'), metres('shadow_reach_m')) : '',
    inputs['below_least_height'] === true ? w.belowHeight : '',
    inputs['below_least_slope'] === true ? w.belowSlope : '',
  ].filter(Boolean);
}

function Caps({ caps, rule }: { caps: readonly string[]; rule: Rule | null }) {
  const w = cardWords();
  return caps.map((cap) => {
    const label = rule?.labels?.[cap];
    const value = rule?.parameters?.[cap];
    const words = label ? `${say(label)}${typeof value === 'number' ? ` ${value}${unitWords(label.unit)}` : ''}` : cap;
    return (
      <span key={cap} class="badge cap" data-testid="cap">
        {w.capHit(words)}
      </span>
    );
  });
}

/** What a drawn extent stands for, and why. */
function Replaced({ inputs }: { inputs: Inputs }) {
  const w = cardWords();
  const set = useRules();
  const replaced = inputs['replaces'];
  if (typeof replaced !== 'object' || replaced === null || Array.isArray(replaced)) return null;
  const { rule, formula } = replaced as { rule?: JsonValue; formula?: JsonValue };
  const id = typeof rule === 'string' ? rule : '';
  const known = ruleIn(set, id);
  const reason = inputs['reason'];
  return (
    <>
      <div>
        <dt>{w.replaces}</dt>
        <dd data-testid="replaces">
          {known ? say(known) : w.ruleUnknown(id)}
          {typeof formula === 'string' && <span class="formula">{formulaWords(formula)}</span>}
        </dd>
      </div>
      <div>
        <dt>{w.reason}</dt>
        <dd>{typeof reason === 'string' && reason !== '' ? reason : w.noReason}</dd>
      </div>
    </>
  );
}

/** @param layer of the source, whose fields name the inputs */
export function RulePart({ area, layer }: { area: Properties; layer: string }) {
  const w = cardWords();
  const set = useRules();
  const id = textOf(area, 'rule') ?? '';
  const rule = ruleIn(set, id);
  const inputs = inputsOf(area);
  const missing = listOf(area['missing']);
  const fallback = textOf(area, 'fallback');
  const rows = inputRows(layer, inputs, missing);
  const formula = textOf(area, 'formula');
  return (
    <section class="rule-part" data-testid="rule-part">
      <h3>
        {w.rule} {rule && <RuleBadge verified={rule.verified} />} <Caps caps={listOf(area['caps_hit'])} rule={rule} />
      </h3>
      <p data-testid="zone-rule">{rule ? say(rule) : set ? w.ruleUnknown(id) : '\u00A0'}</p>
      {hasMeasure(area) && inputs['assumption'] !== 'directional' && <p class="muted-2">{ruleWords(area, words())}</p>}
      {formula && (
        <p class="formula" data-testid="formula">
          {formulaWords(formula)}
        </p>
      )}
      {warningsOf(inputs).map((line) => (
        <p key={line} class="problem" data-testid="check-beyond">
          {line}
        </p>
      ))}
      <dl class="facts">
        {(fallback || missing.length > 0) && (
          <div>
            <dt>{w.incomplete}</dt>
            <dd data-testid="fallback">
              {[
                fallback ? codeWord('threatened-areas', 'fallback', fallback) : '',
                missing.length > 0 ? w.missing(fieldNames(layer, missing)) : '',
              ]
                .filter(Boolean)
                .join(w.clause)}
            </dd>
          </div>
        )}
        {rows.map((row) => (
          <div key={row.key}>
            <dt>{row.label}</dt>
            <dd>{row.value}</dd>
          </div>
        ))}
        <Replaced inputs={inputs} />
        {rule && (
          <div>
            <dt>{w.standard}</dt>
            <dd>{rule.standard ? w.edition(rule.standard, rule.edition) : w.noStandard}</dd>
          </div>
        )}
      </dl>
      <button type="button" class="link" onClick={() => openBook('rules', id)} data-testid="open-rule">
        {w.openRule} <Icon name="next" size={14} />
      </button>
    </section>
  );
}
