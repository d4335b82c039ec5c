// `npm run xiantu -- <verb>`: exit code 0, or another with one line on stderr.
import { CliError } from './connection.ts';
import { verbs } from './verbs.ts';

function overview(): string {
  const list = Object.entries(verbs).map(([name, verb]) => `  ${name.padEnd(9)} ${verb.summary}`);
  return `Usage: npm run xiantu -- <verb> [options]\n\n${list.join('\n')}\n\n<verb> --help tells more. The data folder is XIANTU_DATA (data/local).\n`;
}

async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(overview());
    return name === undefined ? 2 : 0;
  }
  const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
  if (!verb) throw new CliError(`There is no verb ${name}. Known: ${Object.keys(verbs).join(', ')}.`);
  if (rest.includes('--help') || rest.includes('-h')) {
    process.stdout.write(`${verb.summary}\n\n${verb.usage}\n`);
    return 0;
  }
  return verb.run(rest);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`xiantu: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}\n`);
  process.exitCode = 1;
}
