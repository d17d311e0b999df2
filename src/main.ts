import { readFileSync } from 'node:fs';
import { print, printBug, printError, resultColumns } from './adapters/output/print.js';
import { helpText } from './cli/arguments/help.js';
import type { RunRequest } from './cli/arguments/parse.js';
import { parseRequest } from './cli/arguments/parse.js';
import type { ExitCode } from './core/errors.js';
import { SetupError, usageError } from './core/errors.js';
import type { Environment } from './ports/environment.js';
import { version } from './version.js';

/** What this program starts itself as: the process that stands in for the gateway, and OpenClaw in a rehearsal. */
async function runAs(part: string | undefined, words: readonly string[]): Promise<ExitCode | null> {
  if (part === '__probe') {
    const { processPipes } = await import('./adapters/output/pipes.js');
    return (await import('./adapters/probe/child.js')).runProbeChild(processPipes());
  }
  if (part === '__openclaw') return (await import('./mock-host/openclaw.js')).standInForOpenClaw(words);
  return null;
}

async function run(request: RunRequest, environment: Environment): Promise<ExitCode> {
  const { completeSettings } = await import('./cli/arguments/complete.js');
  const settings = completeSettings(request, { environment, readText });
  const { runCommand } = await import('./cli/run.js');
  return runCommand(settings);
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as { readonly code?: string };
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw usageError(
      'CONFIG_UNREADABLE',
      `the config file ${path} cannot be read: ${code ?? String(error)}`,
      'flags can stand in it',
      'make it readable, or leave it out',
    );
  }
}

/**
 * Runs the command that the arguments ask for and gives its exit code. The only catch-all: a usage error is shown here,
 * everything that a running command can throw is shown by the command's own reporter before it comes back.
 */
export async function main(argv: readonly string[], environment: Environment): Promise<ExitCode> {
  const [part, ...words] = argv;
  try {
    if (part?.startsWith('__') === true) {
      const code = await runAs(part, words);
      if (code !== null) return code;
    }
    const request = parseRequest(argv);
    if (request.kind === 'version') return print(`${version}\n`);
    if (request.kind === 'help') return print(helpText(request.topic, resultColumns()));
    if (request.kind === 'completion')
      return print((await import('./cli/completion/completion.js')).completion(request.shell));
    return await run(request, environment);
  } catch (error) {
    const json = argv.includes('--json');
    return error instanceof SetupError ? printError(error, json) : printBug(error, version, json);
  }
}
