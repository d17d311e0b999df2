import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { mockAws } from '../../src/cli/commands/mock-aws.js';
import { helpText } from '../../src/cli/arguments/help.js';
import { parseWhole } from '../support/parse.js';
import { keptStreams } from '../adapters/output/streams.js';

const occupant = createServer();

afterEach(() => {
  occupant.close();
});

it('names a port that something else listens on', async () => {
  occupant.listen(0, '127.0.0.1');
  await once(occupant, 'listening');
  const { port } = occupant.address() as AddressInfo;
  const request = parseWhole(['mock-aws', '--port', String(port)]);
  if (request.kind !== 'run') throw new Error(`this is no command: ${request.kind}`);
  const given = { settings: request.settings, streams: keptStreams(null), environment: {} };
  await expect(mockAws(given)).rejects.toMatchObject({
    code: 'PORT_TAKEN',
    exitCode: 2,
    message: `the embedded AWS cannot listen on the port ${port}`,
  });
});

it('is in the region of the environment where no flag says one', async () => {
  for (const [words, environment, region] of [
    [[], {}, 'us-east-1'],
    [[], { AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'us-west-2' }, 'eu-west-1'],
    [[], { AWS_DEFAULT_REGION: 'us-west-2' }, 'us-west-2'],
    [['--region', 'eu-north-1'], { AWS_REGION: 'eu-west-1' }, 'eu-north-1'],
  ] as const) {
    const request = parseWhole(['mock-aws', ...words]);
    if (request.kind !== 'run') throw new Error(`this is no command: ${request.kind}`);
    const streams = keptStreams(null);
    const served = mockAws({ settings: request.settings, streams, environment });
    while (!streams.written.aside.includes('listens on')) await pause(5);
    process.emit('SIGINT');
    expect(await served).toBe(0);
    expect(streams.written.result).toContain(`export AWS_REGION=${region}\n`);
    expect(streams.written.result).toMatch(/^export AWS_ENDPOINT_URL=http:\/\/127\.0\.0\.1:\d+$/mu);
  }
});

it('has no example that waits for the end of a server', () => {
  expect(helpText('mock-aws')).not.toContain('eval "$(');
});
