import { once } from 'node:events';
import { ExitCode } from '../../core/errors.js';
import type { Runtime } from '../runtime.js';
import { shellWord } from '../../core/shell-word.js';

async function untilInterrupted(): Promise<void> {
  const abort = new AbortController();
  await Promise.race(
    ['SIGINT', 'SIGTERM'].map(async (signal) => once(process, signal, { signal: abort.signal })),
  );
  abort.abort();
}

/** `mock-aws`: serves the embedded AWS on loopback until it is interrupted; prints what to export. */
export async function mockAws(runtime: Runtime): Promise<ExitCode> {
  const { settings, streams } = runtime;
  const { startRehearsalAws, mockEnvironment } = await import('../../mock-host/world.js');
  const aws = await startRehearsalAws({
    port: settings.port,
    region: settings.region ?? 'us-east-1',
    instanceId: null,
  });
  const lines = Object.entries(mockEnvironment(aws)).map(
    ([name, value]) => `export ${name}=${shellWord(value)}`,
  );
  await streams.result(`${lines.join('\n')}\n`);
  streams.aside(`the embedded AWS listens on ${aws.url}; Ctrl-C ends it\n`);
  await untilInterrupted();
  await aws.stop();
  return ExitCode.done;
}
