// One server a data folder. The lock says where it listens and holds the key with which the command line on this
// machine speaks to it; only the folder's owner can read it.
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export class LocalKey {
  readonly value = randomBytes(32).toString('base64url');

  matches(candidate: string): boolean {
    const a = Buffer.from(candidate);
    const b = Buffer.from(this.value);
    return a.length === b.length && timingSafeEqual(a, b);
  }
}

export interface Lock {
  pid: number;
  url: string;
  key: string;
}

const fileOf = (dataFolder: string) => join(dataFolder, 'server.json');

/** The server that holds the folder, or null. A lock of a process that is gone counts for nothing. */
export function readLock(dataFolder: string): Lock | null {
  try {
    const lock = JSON.parse(readFileSync(fileOf(dataFolder), 'utf8')) as Lock;
    process.kill(lock.pid, 0);
    return lock.pid === process.pid ? null : lock;
  } catch (error) {
    // EPERM: the process lives, under another user
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? { pid: 0, url: '', key: '' } : null;
  }
}

export function writeLock(dataFolder: string, lock: Lock): void {
  writeFileSync(fileOf(dataFolder), JSON.stringify(lock), { mode: 0o600 });
}

export function removeLock(dataFolder: string): void {
  rmSync(fileOf(dataFolder), { force: true });
}
