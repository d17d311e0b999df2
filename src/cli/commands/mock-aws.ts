import { once } from 'node:events';
import { errorName, ExitCode, usageError } from '../../core/errors.js';
import type { MockAws } from '../../mock-aws/index.js';
import type { Runtime } from '../runtime.js';
import { shellWord } from '../../core/shell-word.js';

async function untilInterrupted(): Promise<void> {
  const abort = new AbortController();
  await Promise.race(
    ['SIGINT', 'SIGTERM'].map(async (signal) => once(process, signal, { signal: abort.signal })),
  );
  abort.abort();
}

async function start(port: number, region: string): Promise<MockAws> {
  const { startRehearsalAws } = await import('../../mock-host/world.js');
  try {
    return await startRehearsalAws({ port, region, instanceId: null });
  } catch (error) {
    if (!['EADDRINUSE', 'EACCES'].includes(errorName(error))) throw error;
    throw usageError(
      'PORT_TAKEN',
      `the embedded AWS cannot listen on the port ${port}`,
      errorName(error) === 'EACCES' ? 'this user may not open it' : 'something else listens there',
      'choose another --port, or leave it out for a free one',
    );
  }
}

/** `mock-aws`: serves the embedded AWS on loopback until it is interrupted; prints what to export. Throws PORT_TAKEN. */
export async function mockAws({
  settings,
  streams,
}: Pick<Runtime, 'settings' | 'streams'>): Promise<ExitCode> {
  const aws = await start(settings.port, settings.region ?? 'us-east-1');
  const { mockAwsEnvironment } = await import('../../mock-aws/index.js');
  const lines = Object.entries(mockAwsEnvironment(aws, 'operator')).map(
    ([name, value]) => `export ${name}=${shellWord(value)}`,
  );
  await streams.result(`${lines.join('\n')}\n`);
  streams.aside(`the embedded AWS listens on ${aws.url}; Ctrl-C ends it\n`);
  await untilInterrupted();
  await aws.stop();
  return ExitCode.done;
}
