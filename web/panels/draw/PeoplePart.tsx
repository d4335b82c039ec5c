// The people behind a draft's numbers, by name of the house: those who come in, who drop out, or all inside.
import { isStale, listPeople, people, type PersonRow } from '../../draw/people.ts';
import { count } from '../../i18n/format.ts';
import { drawWords } from '../../i18n/draw/words.ts';
import { problemWords } from '../../i18n/problem.ts';
import { words } from '../../i18n/t.ts';
import { flyToPoint } from '../../map/camera.ts';
import { townships } from '../../state/places.ts';
import { Icon } from '../shell/Icon.tsx';

function Person({ row }: { row: PersonRow }) {
  const place = townships.value.find(({ code }) => code === row.township)?.name ?? '';
  return (
    <li>
      <button type="button" class="person" disabled={!row.at} onClick={() => row.at && flyToPoint(row.at[0], row.at[1])}>
        <span>{row.address ?? row.name ?? row.id}</span>
        <span class="muted">{place}</span>
        <span class="figure">{row.people === undefined ? count(row.students) : `${count(row.people)} / ${count(row.vulnerable)}`}</span>
      </button>
    </li>
  );
}

export function PeoplePart() {
  const w = drawWords();
  const list = people.value;
  if (!list) return null;
  const titles = { in: w.listTitleIn, out: w.listTitleOut, inside: w.listTitleInside };
  const half = list.answer && (list.kind === 'out' ? list.answer.dropsOut : list.answer.comesIn);
  const stale = isStale(list);
  return (
    <section class="inspector-part people-part" aria-label={titles[list.kind]} data-testid="people">
      <header>
        <h3>{titles[list.kind]}</h3>
        {half && <span class="muted">{w.listOf(count(half.households.rows.length), count(half.households.total))}</span>}
        <button type="button" class="quiet" aria-label={words().close} onClick={() => (people.value = null)}>
          <Icon name="close" size={16} />
        </button>
      </header>
      {list.loading && <p class="muted late">{words().loading}</p>}
      {list.error && (
        <p class="problem" role="alert">
          {problemWords(list.error)}{' '}
          <button type="button" class="link" onClick={() => void listPeople(list.kind)}>
            {words().retry}
          </button>
        </p>
      )}
      {stale && (
        <p class="stale-note">
          {w.listStale}{' '}
          <button type="button" class="link" onClick={() => void listPeople(list.kind)}>
            {w.renew}
          </button>
        </p>
      )}
      {half && (
        <>
          <ul>
            {[...half.schools.rows, ...half.households.rows].map((row) => (
              <Person key={row.id} row={row} />
            ))}
          </ul>
          {half.households.total + half.schools.total === 0 && <p>{w.listEmpty}</p>}
          <p class="audit">
            <Icon name="eye" size={16} /> {w.audited}
          </p>
        </>
      )}
    </section>
  );
}
