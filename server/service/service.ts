// The service behind HTTP and the command line: it starts the threads, sends changes through the writer, and lets an
// answer to a change go out only when every later read will show it. Nothing heavy runs on this thread.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Edit, Editor, EditResult, IfRevisions } from '../changes/writer.ts';
import type { ChangeSet } from '../domain/changeSet.ts';
import type { LayerName } from '../domain/layer.ts';
import type { RuleSet } from '../domain/rules.ts';
import type { PublishedFigures } from '../domain/service.ts';
import type { AccountsData, AccountsHandlers } from '../workers/accounts.worker.ts';
import type { GeometryHandlers } from '../workers/geometry.worker.ts';
import type { PhotoHandlers } from '../workers/photo.worker.ts';
import type { Computing, ReaderData, ReaderHandlers } from '../workers/reader.worker.ts';
import { connect, type Connection } from '../workers/rpc.ts';
import type { SearchData, SearchHandlers } from '../workers/search.worker.ts';
import type { Storing, WriterData, WriterHandlers } from '../workers/writer.worker.ts';
import { EventLog } from './events.ts';
import { HelperThread } from './helperThread.ts';
import { loopDelay } from './loopDelay.ts';
import { Presence } from './presence.ts';
import { PATHS, type Settings } from './settings.ts';
import { workerUrl } from './workerUrl.ts';

export interface Readiness {
  ready: boolean;
  phase: 'opening' | 'demo' | 'computing' | 'ready';
  detail: string;
}

const OUTSIDE_CHECK_MS = 5000;

export class Service {
  readonly settings: Settings;
  readonly events = new EventLog();
  readonly presence = new Presence((editing) => this.events.tell({ type: 'editing', editing }));
  readonly readiness: Readiness = { ready: false, phase: 'opening', detail: 'opening the store' };
  readonly folders: { uploads: string; imports: string; staging: string; ground: string; photos: string };
  readonly storePath: string;
  published: PublishedFigures | null = null;
  /** When another program last wrote to the store, if one did. */
  outsideWriteAt: string | null = null;
  revision = 0;
  /** Zones counted by the latest full computation. */
  computing = { done: 0, of: 0 };
  /** Builds shapes for editors. */
  readonly geometry = new HelperThread<GeometryHandlers>({ name: 'geometry', workerData: null, deadline: 30_000, heapMb: 1024 });
  /** Writes photos anew. */
  readonly photos = new HelperThread<PhotoHandlers>({ name: 'photo', workerData: null, deadline: 30_000, heapMb: 512 });
  /** Looks for features by text. */
  readonly search: HelperThread<SearchHandlers>;
  private readonly writerConnection: Connection<WriterHandlers>;
  private readonly readerConnection: Connection<ReaderHandlers>;
  private readonly accountsConnection: Connection<AccountsHandlers>;
  private readonly timer: NodeJS.Timeout;

  private constructor(settings: Settings, onWorkerExit: (name: string) => void) {
    this.settings = settings;
    const folder = settings.dataFolder;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.folders = {
      uploads: join(folder, 'uploads'),
      imports: join(folder, 'imports'),
      staging: join(folder, 'staging'),
      ground: join(folder, 'ground'),
      photos: join(folder, 'photos'),
    };
    // what an earlier run left half done is worthless
    for (const name of ['uploads', 'staging'] as const) rmSync(this.folders[name], { recursive: true, force: true });
    for (const path of Object.values(this.folders)) mkdirSync(path, { recursive: true, mode: 0o700 });
    this.storePath = join(folder, 'xiantu.gpkg');
    const start = <H extends WriterHandlers | AccountsHandlers>(name: string, workerData: unknown) =>
      connect<H>(workerUrl(name), { workerData, name, onExit: () => onWorkerExit(name) });
    this.writerConnection = start<WriterHandlers>('writer', { storePath: this.storePath, rulesFolder: PATHS.rules } satisfies WriterData);
    this.accountsConnection = start<AccountsHandlers>('accounts', { path: join(folder, 'accounts.sqlite') } satisfies AccountsData);
    this.readerConnection = lateReader(this.writerConnection, this.storePath, onWorkerExit);
    const searchData: SearchData = { storePath: this.storePath };
    this.search = new HelperThread({ name: 'search', workerData: searchData, deadline: 15_000, heapMb: 512 });
    this.readerConnection.onEvent((event) => {
      const { done, of } = (event as Computing).computing;
      this.computing = { done, of };
      if (!this.readiness.ready) this.say('computing', `computing exposure: ${done} of ${of} zones`);
    });
    this.timer = setInterval(() => void this.lookOutside(), OUTSIDE_CHECK_MS);
    this.timer.unref();
  }

  /** Starts the threads and opens the store; `prepare` brings the data in, `ready` comes after `load`. */
  static async open(settings: Settings, onWorkerExit: (name: string) => void): Promise<Service> {
    const service = new Service(settings, onWorkerExit);
    service.revision = await service.writer.revision();
    await service.accounts.isEmpty();
    return service;
  }

  /** Told how many rows of an import are stored so far. */
  onStoring(listener: (progress: Storing['storing']) => void): void {
    this.writerConnection.onEvent((event) => listener((event as Storing).storing));
  }

  get writer() {
    return this.writerConnection.call;
  }

  get reader() {
    return this.readerConnection.call;
  }

  get accounts() {
    return this.accountsConnection.call;
  }

  say(phase: Readiness['phase'], detail: string): void {
    Object.assign(this.readiness, { phase, detail, ready: phase === 'ready' });
  }

  /** Reads the store into the counting index, publishes the public figures, and is ready. */
  async makeReady(): Promise<void> {
    this.say('computing', 'reading households and zones');
    this.revision = await this.reader.load();
    await this.publish();
    this.say('ready', 'ready');
    loopDelay.reset(); // what the start cost says nothing of how visitors are served
  }

  async publish(): Promise<PublishedFigures> {
    this.published = await this.reader.published(new Date().toISOString());
    this.events.push({ type: 'published', revision: this.published.revision });
    return this.published;
  }

  async edit(edit: Edit, editor: Editor): Promise<EditResult> {
    const result = await this.writer.edit(edit, editor);
    await this.follow(result.changes);
    return result;
  }

  /** Puts a removed feature back. @throws Problem as Writer.restore */
  async restore(layer: LayerName, id: string, ifRevisions: IfRevisions, editor: Editor): Promise<EditResult> {
    const result = await this.writer.restore(layer, id, ifRevisions, editor);
    await this.follow(result.changes);
    return result;
  }

  async setRules(set: RuleSet, editor: Editor): Promise<ChangeSet> {
    const changes = await this.writer.setRules(set, editor);
    await this.follow(changes);
    return changes;
  }

  /** Lets the reader catch up with a commit, then tells whoever listens. */
  async follow(changes: ChangeSet): Promise<void> {
    await this.reader.apply(changes);
    this.revision = Math.max(this.revision, changes.revision);
    for (const { layer, ids } of changes.changes) {
      this.events.push({ type: 'feature', revision: changes.revision, layer, ids });
    }
    this.events.push({ type: 'exposure', revision: changes.revision });
  }

  private async lookOutside(): Promise<void> {
    if (!this.readiness.ready) return;
    try {
      if (!(await this.writer.changedOutside())) return;
      this.outsideWriteAt = new Date().toISOString();
      process.stderr.write(
        'Another program wrote to the store; it is read anew. Programs other than this service should open it read-only.\n',
      );
      this.revision = await this.reader.load();
      this.events.push({ type: 'exposure', revision: this.revision });
    } catch {
      // the thread is ending; its exit handler says so
    }
  }

  /** Ends the threads after their work under way; nothing acknowledged is lost. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    this.presence.close();
    // the readers first: the last to close the store is then the writer, which folds the write-ahead log into the file
    await Promise.all(
      [this.readerConnection, this.accountsConnection, this.geometry, this.photos, this.search].map((thread) => thread.end()),
    );
    await this.writer.close();
    await this.writerConnection.end();
  }
}

/** The reader opens the file read-only, so it may start only when the writer has made it. */
function lateReader(
  writer: Connection<WriterHandlers>,
  storePath: string,
  onWorkerExit: (name: string) => void,
): Connection<ReaderHandlers> {
  let connection: Promise<Connection<ReaderHandlers>> | null = null;
  const opened = () =>
    (connection ??= writer.call.revision().then(() =>
      connect<ReaderHandlers>(workerUrl('reader'), {
        workerData: { storePath } satisfies ReaderData,
        name: 'reader',
        onExit: () => onWorkerExit('reader'),
      }),
    ));
  const call = new Proxy({} as Connection<ReaderHandlers>['call'], {
    get:
      (_, name) =>
      async (...args: unknown[]) => {
        const remote = (await opened()).call as unknown as Record<string, (...a: unknown[]) => Promise<unknown>>;
        return remote[String(name)]?.(...args);
      },
  });
  return {
    call,
    onEvent: (listener) => void opened().then((one) => one.onEvent(listener)),
    end: async () => {
      if (connection) await (await connection).end();
    },
    terminate: async () => {
      if (connection) await (await connection).terminate();
    },
  };
}
