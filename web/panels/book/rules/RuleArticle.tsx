// One rule: what it says, its formula, its values, where they come from, and whether anybody checked them.
import type { Rule } from '../../../../server/domain/rules.ts';
import { layerOf } from '../../../../server/domain/layer.ts';
import { bookWords } from '../../../i18n/book/words.ts';
import { formulaWords } from '../../../i18n/card/formulaTerms.ts';
import { say } from '../../../i18n/t.ts';
import { view } from '../../../state/view.ts';
import { codeWord } from '../../card/labels.ts';
import { RuleBadge } from '../../card/RuleBadge.tsx';
import { LeafField } from './LeafField.tsx';
import { codeOfTable, parameterLabel } from './ruleLabels.ts';
import { keyOf } from './leaves.ts';
import { draft, editing, faults } from './rulesState.ts';

function Parameters({ rule }: { rule: Rule }) {
  const entries = Object.entries(rule.parameters ?? {});
  if (entries.length === 0) return null;
  return (
    <ul class="parameters">
      {entries.map(([name, value]) =>
        typeof value === 'number' ? (
          <li key={name}>
            <LeafField rule={rule} path={`parameters/${name}`} label={parameterLabel(rule, name)} />
          </li>
        ) : (
          <li key={name} class="parameter-table">
            <span class="leaf-label">{parameterLabel(rule, name)}</span>
            <span class="parameter-codes">
              {Object.keys(value).map((code) => (
                <LeafField key={code} rule={rule} path={`parameters/${name}/${code}`} label={codeOfTable(code)} />
              ))}
            </span>
          </li>
        ),
      )}
    </ul>
  );
}

function Texts({ rule }: { rule: Rule }) {
  const w = bookWords();
  const texts = Object.entries(rule.texts ?? {});
  if (texts.length === 0) return null;
  return (
    <dl class="rule-texts">
      {texts.map(([name, text]) => (
        <div key={name}>
          <dt>{codeOfTable(name)}</dt>
          <dd>
            {editing.value ? (
              <>
                <LeafField rule={rule} path={`texts/${name}/zh`} label={w.inChinese} kind="long" />
                <LeafField rule={rule} path={`texts/${name}/en`} label={w.inEnglish} kind="long" />
              </>
            ) : (
              say(text)
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Check({ rule: { check } }: { rule: Rule }) {
  const w = bookWords();
  if (!check) return null;
  const kinds = check.kinds.map((kind) => codeWord(check.subject, 'kind', kind)).join(w.list);
  return (
    <p class="muted-2">
      {w.checkOf(say(layerOf(check.subject)), kinds ? w.kindsOf(kinds) : '', w.measures[check.measure])}
      {check.within_county && w.withinCounty}
    </p>
  );
}

const PROVENANCE = ['standard', 'edition', 'source', 'verified'] as const;

function Provenance({ rule }: { rule: Rule }) {
  const w = bookWords();
  if (editing.value) {
    const changed = PROVENANCE.some((path) => draft.value.has(keyOf(rule.id, path)) || faults.value.has(keyOf(rule.id, path)));
    return (
      <details class="provenance editing" open={changed}>
        <summary>{w.editProvenance}</summary>
        <LeafField rule={rule} path="standard" label={w.standard} kind="text" />
        <LeafField rule={rule} path="edition" label={w.edition} kind="text" />
        <LeafField rule={rule} path="source" label={w.source} kind="long" />
        <LeafField rule={rule} path="verified" label={w.verifiedLabel} kind="switch" />
      </details>
    );
  }
  return (
    <dl class="provenance">
      <div>
        <dt>{w.standard}</dt>
        <dd>{rule.standard ? [rule.standard, rule.edition].filter(Boolean).join(w.list === '、' ? '，' : ', ') : w.noStandard}</dd>
      </div>
      <div>
        <dt>{w.source}</dt>
        <dd lang="en">{rule.source}</dd>
      </div>
    </dl>
  );
}

export const anchorOfRule = (id: string): string => `rule-${id}`;

export function RuleArticle({ rule }: { rule: Rule }) {
  const here = view.value.rule === rule.id;
  const anchor = anchorOfRule(rule.id);
  return (
    <article class={`rule ${here ? 'here' : ''}`} id={anchor} tabindex={-1} aria-labelledby={`${anchor}-name`} data-rule={rule.id}>
      <h4 id={`${anchor}-name`}>
        {say(rule)} <RuleBadge verified={rule.verified} />
      </h4>
      <p class="formula">{formulaWords(rule.formula)}</p>
      <Parameters rule={rule} />
      <Texts rule={rule} />
      <Check rule={rule} />
      <Provenance rule={rule} />
    </article>
  );
}
