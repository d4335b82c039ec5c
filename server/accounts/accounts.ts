// Accounts, sessions and the audit log, in a file of their own, so that the features' file can be handed on.
import { argon2, createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { chmodSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { Role } from '../domain/role.ts';

const IDLE_MS = 30 * 60_000;
const ABSOLUTE_MS = 12 * 3_600_000;
/** OWASP's minimum for argon2id: 19 MiB, two passes. */
const ARGON2 = { parallelism: 1, tagLength: 32, memory: 19 * 1024, passes: 2 };
const BAD_TRIES = 10;
const TRY_WINDOW_MS = 60_000;

export interface Session {
  readonly username: string;
  readonly role: Exclude<Role, 'public'>;
  readonly csrfToken: string;
}

export type SignIn = { session: Session; token: string } | { refused: 'wrong' } | { refused: 'throttled'; retryAfter: number };

export interface AuditEntry {
  readonly by: string;
  readonly role: Role;
  readonly action: string;
  readonly subject: string;
  readonly count: number | null;
}

function hashPassword(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    argon2('argon2id', { message: Buffer.from(password.normalize('NFC')), nonce: salt, ...ARGON2 }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

const hashToken = (token: string) => createHash('sha256').update(token).digest('hex');

export class Accounts {
  private readonly database: DatabaseSync;
  private readonly tries = new Map<string, number[]>();

  constructor(path: string) {
    this.database = new DatabaseSync(path, { timeout: 5000 });
    chmodSync(path, 0o600);
    this.database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
      CREATE TABLE IF NOT EXISTS accounts (username TEXT PRIMARY KEY, role TEXT NOT NULL, salt BLOB NOT NULL, hash BLOB NOT NULL,
        created_at TEXT NOT NULL);
      CREATE TABLE IF NOT EXISTS sessions (token TEXT PRIMARY KEY, username TEXT NOT NULL, csrf TEXT NOT NULL,
        created INTEGER NOT NULL, seen INTEGER NOT NULL);
      CREATE TABLE IF NOT EXISTS audit (id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, by TEXT NOT NULL, role TEXT NOT NULL,
        action TEXT NOT NULL, subject TEXT NOT NULL, count INTEGER);
      CREATE TRIGGER IF NOT EXISTS audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
      CREATE TRIGGER IF NOT EXISTS audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;`);
  }

  async isEmpty(): Promise<boolean> {
    return Number(this.database.prepare('SELECT count(*) AS n FROM accounts').get()?.['n']) === 0;
  }

  /** Makes an account or sets its password and role; its sessions end. */
  async setAccount(username: string, password: string, role: Exclude<Role, 'public'>): Promise<void> {
    const salt = randomBytes(16);
    const hash = await hashPassword(password, salt);
    this.database.prepare('DELETE FROM accounts WHERE username = ?').run(username);
    this.database.prepare('INSERT INTO accounts VALUES (?, ?, ?, ?, ?)').run(username, role, salt, hash, new Date().toISOString());
    this.database.prepare('DELETE FROM sessions WHERE username = ?').run(username);
  }

  async removeAccount(username: string): Promise<boolean> {
    this.database.prepare('DELETE FROM sessions WHERE username = ?').run(username);
    return this.database.prepare('DELETE FROM accounts WHERE username = ?').run(username).changes !== 0;
  }

  async listAccounts(): Promise<{ username: string; role: string }[]> {
    return this.database
      .prepare('SELECT username, role FROM accounts ORDER BY username')
      .all()
      .map((row) => ({ username: String(row['username']), role: String(row['role']) }));
  }

  /** An unknown name takes as long as a wrong password. Too many tries from one address for one name must wait. */
  async signIn(username: string, password: string, address: string): Promise<SignIn> {
    const now = Date.now();
    const key = `${username}\n${address}`;
    const recent = (this.tries.get(key) ?? []).filter((at) => now - at < TRY_WINDOW_MS);
    if (recent.length >= BAD_TRIES) {
      return { refused: 'throttled', retryAfter: Math.ceil(((recent[0] ?? now) + TRY_WINDOW_MS - now) / 1000) };
    }
    const row = this.database.prepare('SELECT * FROM accounts WHERE username = ?').get(username);
    const salt = row?.['salt'] instanceof Uint8Array ? Buffer.from(row['salt']) : Buffer.alloc(16);
    const stored = row?.['hash'] instanceof Uint8Array ? Buffer.from(row['hash']) : Buffer.alloc(32);
    const hash = await hashPassword(password, salt);
    if (!timingSafeEqual(hash, stored) || !row) {
      if (this.tries.size > 10_000) this.tries.clear();
      this.tries.set(key, [...recent, now]);
      return { refused: 'wrong' };
    }
    this.tries.delete(key);
    const token = randomBytes(32).toString('base64url');
    const csrfToken = randomBytes(32).toString('base64url');
    this.database.prepare('DELETE FROM sessions WHERE created < ? OR seen < ?').run(now - ABSOLUTE_MS, now - IDLE_MS);
    this.database.prepare('INSERT INTO sessions VALUES (?, ?, ?, ?, ?)').run(hashToken(token), username, csrfToken, now, now);
    return { session: { username, role: row['role'] as Session['role'], csrfToken }, token };
  }

  /** The session of a token, or null when it is unknown, idle for 30 min, or older than 12 h. */
  async session(token: string): Promise<Session | null> {
    const row = this.database
      .prepare('SELECT s.*, a.role FROM sessions s JOIN accounts a USING (username) WHERE token = ?')
      .get(hashToken(token));
    if (!row) return null;
    const now = Date.now();
    if (now - Number(row['created']) > ABSOLUTE_MS || now - Number(row['seen']) > IDLE_MS) {
      this.database.prepare('DELETE FROM sessions WHERE token = ?').run(hashToken(token));
      return null;
    }
    if (now - Number(row['seen']) > 60_000) {
      this.database.prepare('UPDATE sessions SET seen = ? WHERE token = ?').run(now, hashToken(token));
    }
    return { username: String(row['username']), role: row['role'] as Session['role'], csrfToken: String(row['csrf']) };
  }

  async signOut(token: string): Promise<void> {
    this.database.prepare('DELETE FROM sessions WHERE token = ?').run(hashToken(token));
  }

  async audit(entry: AuditEntry): Promise<void> {
    this.database
      .prepare('INSERT INTO audit (at, by, role, action, subject, count) VALUES (?, ?, ?, ?, ?, ?)')
      .run(new Date().toISOString(), entry.by, entry.role, entry.action, entry.subject, entry.count);
  }

  /** The latest entries, newest first; `before` continues behind an entry's id. */
  async auditLog(limit: number, before: number | null): Promise<Record<string, unknown>[]> {
    return this.database
      .prepare('SELECT * FROM audit WHERE id < ? ORDER BY id DESC LIMIT ?')
      .all(before ?? Number.MAX_SAFE_INTEGER, limit)
      .map((row) => ({ ...row }));
  }
}
