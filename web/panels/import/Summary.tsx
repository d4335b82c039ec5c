// The sum of the rows on one line, and how the file was read.
import type { ImportReport } from '../../../server/domain/importReport.ts';
import { layerOf } from '../../../server/domain/layer.ts';
import { rejectedCsv } from '../../api/imports.ts';
import { ABSENT, count } from '../../i18n/format.ts';
import { importWords } from '../../i18n/import/words.ts';
import { say } from '../../i18n/t.ts';
import { stage } from '../../state/staff/importing.ts';
import { overlayFailed } from '../../state/staff/importOverlay.ts';
import { Icon } from '../shell/Icon.tsx';

/** The name of a system beside its code. */
function crsWords(code: string | null): string {
  const w = importWords();
  if (code === null) return w.unknownCrs;
  const names: Readonly<Record<string, string>> = w.crsNames;
  const epsg = Number(/^EPSG:(\d+)$/.exec(code)?.[1]);
  const name = names[code] ?? (epsg >= 4491 && epsg <= 4554 ? w.gaussKruger : '');
  return name === '' ? code : `${code} ${name}`;
}

const encodingWords = (name: string | null): string =>
  name === null ? ABSENT : name === 'gb18030' ? 'GBK / GB 18030' : name.toUpperCase();

/** To a part further down, without touching the hash, which holds the view. */
function goTo(id: string): void {
  const heading = document.getElementById(id);
  heading?.scrollIntoView({ block: 'start' });
  heading?.focus({ preventScroll: true });
}

function Sum({ report, stored }: { report: ImportReport; stored: boolean }) {
  const w = importWords();
  const parts = [
    { name: 'accepted', label: stored ? w.acceptedStored : w.accepted, rows: report.accepted, sign: '=' },
    { name: 'rejected', label: w.rejected, rows: report.rejected, sign: '+' },
    { name: 'skipped', label: w.skipped, rows: report.skipped, sign: '+' },
  ] as const;
  return (
    <dl class="import-sum" data-testid="import-sum">
      <div data-part="read">
        <dt>{w.read}</dt>
        <dd>{count(report.read)}</dd>
      </div>
      {parts.map(({ name, label, rows, sign }) => (
        <div key={name} data-part={name} data-sign={sign} class={rows === 0 ? 'none' : ''}>
          <dt>{label}</dt>
          <dd>{count(rows)}</dd>
          {name === 'accepted' && report.repaired > 0 && <dd class="muted-2 small-note">{w.repaired(count(report.repaired))}</dd>}
        </div>
      ))}
    </dl>
  );
}

export function Summary({ report, stored }: { report: ImportReport; stored: boolean }) {
  const w = importWords();
  const now = stage.value;
  return (
    <section class="import-part" aria-labelledby="import-summary" data-testid="import-report">
      <h3 id="import-summary" tabindex={-1}>
        {stored ? w.storedTitle : w.reportTitle} <small class="muted">{stored ? report.file : w.notStored}</small>
      </h3>
      {now.at === 'undone' && (
        <p class="book-notice" role="status" data-testid="import-undone">
          <Icon name="check" size={18} /> {w.undone(count(now.revision))}
        </p>
      )}
      {(now.at === 'stored' || now.at === 'undoing') && (
        <p class="book-notice" role="status" data-testid="import-stored">
          <Icon name="check" size={18} /> {w.stored(count(report.accepted), say(layerOf(report.layer)))}{' '}
          {report.revision !== null && <span class="muted-2">{w.revision(count(report.revision))}</span>}
        </p>
      )}
      <Sum report={report} stored={stored} />
      <dl class="import-facts">
        <div>
          <dt>{w.usedCrs}</dt>
          <dd data-testid="used-crs">{crsWords(report.crs)}</dd>
        </div>
        <div>
          <dt>{w.usedEncoding}</dt>
          <dd data-testid="used-encoding">{encodingWords(report.encoding)}</dd>
        </div>
      </dl>
      {!stored && report.unmapped.length > 0 && (
        <p class="unmapped-hint">
          {w.unmappedTitle(report.unmapped.length)}
          {w.colon}
          {report.unmapped.slice(0, 4).join(w.comma)}
          {report.unmapped.length > 4 && ' …'}{' '}
          <button type="button" class="link" data-testid="to-columns" onClick={() => goTo('import-columns')}>
            {w.toColumns}
          </button>
        </p>
      )}
      {overlayFailed.value && <p class="muted-2">{w.notDrawn}</p>}
      {report.rejected > 0 && (
        <p>
          <a class="link download" href={rejectedCsv(report.importId)} download data-testid="rejected-csv">
            <Icon name="download" size={16} /> {w.rejectedFile}
          </a>{' '}
          <span class="muted-2">{w.rejectedHow}</span>
        </p>
      )}
    </section>
  );
}
