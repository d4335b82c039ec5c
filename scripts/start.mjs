#!/usr/bin/env node
// The way in, in plain JavaScript for whatever Node.js is there (20 or later): installs what is missing, builds the
// page when it is stale, and hands over to the pinned Node.js that runs the TypeScript as it stands.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const WINDOWS = process.platform === 'win32';

const VERBS = {
  serve: 'server/main.ts',
  bench: 'scripts/bench.ts',
  test: 'scripts/test.ts',
  check: 'scripts/check.ts',
  verify: 'scripts/verify.ts',
  xiantu: 'server/cli/main.ts',
};
/** Verbs that need the page. */
const WITH_PAGE = new Set(['serve', 'test']);
const LEAST_NODE = 24;

function stop(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

function hashOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(path.slice(ROOT.length)).update(readFileSync(path));
  return hash.digest('hex');
}

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.name !== 'dist' && entry.name !== 'node_modules')
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(path) : [path];
    })
    .sort();
}

function read(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}

/** Installs when node_modules is not what the lock file says. */
function install() {
  const stamp = join(ROOT, 'node_modules/.xiantu-installed');
  const wanted = hashOf([join(ROOT, 'package-lock.json')]);
  if (read(stamp) === wanted) return;
  process.stdout.write('Installing packages (about a minute the first time) …\n');
  const result = spawnSync(WINDOWS ? 'npm.cmd' : 'npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: ROOT,
    stdio: 'inherit',
    shell: WINDOWS,
  });
  if (result.status !== 0) stop('npm could not install the packages. Is the npm registry reachable?');
  writeFileSync(stamp, wanted);
}

/** The pinned Node.js from node_modules, or the one that runs this if it is new enough. */
function nodeBinary() {
  const pinned = join(ROOT, 'node_modules', `node-${WINDOWS ? 'win' : 'linux'}-${process.arch}`, 'bin', WINDOWS ? 'node.exe' : 'node');
  if (existsSync(pinned)) return pinned;
  if (Number(process.versions.node.split('.')[0]) >= LEAST_NODE) return process.execPath;
  return stop(
    `Xiantu runs on Node.js ${LEAST_NODE} or later. None is packaged for ${process.platform}-${process.arch}: install it from nodejs.org and start again.`,
  );
}

/** Builds the page when its sources, or what it shares with the server, have changed. */
function buildPage(node) {
  const stamp = join(ROOT, 'web/dist/.xiantu-built');
  const shared = ['server/domain', 'server/geo', 'server/exposure'].flatMap((folder) => filesBelow(join(ROOT, folder)));
  const wanted = hashOf([...filesBelow(join(ROOT, 'web')), ...shared, join(ROOT, 'package-lock.json')]);
  if (read(stamp) === wanted) return;
  process.stdout.write('Building the page …\n');
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
  const result = spawnSync(node, [vite, 'build', '--config', 'web/vite.config.ts', '--logLevel', 'warn'], { cwd: ROOT, stdio: 'inherit' });
  if (result.status !== 0) stop('The page could not be built.');
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}

const [verb = 'serve', ...rest] = process.argv.slice(2);
// `npx xiantu import …` comes here without the verb `xiantu`
const known = Object.hasOwn(VERBS, verb);
const script = known ? VERBS[verb] : VERBS.xiantu;
const args = known ? rest : process.argv.slice(2);
if (!statSync(join(ROOT, script), { throwIfNoEntry: false })) stop(`${script} is missing from this checkout.`);

install();
const node = nodeBinary();
if (WITH_PAGE.has(verb)) buildPage(node);
// not spawnSync: a signal to this process must reach the service, which then ends its work and lets go of its port
const child = spawn(node, [join(ROOT, script), ...args], { cwd: process.cwd(), stdio: 'inherit', env: process.env });
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal));
// npm's shell dies of a signal without handing it on: when the parent is gone, the service is not wanted any more
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) child.kill('SIGTERM');
}, 500);
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1)));
