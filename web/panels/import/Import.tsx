// The import beside the map: choose a file, see what would become of it, correct, store, take back. Escape closes it.
import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import '../../styles/book.css';
import '../../styles/import.css';
import '../../styles/import-report.css';
import { announce } from '../../a11y/announce.ts';
import { count } from '../../i18n/format.ts';
import { importWords } from '../../i18n/import/words.ts';
import { importOpen } from '../../state/importView.ts';
import { followOwner, report, stage } from '../../state/staff/importing.ts';
import { followOverlay, overlay } from '../../state/staff/importOverlay.ts';
import { showMapTab } from '../../state/tabs.ts';
import { Icon } from '../shell/Icon.tsx';
import { useEscape } from '../shell/useEscape.ts';
import { Bar } from './Bar.tsx';
import { Changes } from './Changes.tsx';
import { Columns } from './Columns.tsx';
import { Duplicates } from './Duplicates.tsx';
import { FilePart } from './FilePart.tsx';
import { Issues } from './Issues.tsx';
import { Key } from './Key.tsx';
import { Summary } from './Summary.tsx';
import { Trouble } from './Trouble.tsx';

followOwner();
followOverlay();

/** On a phone the import covers the map: it steps aside while the map is looked at. */
const aside = signal(false);

function leave(): void {
  importOpen.value = false;
  document.getElementById('import-switch')?.focus();
}

/** A file that misses its place must not take the page away, as a browser would. */
function useNoDrop(): void {
  useEffect(() => {
    const keep = (event: DragEvent): void => event.preventDefault();
    document.addEventListener('dragover', keep);
    document.addEventListener('drop', keep);
    return () => {
      document.removeEventListener('dragover', keep);
      document.removeEventListener('drop', keep);
    };
  }, []);
}

/** Each step that ends is read out, and takes the focus that its vanished button had. */
function useSteps(): void {
  const now = stage.value;
  const w = importWords();
  useEffect(() => {
    if (now.at === 'checked') announce(w.checked(count(now.report.accepted), count(now.report.rejected)));
    if (now.at === 'undone') announce(w.undone(count(now.revision)));
    const held = document.activeElement;
    if (held && held !== document.body) return;
    const next = now.at === 'running' || now.at === 'choosing' ? '.import-bar button:enabled' : '#import-summary';
    document.querySelector<HTMLElement>(next)?.focus();
  }, [now.at]);
}

function Found() {
  const found = report.value;
  if (!found) return <Columns />;
  const done = stage.value.at === 'stored' || stage.value.at === 'undoing' || stage.value.at === 'undone';
  return (
    <>
      <Summary report={found} stored={done} />
      <Issues report={found} />
      {found.changes && <Changes changes={found.changes} layer={found.layer} />}
      {found.duplicates.length > 0 && <Duplicates groups={found.duplicates} />}
      {!done && <Columns />}
    </>
  );
}

export function Import() {
  const w = importWords();
  const heading = useRef<HTMLHeadingElement>(null);
  useEscape(leave);
  useNoDrop();
  useSteps();
  useEffect(() => {
    aside.value = false;
    heading.current?.focus();
  }, []);
  const { at } = stage.value;
  const away = aside.value && overlay.value !== null;
  return (
    <>
      <aside class={`book import${away ? ' away' : ''}`} data-testid="import" data-stage={at} aria-label={w.title}>
        <header class="book-head">
          <h2 ref={heading} tabindex={-1}>
            {w.title}
          </h2>
          {overlay.value && (
            <button
              type="button"
              class="quiet see-map"
              data-testid="see-map"
              onClick={() => {
                showMapTab();
                aside.value = true;
              }}
            >
              <Icon name="eye" size={18} /> {w.showMap}
            </button>
          )}
          <button type="button" class="quiet" aria-label={w.close} title={`${w.close} Esc`} data-testid="close-import" onClick={leave}>
            <Icon name="close" size={18} />
          </button>
        </header>
        <div class="book-scroll">
          <Trouble />
          {(at === 'choosing' || at === 'running' || at === 'checked' || at === 'confirming') && <FilePart />}
          <Found />
        </div>
        <Bar />
      </aside>
      {overlay.value && <Key onBack={away ? () => (aside.value = false) : null} />}
    </>
  );
}
