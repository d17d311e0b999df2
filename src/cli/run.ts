import { ExitCode } from '../core/errors.js';
import { emptyReport, withError } from '../core/report.js';
import { isFleet } from '../core/settings.js';
import type { CommandName, Settings } from '../core/settings.js';
import { loadEarly } from './load-early.js';
import type { Runtime } from './runtime.js';

type Command = (runtime: Runtime) => Promise<ExitCode>;

const commands: Readonly<Record<CommandName, () => Promise<Command>>> = {
  setup: async () => (await import('./commands/setup.js')).setup,
  plan: async () => (await import('./commands/plan.js')).plan,
  verify: async () => (await import('./commands/verify.js')).verify,
  undo: async () => (await import('./commands/undo.js')).undo,
  render: async () => (await import('./commands/render.js')).render,
  'mock-aws': async () => (await import('./commands/mock-aws.js')).mockAws,
};

/** Commands that want to know on which instance they are. */
const looking: ReadonlySet<CommandName> = new Set(['setup', 'plan', 'verify', 'undo']);

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Says at once that the run ends here, with --json as its document. */
async function tellInterrupted(runtime: Runtime): Promise<void> {
  const { settings, progress, reporter } = runtime;
  const { command, mock, json } = settings;
  const receipt = runtime.receipt();
  const undoable = command === 'setup' && !mock ? ', and undo takes back what was done' : '';
  const error = {
    code: 'INTERRUPTED',
    message: 'interrupted',
    why: `a signal ended the run${receipt === null ? ' before it had written a receipt' : '; what was done until then is in the receipt'}`,
    fix: `the same command goes on from here${undoable}`,
    exitCode: ExitCode.interrupted,
  };
  if (json) await reporter.finish(withError({ ...emptyReport(command, mock), receipt }, error), '');
  else progress.warn(`interrupted; ${error.fix}${receipt === null ? '' : `; receipt: ${receipt}`}`);
  reporter.end();
}

/** Cleans up on a signal and ends with 130; whatever was being changed is in the receipt. */
function endOnSignal(running: () => Runtime): () => void {
  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    const runtime = running();
    void tellInterrupted(runtime);
    void runtime.dispose().finally(() => process.exit(ExitCode.interrupted));
  };
  for (const signal of signals) process.on(signal, end);
  return () => {
    for (const signal of signals) process.removeListener(signal, end);
    // A terminal that is closed says so twice, by the end of the input and by a signal, which may come last.
    process.on('SIGHUP', () => undefined);
  };
}

/** The command, for one instance or host or for many. */
async function commandFor(settings: Settings): Promise<Command> {
  if (isFleet(settings)) return (await import('./fleet/index.js')).runFleet;
  return commands[settings.command]();
}

/** Composes the runtime that the settings ask for, runs the command and cleans up behind it, also on a signal. */
export async function runCommand(settings: Settings): Promise<ExitCode> {
  if (settings.cloud !== 'skip' && (settings.command === 'setup' || settings.command === 'plan')) {
    loadEarly(() => import('../adapters/aws/clients.js'));
    loadEarly(() => import('../steps/cloud/index.js'));
  }
  const { compose } = await import('./compose.js');
  let runtime = await compose(settings);
  const stopListening = settings.command === 'mock-aws' ? () => undefined : endOnSignal(() => runtime);
  if (looking.has(settings.command)) loadEarly(async () => runtime.here());
  if (settings.configFile !== null) runtime.progress.note(`settings from ${settings.configFile}`);
  try {
    if (settings.command === 'setup' && runtime.prompt.interactive && !isFleet(settings)) {
      const { guide } = await import('./guide/guide.js');
      runtime = await guide(runtime, async (others) => {
        await runtime.dispose();
        runtime = await compose(others);
        return runtime;
      });
    }
    const command = await commandFor(runtime.settings);
    return await command(runtime);
  } finally {
    stopListening();
    await runtime.dispose();
  }
}
