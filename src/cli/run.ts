import { ExitCode } from '../core/errors.js';
import type { Settings } from '../core/settings.js';
import type { Runtime } from './runtime.js';

async function commandOf(settings: Settings): Promise<(runtime: Runtime) => Promise<ExitCode>> {
  switch (settings.command) {
    case 'setup':
      return (await import('./commands/setup.js')).setup;
    case 'plan':
      return (await import('./commands/plan.js')).plan;
    case 'verify':
      return (await import('./commands/verify.js')).verify;
    case 'undo':
      return (await import('./commands/undo.js')).undo;
    case 'render':
      return (await import('./commands/render.js')).render;
    case 'mock-aws':
      return (await import('./commands/mock-aws.js')).mockAws;
  }
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Cleans up on a signal and ends with 130; whatever was being changed is in the receipt. */
function endOnSignal(runtime: Runtime): () => void {
  const end = (): void => {
    runtime.progress.warn('interrupted; the same command goes on from here');
    void runtime.dispose().finally(() => process.exit(ExitCode.interrupted));
  };
  for (const signal of signals) process.once(signal, end);
  return () => {
    for (const signal of signals) process.removeListener(signal, end);
  };
}

/** Composes the runtime that the settings ask for, runs the command and cleans up behind it, also on a signal. */
export async function runCommand(settings: Settings): Promise<ExitCode> {
  const { compose } = await import('./compose.js');
  const runtime = await compose(settings);
  const stopListening = settings.command === 'mock-aws' ? () => undefined : endOnSignal(runtime);
  try {
    const command = await commandOf(settings);
    return await command(runtime);
  } finally {
    stopListening();
    await runtime.dispose();
  }
}
