import type { ExitCode } from './core/errors.js';
import { SetupError } from './core/errors.js';
import { version } from './version.js';

async function run(argv: readonly string[]): Promise<ExitCode> {
  const [first] = argv;
  if (first === '__probe') {
    const { processPipes } = await import('./adapters/output/pipes.js');
    return (await import('./adapters/probe/child.js')).runProbeChild(processPipes());
  }
  if (first === '__openclaw')
    return (await import('./mock-host/openclaw.js')).standInForOpenClaw(argv.slice(1));
  const { parseRequest } = await import('./cli/parse.js');
  const request = parseRequest(argv);
  const { print } = await import('./adapters/output/print.js');
  if (request.kind === 'version') return print(`${version}\n`);
  if (request.kind === 'help') return print((await import('./cli/help.js')).helpText(request.command));
  const { runCommand } = await import('./cli/run.js');
  return runCommand(request.settings);
}

/**
 * Runs the command that the arguments ask for and gives its exit code. The only catch-all: a usage error is shown here,
 * everything that a running command can throw is shown by the command's own reporter before it comes back.
 */
export async function main(argv: readonly string[]): Promise<ExitCode> {
  try {
    return await run(argv);
  } catch (error) {
    const { printBug, printError } = await import('./adapters/output/print.js');
    const json = argv.includes('--json');
    return error instanceof SetupError ? printError(error, json) : printBug(error, version, json);
  }
}
