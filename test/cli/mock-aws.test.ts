import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { mockAws } from '../../src/cli/commands/mock-aws.js';
import { helpText } from '../../src/cli/help.js';
import { parseRequest } from '../../src/cli/parse.js';
import { keptStreams } from '../adapters/output/streams.js';

const occupant = createServer();

afterEach(() => {
  occupant.close();
});

it('names a port that something else listens on', async () => {
  occupant.listen(0, '127.0.0.1');
  await once(occupant, 'listening');
  const { port } = occupant.address() as AddressInfo;
  const request = parseRequest(['mock-aws', '--port', String(port)]);
  if (request.kind !== 'run') throw new Error(`this is no command: ${request.kind}`);
  await expect(mockAws({ settings: request.settings, streams: keptStreams(null) })).rejects.toMatchObject({
    code: 'PORT_TAKEN',
    exitCode: 2,
    message: `the embedded AWS cannot listen on the port ${port}`,
  });
});

it('has no example that waits for the end of a server', () => {
  expect(helpText('mock-aws')).not.toContain('eval "$(');
});
