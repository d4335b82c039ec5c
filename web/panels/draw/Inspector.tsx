// Right of the drawing: which zone it is, its figures, its attributes, what speaks against it, and saving. Without a draft: what
// could be drawn, and the drafts that wait.
import { sheetOpen } from '../../draw/sheet.ts';
import { conflict } from '../../draw/saving.ts';
import { draft } from '../../draw/draft.ts';
import { form } from '../../operations/list.ts';
import { drawWords } from '../../i18n/draw/words.ts';
import { Icon } from '../shell/Icon.tsx';
import { Checks } from './Checks.tsx';
import { ConflictPart } from './ConflictPart.tsx';
import { CountPart } from './CountPart.tsx';
import { Fields } from './Fields.tsx';
import { Head } from './Head.tsx';
import { PeoplePart } from './PeoplePart.tsx';
import { SaveBar } from './SaveBar.tsx';
import { ShapeForm, ToolForm } from './ShapeForms.tsx';
import { Start } from './Start.tsx';
import { VertexTable } from './VertexTable.tsx';

function closeSheet(): void {
  sheetOpen.value = false;
  document.querySelector<HTMLElement>('.sheet-open')?.focus();
}

export function Inspector() {
  const now = draft.value;
  const w = drawWords();
  if (!now) return <Start />;
  return (
    <aside class={`inspector${sheetOpen.value ? ' open' : ''}`} aria-label={w.title} data-testid="inspector">
      <Head />
      <div class="inspector-scroll">
        {conflict.value && <ConflictPart key={String(conflict.value.theirs?.properties['revision'])} />}
        <CountPart />
        <PeoplePart />
        <ToolForm />
        {form.value && <ShapeForm key={form.value} verb={form.value} />}
        <Fields key={now.key} />
        <VertexTable />
        <Checks />
      </div>
      <SaveBar />
      <button type="button" class="sheet-close button" onClick={closeSheet}>
        <Icon name="down" /> {w.backToMap}
      </button>
    </aside>
  );
}
