// Imports: the same households in every format, read, checked and stored by us, and converted to a GeoPackage by GDAL's ogr2ogr.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeFormats, type FormatFile } from './imports/formats.ts';
import type { ImportTimes, Run } from './types.ts';

/** @param rows households in each file */
export async function benchImports(rows: number): Promise<ImportTimes[]> {
  const folder = await mkdtemp(join(tmpdir(), 'xiantu-bench-imports-'));
  try {
    const times: ImportTimes[] = [];
    for (const file of await writeFormats(folder, rows)) {
      const { size } = await stat(file.path);
      times.push({ format: file.format, rows, megabytes: size / 1e6, ours: await ours(file, rows), gdal: await gdal(file, folder) });
    }
    return times;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function ours({ path, table }: FormatFile, rows: number): Promise<Run> {
  const { output, peak } = await watched(process.execPath, [join(import.meta.dirname, 'imports/importOne.ts'), path, table ?? '']);
  const { ms, accepted } = JSON.parse(output) as { ms: number; accepted: number };
  if (accepted !== rows) throw new Error(`${path}: ${accepted} of ${rows} rows were taken`);
  return { ms, peak };
}

/** Null where GDAL is not installed. */
async function gdal({ path, inGdal, table, options }: FormatFile, folder: string): Promise<Run | null> {
  const target = join(folder, 'gdal.gpkg');
  await rm(target, { force: true });
  const began = performance.now();
  try {
    const { peak } = await watched('ogr2ogr', ['-f', 'GPKG', target, inGdal ?? path, ...(table ? [table] : []), ...options]);
    return { ms: performance.now() - began, peak };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Runs a program and watches how much memory it holds at most, in megabytes (Linux; elsewhere not known). */
function watched(command: string, args: readonly string[]): Promise<{ output: string; peak: number | null }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const chunks: Buffer[] = [];
    let peak: number | null = null;
    const look = setInterval(() => {
      peak = Math.max(peak ?? 0, peakOf(child.pid) ?? 0) || null;
    }, 20);
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', (error) => {
      clearInterval(look);
      reject(error);
    });
    child.on('close', (code) => {
      clearInterval(look);
      if (code === 0) resolve({ output: Buffer.concat(chunks).toString(), peak });
      else reject(new Error(`${command} ended with ${code}`));
    });
  });
}

function peakOf(pid: number | undefined): number | null {
  try {
    const kilobytes = /VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) / 1024;
  } catch {
    return null;
  }
}
