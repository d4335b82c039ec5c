// Which file, into which layer, in which way. What the file itself tells stays folded away.
import { signal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { isLayerName, LAYERS } from '../../../server/domain/layer.ts';
import { say } from '../../i18n/t.ts';
import { importWords } from '../../i18n/import/words.ts';
import { language } from '../../state/preferences.ts';
import { choice, choose, chooseFiles, files, stage, trouble } from '../../state/staff/importing.ts';
import { Icon } from '../shell/Icon.tsx';

const KINDS =
  '.csv,.tsv,.txt,.xlsx,.xlsm,.geojson,.json,.geojsonl,.ndjson,.jsonl,.gpkg,.kml,.kmz,.zip,.shp,.shx,.dbf,.prj,.cpg,.qpj,.sbn,.sbx';
const MODES = ['append', 'upsert', 'replace'] as const;
const ENCODINGS = ['utf-8', 'gb18030', 'big5', 'windows-1252'] as const;
/** Refusals that a text below can answer. */
const ANSWERED_BELOW = new Set(['crs_needed', 'crs_unknown', 'crs_other_datum', 'choose_table', 'no_such_table', 'encoding_unknown']);

/** While these go on, the file stays what it is. */
const BUSY = new Set(['running', 'confirming']);

const over = signal(false);

function sizeOf(all: readonly File[]): string {
  const bytes = all.reduce((sum, file) => sum + file.size, 0);
  const [value, unit] = bytes < 1024 ** 2 ? [Math.max(0.1, bytes / 1024), 'KB'] : [bytes / 1024 ** 2, 'MB'];
  return `${new Intl.NumberFormat(language.value, { maximumFractionDigits: value < 10 ? 1 : 0 }).format(value)} ${unit}`;
}

function drop(event: DragEvent): void {
  event.preventDefault();
  over.value = false;
  if (BUSY.has(stage.peek().at)) return;
  chooseFiles([...(event.dataTransfer?.files ?? [])]);
}

function Chooser() {
  const w = importWords();
  const chosen = files.value;
  const [first] = chosen;
  return (
    <label
      class={`drop${over.value ? ' over' : ''}${first ? ' filled' : ''}`}
      onDragOver={(event) => {
        event.preventDefault();
        over.value = true;
      }}
      onDragLeave={() => (over.value = false)}
      onDrop={drop}
    >
      <input
        class="sr-only"
        type="file"
        multiple
        accept={KINDS}
        data-testid="import-file"
        onChange={(event) => {
          const picked = [...(event.currentTarget.files ?? [])];
          // the same file chosen again, after it was corrected, is a change too
          event.currentTarget.value = '';
          chooseFiles(picked);
        }}
      />
      <Icon name="upload" size={18} />
      {first ? (
        <>
          <span class="file-name">
            <b>{w.filesOf(first.name, chosen.length)}</b> <span class="muted">{sizeOf(chosen)}</span>
          </span>
          <span class="link">{w.otherFile}</span>
        </>
      ) : (
        <span>
          <b>{over.value ? w.dropNow : w.drop}</b>
          <span class="block muted-2">{w.kinds}</span>
        </span>
      )}
    </label>
  );
}

function TextField({ name, label, hint, note }: { name: 'crs' | 'table' | 'transform'; label: string; hint: string; note?: string }) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        data-testid={`import-${name}`}
        autocomplete="off"
        spellcheck={false}
        placeholder={hint}
        value={choice.value[name]}
        aria-describedby={note ? `${id}-note` : undefined}
        onInput={(event) => choose({ [name]: event.currentTarget.value })}
      />
      {note && (
        <span class="muted" id={`${id}-note`}>
          {note}
        </span>
      )}
    </div>
  );
}

function More() {
  const w = importWords();
  const id = useId();
  const { crs, encoding, table, transform } = choice.value;
  const needed = trouble.value !== null && ANSWERED_BELOW.has(trouble.value.error.code);
  return (
    <details class="import-more" open={needed || [crs, encoding, table, transform].some((text) => text !== '')}>
      <summary>
        {w.more} <span class="muted">{w.moreNote}</span>
      </summary>
      <div class="fields">
        <TextField name="crs" label={w.crs} hint={w.crsHint} />
        <div class="field">
          <label for={id}>{w.encoding}</label>
          <select id={id} value={encoding} onChange={(event) => choose({ encoding: event.currentTarget.value })}>
            <option value="">{w.automatic}</option>
            {ENCODINGS.map((name) => (
              <option key={name} value={name}>
                {name === 'gb18030' ? 'GBK / GB 18030' : name.toUpperCase()}
              </option>
            ))}
          </select>
        </div>
        <TextField name="table" label={w.table} hint={w.tableHint} />
        <TextField name="transform" label={w.transform} hint={w.transformHint} note={w.transformNote} />
      </div>
    </details>
  );
}

export function FilePart() {
  const w = importWords();
  const id = useId();
  const { layer, mode } = choice.value;
  const busy = BUSY.has(stage.value.at);
  return (
    <fieldset class="import-order" disabled={busy}>
      <legend class="sr-only">{w.fileTitle}</legend>
      <Chooser />
      <div class="fields">
        <div class="field">
          <label for={id}>{w.layer}</label>
          <select
            id={id}
            data-testid="import-layer"
            value={layer}
            onChange={(event) => {
              const chosen = event.currentTarget.value;
              if (isLayerName(chosen)) choose({ layer: chosen });
            }}
          >
            {LAYERS.filter((one) => !one.derived).map((one) => (
              <option key={one.name} value={one.name}>
                {say(one)}
              </option>
            ))}
          </select>
        </div>
        <div class="field">
          <span id={`${id}-mode`}>{w.mode}</span>
          <div class="segments" role="group" aria-labelledby={`${id}-mode`}>
            {MODES.map((one) => (
              <button key={one} type="button" aria-pressed={mode === one} data-testid={`mode-${one}`} onClick={() => choose({ mode: one })}>
                {w.modes[one]}
              </button>
            ))}
          </div>
        </div>
      </div>
      <p class="muted-2">{w.modeNotes[mode]}</p>
      <More />
    </fieldset>
  );
}
