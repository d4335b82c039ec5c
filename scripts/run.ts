// Runs a tool of this project in the repository's root and says how it went.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..');

/** The environment in which tools find the pinned Node.js first. */
export const TOOL_ENV = {
  ...process.env,
  PATH: `${dirname(process.execPath)}:${join(ROOT, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`,
};

/** True when the command ends well. Its output goes to the terminal. */
export function run(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { cwd: ROOT, stdio: 'inherit', env: TOOL_ENV }).status === 0;
}

/** A tool installed by npm. */
export function tool(name: string, ...args: string[]): boolean {
  return run(join(ROOT, 'node_modules/.bin', name), args);
}
