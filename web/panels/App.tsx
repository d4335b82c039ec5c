// The page: Look for everyone, Count for staff, over one map that outlives the change between them.
import { problemWords } from '../i18n/problem.ts';
import { say, words } from '../i18n/t.ts';
import { announcement } from '../a11y/announce.ts';
import { useEffect } from 'preact/hooks';
import { config, isStaff, start, startError } from '../state/service.ts';
import { tab, tableHeight } from '../state/tabs.ts';
import { book, bookOpen } from './bookModule.ts';
import { count } from './countModule.ts';
import { doctor, importShown } from './importModule.ts';
import { drawing, drawShown } from './drawModule.ts';
import { Look } from './look/Look.tsx';
import { LookLegend } from './look/LookLegend.tsx';
import { records, recordsShown } from './recordsModule.ts';
import { Header } from './shell/Header.tsx';
import { MapArea } from './shell/MapArea.tsx';
import { SignIn } from './shell/SignIn.tsx';
import { Strips } from './shell/Strips.tsx';

function Starting() {
  const w = words();
  return (
    <main class="starting">
      {startError.value ? (
        <p role="alert">
          {startError.value.status === 0 ? w.startFailed : problemWords(startError.value)}{' '}
          <button type="button" class="button" onClick={() => void start()}>
            {w.retry}
          </button>
        </p>
      ) : (
        <p class="muted late">{w.loading}</p>
      )}
    </main>
  );
}

function useTitle(): void {
  const district = config.value?.district;
  const title = district ? `${words().product} · ${say(district)}` : words().product;
  useEffect(() => {
    document.title = title;
  }, [title]);
}

function Main() {
  const staff = isStaff.value;
  const parts = count.value;
  const pages = bookOpen.value ? book.value : null;
  const imports = importShown.value ? doctor.value : null;
  const table = recordsShown.value ? records.value : null;
  const hand = drawShown.value ? drawing.value : null;
  // The map's place among the children never changes, so signing in does not build it anew.
  return (
    <main
      class={hand ? 'draw' : staff ? `count tab-${tab.value}${pages || imports || table ? ' with-book' : ''}` : 'look'}
      style={staff ? { '--table': `${tableHeight.value}px` } : {}}
    >
      {staff && (
        <h1 key="title" class="sr-only">
          {words().totalTitle}
        </h1>
      )}
      {hand ? <hand.Rail key="left" /> : staff ? parts && <parts.LeftPanel key="left" /> : <Look key="left" />}
      <MapArea key="map">{hand ? <hand.OverMap /> : staff ? parts && <parts.OverMap /> : <LookLegend />}</MapArea>
      {hand ? <hand.AroundMap key="draw" /> : staff && parts && <parts.AroundMap key="around" />}
      {pages && <pages.Book key="book" />}
      {imports && <imports.Import key="import" />}
      {table && <table.Records key="records" />}
    </main>
  );
}

export function App() {
  const w = words();
  useTitle();
  return (
    <>
      <a class="skip" href="#map" onClick={(event) => skipTo(event, 'map')}>
        {w.skipToMap}
      </a>
      <Header />
      <Strips />
      {config.value ? <Main /> : <Starting />}
      <SignIn />
      <div class="sr-only" aria-live="polite" role="status">
        {announcement.value}
      </div>
    </>
  );
}

/** Moves the focus without touching the hash, which holds the view. */
function skipTo(event: MouseEvent, id: string): void {
  event.preventDefault();
  const canvas = document.querySelector<HTMLElement>(`#${id} canvas`);
  (canvas ?? document.getElementById(id))?.focus();
}
