// One import from the chosen file to the stored rows. The file stays in the page, so it can be checked again and again.
import { computed, effect, signal, untracked } from '@preact/signals';
import type { ImportReport } from '../../../server/domain/importReport.ts';
import { ApiError } from '../../api/http.ts';
import {
  cancelImport,
  confirmImport,
  errorOf,
  importState,
  startCheck,
  undoImport,
  type ImportOrder,
  type ImportState,
} from '../../api/imports.ts';
import { importOpen } from '../importView.ts';
import { noteRevision, sessionExpired, user } from '../service.ts';
import { columnsIn } from './importProblem.ts';

export type Stage =
  | { readonly at: 'choosing' }
  | { readonly at: 'running'; readonly step: 'uploading' | 'reading' | 'storing'; readonly rows: number }
  | { readonly at: 'checked' | 'confirming' | 'stored' | 'undoing'; readonly report: ImportReport }
  | { readonly at: 'undone'; readonly report: ImportReport; readonly revision: number };

export type Choice = Omit<ImportOrder, 'mapping'>;

const EMPTY = { crs: '', encoding: '', table: '', transform: '' } as const;

export const files = signal<readonly File[]>([]);
export const choice = signal<Choice>({ layer: 'hazard-points', mode: 'append', ...EMPTY });
/** our field → their column as corrected here; null while nothing was. */
export const corrected = signal<Readonly<Record<string, string>> | null>(null);
export const stage = signal<Stage>({ at: 'choosing' });
export const trouble = signal<{ readonly error: ApiError; readonly at: 'check' | 'confirm' | 'undo' } | null>(null);
/** What happened last where it leaves nothing else to see. */
export const note = signal<'cancelled' | 'lost' | 'fileChanged' | null>(null);
export const allowPartial = signal(false);
export const allowReplace = signal(false);
/** Columns of the file, as far as the service has told them. */
export const columns = signal<readonly string[]>([]);

export const report = computed(() => ('report' in stage.value ? stage.value.report : null));

/** What the columns are taken for, corrections included. */
export const mapping = computed<Readonly<Record<string, string>>>(() => corrected.value ?? report.value?.mapping ?? {});

const asChecked = signal('');
const asNow = computed(() => JSON.stringify([choice.value, corrected.value]));

/** Something was changed since the check: what it says is not what would be stored. */
export const stale = computed(() => stage.value.at === 'checked' && asNow.value !== asChecked.value);

let running: { importId: string | null; readonly abort: AbortController } | null = null;

export function reset(): void {
  running?.abort.abort();
  running = null;
  files.value = [];
  choice.value = { ...choice.peek(), mode: 'append', ...EMPTY };
  corrected.value = null;
  columns.value = [];
  forget();
}

function forget(): void {
  stage.value = { at: 'choosing' };
  trouble.value = null;
  note.value = null;
  allowPartial.value = false;
  allowReplace.value = false;
}

/** Another file has other columns, systems and tables. */
export function chooseFiles(chosen: readonly File[]): void {
  if (chosen.length === 0) return;
  reset();
  files.value = chosen;
}

/** Another layer has other fields. */
export function choose(change: Partial<Choice>): void {
  if (change.layer && change.layer !== choice.peek().layer) corrected.value = null;
  choice.value = { ...choice.peek(), ...change };
  allowReplace.value = false;
}

/** Gives a field another column, none ('') or the one of its name (null); a column serves one field, a point's number alone serves as id and code. */
export function mapField(field: string, column: string | null): void {
  const shares = new Set(['id', 'code']);
  const others = Object.entries(mapping.peek()).filter(
    ([name, taken]) => name !== field && (!column || taken !== column || (shares.has(field) && shares.has(name))),
  );
  corrected.value = Object.fromEntries(column === null ? others : [...others, [field, column]]);
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

async function readable(chosen: readonly File[]): Promise<boolean> {
  try {
    await Promise.all(chosen.map((file) => file.slice(0, 1).arrayBuffer()));
    return true;
  } catch {
    return false;
  }
}

async function followReading(first: ImportState, signal: AbortSignal): Promise<ImportState> {
  let state = first;
  for (let wait = 200; state.state === 'running'; wait = Math.min(wait * 1.5, 1000)) {
    stage.value = { at: 'running', step: state.phase === 'storing' ? 'storing' : 'reading', rows: state.progress };
    await pause(wait);
    signal.throwIfAborted();
    state = await importState(state.importId, signal);
  }
  return state;
}

function settle(state: ImportState): void {
  if (state.state === 'cancelled') {
    forget();
    note.value = 'cancelled';
    return;
  }
  if (state.read === undefined) throw errorOf(state);
  const found = state as ImportState & ImportReport;
  columns.value = [...new Set([...Object.values(found.mapping), ...found.unmapped])];
  stage.value = { at: 'checked', report: found };
}

/** Sends the file to be looked at: nothing is stored. */
export async function check(): Promise<void> {
  const chosen = files.peek();
  if (chosen.length === 0) return;
  running?.abort.abort();
  const mine = { importId: null as string | null, abort: new AbortController() };
  running = mine;
  forget();
  stage.value = { at: 'running', step: 'uploading', rows: 0 };
  const { signal } = mine.abort;
  if (!(await readable(chosen))) {
    forget();
    files.value = [];
    note.value = 'fileChanged';
    return;
  }
  try {
    asChecked.value = asNow.peek();
    const started = await startCheck(chosen, { ...choice.peek(), mapping: corrected.peek() ?? {} }, signal);
    mine.importId = started.importId;
    const ended = await followReading(started, signal);
    if (!signal.aborted) settle(ended);
  } catch (error) {
    if (signal.aborted) return;
    forget();
    if (!user.peek() || (error instanceof ApiError && error.status === 401)) note.value = 'lost';
    else {
      const told = asError(error);
      const named = columnsIn(told.message);
      if (named.length > 0) columns.value = named;
      trouble.value = { error: told, at: 'check' };
    }
  }
}

/** Breaks the upload or the reading off. */
export async function cancel(): Promise<void> {
  const mine = running;
  if (!mine) return;
  if (mine.importId !== null) {
    // the reading tells by its state that it has ended
    await cancelImport(mine.importId).catch(() => undefined);
    return;
  }
  mine.abort.abort();
  forget();
  note.value = 'cancelled';
}

const asError = (error: unknown): ApiError => (error instanceof ApiError ? error : new ApiError(-1, String(error)));

/** Stores the rows of the check that is shown. */
export async function confirm(): Promise<void> {
  const now = stage.peek();
  if (now.at !== 'checked' || stale.peek()) return;
  trouble.value = null;
  stage.value = { at: 'confirming', report: now.report };
  try {
    const stored = await confirmImport(now.report.importId, allowPartial.peek());
    stage.value = { at: 'stored', report: stored };
    if (stored.revision !== null) noteRevision(stored.revision);
  } catch (error) {
    stage.value = now;
    trouble.value = { error: asError(error), at: 'confirm' };
  }
}

/** Takes the stored import back as a whole. */
export async function undo(): Promise<void> {
  const now = stage.peek();
  if (now.at !== 'stored') return;
  trouble.value = null;
  stage.value = { at: 'undoing', report: now.report };
  try {
    const { revision } = await undoImport(now.report.importId);
    stage.value = { at: 'undone', report: now.report, revision };
    noteRevision(revision);
  } catch (error) {
    stage.value = now;
    trouble.value = { error: asError(error), at: 'undo' };
  }
}

function leaveNothing(): void {
  reset();
  importOpen.value = false;
}

/** Whoever signs out, or somebody else who signs in, leaves no file behind; a session that only ended keeps it for its owner. */
export function followOwner(): void {
  let owner = user.peek()?.username ?? null;
  /** The session ended by itself; its owner may come back. */
  let awaited = false;
  effect(() => {
    const now = user.value?.username ?? null;
    void sessionExpired.value;
    untracked(() => {
      if (now !== null) {
        if (owner !== null && owner !== now) leaveNothing();
        owner = now;
        awaited = false;
        return;
      }
      // the two signals change one after the other
      queueMicrotask(() => {
        if (user.peek() !== null || awaited) return;
        awaited = sessionExpired.peek();
        if (!awaited) leaveNothing();
        else if (files.peek().length > 0) {
          running?.abort.abort();
          forget();
          note.value = 'lost';
        }
      });
    });
  });
}
