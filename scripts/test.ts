// `npm test`: checks, then every test, then one line that counts them. With CI=true as root on Debian it installs what
// the tests need and skips nothing; elsewhere it says what would install it, and those tests are skipped.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { check } from './check.ts';
import { ROOT, run, tool } from './run.ts';

const PACKAGES = ['chromium', 'fonts-noto-cjk', 'gdal-bin', 'postgresql-15-postgis-3', 'proj-bin', 'python3-shapely'];
const CI = process.env['CI'] === 'true';

function missingPackages(): string[] {
  const hasPostgis = existsSync('/usr/lib/postgresql/15/bin/initdb') && existsSync('/usr/share/postgresql/15/extension/postgis.control');
  const present: Record<string, boolean> = {
    chromium: existsSync('/usr/bin/chromium'),
    'fonts-noto-cjk': existsSync('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc'),
    'gdal-bin': existsSync('/usr/bin/ogrinfo'),
    'postgresql-15-postgis-3': hasPostgis,
    'proj-bin': existsSync('/usr/bin/cs2cs'),
    'python3-shapely': existsSync('/usr/lib/python3/dist-packages/shapely'),
  };
  return PACKAGES.filter((name) => present[name] !== true);
}

function isDebianRoot(): boolean {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version');
}

function prepare(): void {
  const missing = missingPackages();
  if (missing.length === 0) return;
  const command = `apt-get install -y --no-install-recommends ${missing.join(' ')}`;
  if (!CI || !isDebianRoot()) {
    process.stdout.write(
      `Browser, PostGIS or benchmark tests will be skipped or leave peers out. This installs what they need: ${command}\n`,
    );
    return;
  }
  process.env['DEBIAN_FRONTEND'] = 'noninteractive';
  run('apt-get', ['update', '-qq']);
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing]);
}

/** The lock file must hold on every platform: an optional package that npm dropped from it breaks `npm ci` elsewhere. */
function lockHolds(): boolean {
  const result = spawnSync('npm', ['ci', '--dry-run', '--ignore-scripts', '--no-audit', '--loglevel=error'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  if (result.status !== 0) process.stdout.write(result.stderr);
  process.stdout.write(`${result.status === 0 ? 'ok  ' : 'FAIL'} lock file\n`);
  return result.status === 0;
}

interface Results {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  testResults: { status: string; assertionResults: unknown[] }[];
}

function runTests(filters: readonly string[]): { passed: number; failed: number; skipped: number } {
  const output = join(ROOT, 'node_modules/.xiantu-tests.json');
  rmSync(output, { force: true });
  // public data to run on may lie beside the checkout; where it does not, those tests do not exist
  const real = existsSync(join(ROOT, '../shared/data/real')) ? [] : ['--exclude', 'tests/postgis/realData.test.ts'];
  if (real.length > 0) process.stdout.write('No real data beside this checkout: its tests are left out.\n');
  tool(
    'vitest',
    'run',
    '--config',
    'tests/vitest.config.ts',
    '--reporter=default',
    '--reporter=json',
    `--outputFile=${output}`,
    ...real,
    ...filters,
  );
  if (!existsSync(output)) return { passed: 0, failed: 1, skipped: 0 };
  const results = JSON.parse(readFileSync(output, 'utf8')) as Results;
  // a file that breaks before its first test has no test to fail
  const broken = results.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
  return { passed: results.numPassedTests, failed: results.numFailedTests + broken, skipped: results.numPendingTests };
}

prepare();
const filters = process.argv.slice(2);
const checked = [check(), lockHolds()].filter((passed) => !passed).length;
const tests = runTests(filters);
const shots = join(ROOT, 'tests/e2e/screenshots');
if (existsSync(shots)) process.stdout.write(`Screenshots: ${readdirSync(shots).length} in tests/e2e/screenshots\n`);
const failed = tests.failed + checked;
process.stdout.write(`${tests.passed} passed, ${failed} failed, ${tests.skipped} skipped\n`);
process.exit(failed === 0 ? 0 : 1);
