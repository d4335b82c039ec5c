// Runs the generator of the demo district in a process of its own: it takes seconds of computing.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PATHS } from './settings.ts';

export async function runGenerator(folder: string): Promise<void> {
  await promisify(execFile)(process.execPath, [join(PATHS.root, 'scripts/demo/generate.ts'), folder]);
}
