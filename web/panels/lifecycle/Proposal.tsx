// From a hazard point to a draft danger zone: what the rules propose is looked at on the map, then kept with a reason.
import { useComputed, useSignal, type Signal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';
import { textOf, type JsonValue, type Properties } from '../../../server/domain/feature.ts';
import { announce } from '../../a11y/announce.ts';
import { createItem, fetchProposal } from '../../api/edit.ts';
import { fetchItems, type Item } from '../../api/features.ts';
import { ApiError } from '../../api/http.ts';
import { formulaWords } from '../../i18n/card/formulaTerms.ts';
import { lifeWords } from '../../i18n/lifecycle/words.ts';
import { problemWords } from '../../i18n/problem.ts';
import { say, words } from '../../i18n/t.ts';
import { flyToBounds } from '../../map/camera.ts';
import { boundsOf } from '../../map/geometry.ts';
import { proposal } from '../../state/proposal.ts';
import { ruleIn, rules } from '../../state/staff/rules.ts';
import { pickAlone } from '../../state/selection.ts';
import { noteRevision } from '../../state/service.ts';
import { codeWord } from '../card/labels.ts';
import { fieldNames } from '../card/inputWords.ts';
import { inputsOf } from '../card/RulePart.tsx';
import { faultWords, fieldOfPointer } from './move.ts';
import { Reason } from './MoveForm.tsx';

/** A draft as the register of danger zones wants it. The outline stands in the geometry: `shape` is not kept twice. */
export function draftOf(point: Item, area: Properties, method: string, name: string, reason: string): Properties {
  const { shape: _shape, ...inputs } = inputsOf(area);
  const parameters = {
    rule: area['rule'] ?? null,
    rule_version: area['rule_version'] ?? null,
    formula: area['formula'] ?? null,
    ...inputs,
  };
  return { name, hazard_id: point.id, extent: 'risk_extent', status: 'draft', basis: 'default_rule', method, parameters, reason };
}

function pickZone(id: string, name: string | null, status: string): void {
  pickAlone({ layer: 'danger-zones', id, zone: `danger-zones:${id}`, name, codes: { status, extent: 'risk_extent' } });
}

/** Zones that were drawn for the point already. */
function Existing({ zones }: { zones: readonly Item[] }) {
  const w = lifeWords();
  if (zones.length === 0) return null;
  return (
    <p class="muted-2">
      {w.has}
      {zones.map(({ id, properties }) => (
        <button
          key={id}
          type="button"
          class="link"
          onClick={() => pickZone(String(id), textOf(properties, 'name'), textOf(properties, 'status') ?? 'draft')}
        >
          {textOf(properties, 'name') ?? id} {codeWord('danger-zones', 'status', textOf(properties, 'status') ?? 'draft')}
        </button>
      ))}
    </p>
  );
}

function Refused({ area }: { area: Properties }) {
  const w = lifeWords();
  const gaps = Array.isArray(area['gaps']) ? (area['gaps'] as readonly JsonValue[]) : [];
  return (
    <div class="problem" data-testid="proposal-refused">
      <p>{w.proposalRefused}</p>
      {gaps.map((gap) => {
        const both = gap as { zh?: string; en?: string };
        return <p key={both.zh}>{say({ zh: both.zh ?? '', en: both.en ?? '' })}</p>;
      })}
    </div>
  );
}

interface KeepProps {
  point: Item;
  found: Item;
  busy: Signal<boolean>;
  onClose: () => void;
}

function Keep({ point, found, busy, onClose }: KeepProps) {
  const w = lifeWords();
  const id = useId();
  const name = useSignal(w.nameOf(textOf(point.properties, 'name') ?? point.id));
  const reason = useSignal('');
  const faults = useSignal<ReadonlyMap<string, string>>(new Map());
  const trouble = useSignal<string | null>(null);
  const area = found.properties;
  const rule = ruleIn(rules.state.value.data, textOf(area, 'rule'));
  const missing = useComputed(() => (Array.isArray(area['missing']) ? (area['missing'] as readonly string[]) : []));

  async function keep(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (reason.peek().trim() === '') {
      faults.value = new Map([['reason', w.faults.required(w.reason)]]);
      return;
    }
    busy.value = true;
    try {
      const method = rule ? say(rule) : (textOf(area, 'rule') ?? '');
      const made = await createItem(
        'danger-zones',
        found.geometry,
        draftOf(point, area, method, name.peek(), reason.peek()),
        reason.peek(),
      );
      announce(w.kept(name.peek()));
      pickZone(made.id, name.peek(), 'draft');
      noteRevision(made.revision);
    } catch (error) {
      const said = error instanceof ApiError ? error.faults : [];
      faults.value = new Map(
        said.map((fault) => [fieldOfPointer(fault.pointer), faultWords('danger-zones', fieldOfPointer(fault.pointer), fault)]),
      );
      trouble.value = said.length > 0 ? null : w.failed(error instanceof ApiError ? error.message : String(error));
    } finally {
      busy.value = false;
    }
  }

  return (
    <form class="move-form" noValidate onSubmit={(event) => void keep(event)} data-testid="proposal">
      <p>
        <b>{w.proposalTitle}</b> {rule ? say(rule) : textOf(area, 'rule')}
      </p>
      <p class="formula">{formulaWords(textOf(area, 'formula') ?? '')}</p>
      {missing.value.length > 0 && <p class="problem">{w.proposalMissing(fieldNames('hazard-points', missing.value))}</p>}
      <p class="muted">{w.proposalShown}</p>
      <div class="field">
        <label for={id}>{w.name}</label>
        <input id={id} autocomplete="off" value={name.value} onInput={(event) => (name.value = event.currentTarget.value)} />
        {faults.value.has('name') && <span class="fault">{faults.value.get('name')}</span>}
      </div>
      <Reason move={{ reason, faults }} label={w.reason} required />
      {trouble.value && (
        <p class="problem" role="alert">
          {trouble.value}
        </p>
      )}
      <div class="actions">
        <button type="submit" class="button primary" disabled={busy.value} data-testid="proposal-keep">
          {busy.value ? w.saving : w.keep}
        </button>
        <button type="button" class="button" onClick={onClose}>
          {words().cancel}
        </button>
      </div>
    </form>
  );
}

export function Proposal({ point }: { point: Item }) {
  const w = lifeWords();
  const found = useSignal<Item | null>(null);
  const zones = useSignal<readonly Item[]>([]);
  const failed = useSignal<ApiError | null>(null);
  const busy = useSignal(false);
  useEffect(() => {
    void fetchItems('danger-zones', { hazard_id: String(point.id) }, 10).then(
      (all) => (zones.value = all),
      () => undefined, // the list is a courtesy; the button works without it
    );
    return () => {
      proposal.value = null;
    };
  }, [point.id]);

  async function ask(): Promise<void> {
    busy.value = true;
    failed.value = null;
    try {
      const answer = await fetchProposal(String(point.id));
      found.value = answer;
      proposal.value = answer.geometry;
      if (answer.geometry) flyToBounds(boundsOf(answer.geometry));
    } catch (error) {
      failed.value = error instanceof ApiError ? error : new ApiError(-1, String(error));
    } finally {
      busy.value = false;
    }
  }

  function close(): void {
    found.value = null;
    proposal.value = null;
  }

  return (
    <section class="proposal-part">
      <Existing zones={zones.value} />
      {failed.value && <p class="problem">{problemWords(failed.value)}</p>}
      {found.value && !found.value.geometry && <Refused area={found.value.properties} />}
      {found.value?.geometry ? (
        <Keep point={point} found={found.value} busy={busy} onClose={close} />
      ) : (
        <button type="button" class="button small" disabled={busy.value} onClick={() => void ask()} data-testid="propose">
          {busy.value ? w.proposing : w.propose}
        </button>
      )}
    </section>
  );
}
