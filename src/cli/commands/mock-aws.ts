import { once } from 'node:events';
import { errorName, ExitCode, usageError } from '../../core/errors.js';
import type { Settings } from '../../core/settings.js';
import type { MockAws } from '../../mock-aws/index.js';
import type { Environment } from '../../ports/environment.js';
import type { Runtime } from '../runtime.js';
import { shellWord } from '../../core/text/shell-word.js';

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

/** The region that a command of the user's would take, files and metadata left out: those are about a real account. */
async function regionOf({ region: flag }: Settings, environment: Environment): Promise<string> {
  const { resolveRegion } = await import('../../adapters/aws/region.js');
  const fallback = () => Promise.resolve('us-east-1');
  return resolveRegion({ flag, environment, fromSharedConfig: fallback, fromMetadata: fallback });
}

/** `mock-aws`: serves the embedded AWS on loopback until it is interrupted; prints what to export. Throws PORT_TAKEN and BAD_REGION. */
export async function mockAws({
  settings,
  streams,
  environment,
}: Pick<Runtime, 'settings' | 'streams' | 'environment'>): Promise<ExitCode> {
  const aws = await start(settings.port, await regionOf(settings, environment));
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
