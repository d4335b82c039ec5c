// Who edits what at this moment, in memory: pages say so again and again, and are forgotten when they no longer do.

import type { Editing } from '../domain/editing.ts';

interface Page extends Editing {
  readonly session: string;
  readonly until: number;
}

/** Milliseconds after its last word that a page counts as gone. */
export const FORGOTTEN_AFTER = 60_000;
/** Pages of one account; the one heard of longest ago gives way. */
const MOST_PAGES = 20;

export class Presence {
  private readonly pages = new Map<string, Page>();
  private readonly changed: (editing: readonly Editing[]) => void;
  private readonly now: () => number;
  private timer: NodeJS.Timeout | null = null;

  /**
   * @param changed told of the whole list when somebody begins, ends or is forgotten
   * @param now milliseconds since 1970
   */
  constructor(changed: (editing: readonly Editing[]) => void, now: () => number = Date.now) {
    this.changed = changed;
    this.now = now;
  }

  /** Those who edit, in the order in which they began. */
  get list(): readonly Editing[] {
    return [...this.pages.values()].map(({ zone, by, since }) => ({ zone, by, since })).sort((a, b) => (a.since < b.since ? -1 : 1));
  }

  /**
   * A page says what it edits.
   * @param session of the account, by which it ends with it
   * @param zone `layer:id`, or null when it edits nothing any more
   */
  say(by: string, session: string, page: string, zone: string | null): void {
    const key = JSON.stringify([by, page]);
    const before = this.pages.get(key);
    this.pages.delete(key);
    if (zone !== null) {
      const until = this.now() + FORGOTTEN_AFTER;
      const since = before?.zone === zone ? before.since : new Date(this.now()).toISOString();
      // put in anew: the map is in the order in which pages were last heard of
      this.pages.set(key, { zone, by, since, session, until });
      const own = [...this.pages].filter(([, one]) => one.by === by);
      for (const [oldest] of own.slice(0, -MOST_PAGES)) this.pages.delete(oldest);
    }
    if ((before?.zone ?? null) !== zone) this.changed(this.list);
    this.watch();
  }

  /** The pages of a session that ended edit nothing any more. */
  endSession(session: string): void {
    this.removeWhere((page) => page.session === session);
  }

  /** Forgets pages that have not said anything for too long. */
  forget(): void {
    const now = this.now();
    this.removeWhere((page) => page.until <= now);
  }

  close(): void {
    if (this.timer) clearTimeout(this.timer);
    this.pages.clear();
  }

  private removeWhere(gone: (page: Page) => boolean): void {
    const { size } = this.pages;
    for (const [key, page] of this.pages) if (gone(page)) this.pages.delete(key);
    if (this.pages.size < size) this.changed(this.list);
    this.watch();
  }

  /** Wakes when the page heard of longest ago is due. */
  private watch(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    const [oldest] = this.pages.values();
    if (!oldest) return;
    this.timer = setTimeout(() => this.forget(), Math.max(0, oldest.until - this.now()) + 10);
    this.timer.unref();
  }
}
