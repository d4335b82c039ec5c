// What the rules find: facilities too near a river, houses that mining damages.
import { useEffect } from 'preact/hooks';
import { bookWords } from '../../../i18n/book/words.ts';
import { fetchDamage, fetchProximity, reportPath, type DamageReport, type ProximityReport, type ReportName } from '../../../api/checks.ts';
import { problemWords } from '../../../i18n/problem.ts';
import { words } from '../../../i18n/t.ts';
import { createResource, type Resource } from '../../../state/resource.ts';
import { revision } from '../../../state/service.ts';
import { Icon } from '../../shell/Icon.tsx';
import { Damage } from './Damage.tsx';
import { Proximity } from './Proximity.tsx';

const proximity = createResource<ProximityReport>((_key, signal) => fetchProximity(signal));
const damage = createResource<DamageReport>((_key, signal) => fetchDamage(signal));

/** Houses are personal data: what one person read is not there for the next. */
export function forgetChecks(): void {
  proximity.clear();
  damage.clear();
}

function Downloads({ report }: { report: ReportName }) {
  const w = bookWords();
  return (
    <span class="downloads">
      <Icon name="download" size={16} />
      {(['csv', 'xlsx'] as const).map((format) => (
        <a key={format} class="link" href={reportPath(report, format)} download>
          {w[format]}
          <span class="sr-only"> {w.downloads}</span>
        </a>
      ))}
    </span>
  );
}

/** Loading, failed, or what was read: the same for both reports. */
function State<T>({ of }: { of: Resource<T> }) {
  const { data, loading, error } = of.state.value;
  if (error) {
    return (
      <p class="problem" role="alert">
        {problemWords(error)}{' '}
        <button type="button" class="link" onClick={of.retry}>
          {words().retry}
        </button>
      </p>
    );
  }
  return !data && loading ? <p class="muted late">{words().loading}</p> : null;
}

export function ChecksTab() {
  const w = bookWords();
  const at = String(revision.value);
  useEffect(() => {
    proximity.load(at);
    damage.load(at);
  }, [at]);
  const near = proximity.state.value;
  const houses = damage.state.value;
  return (
    <div class="book-scroll" data-testid="checks">
      <section class={`check-report ${near.loading && near.data ? 'stale' : ''}`} aria-busy={near.loading} aria-label={w.proximity}>
        <div class="book-intro">
          <h3>
            {w.proximity} <small class="muted">{w.proximityNote}</small>
          </h3>
          <Downloads report="proximity-checks" />
        </div>
        <State of={proximity} />
        {near.data?.checks.map((check) => (
          <Proximity key={check.id} check={check} />
        ))}
      </section>
      <section class={`check-report ${houses.loading && houses.data ? 'stale' : ''}`} aria-busy={houses.loading} aria-label={w.damage}>
        <div class="book-intro">
          <h3>
            {w.damage} <small class="muted">{w.damageNote}</small>
          </h3>
          <Downloads report="subsidence-damage" />
        </div>
        <State of={damage} />
        {houses.data && <Damage report={houses.data} />}
      </section>
    </div>
  );
}
