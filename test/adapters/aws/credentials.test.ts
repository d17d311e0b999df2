import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { operatorCredentials } from '../../../src/adapters/aws/credentials.js';
import { isolateAws } from '../../support/account.js';

describe('operatorCredentials', () => {
  let silent: Server;
  const sockets = new Set<Socket>();

  beforeEach(async () => {
    silent = createServer((socket) => void sockets.add(socket)).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    isolateAws(null);
    vi.stubEnv('AWS_EC2_METADATA_SERVICE_ENDPOINT', `http://127.0.0.1:${port}`);
  });

  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    silent.close();
    await once(silent, 'close');
    vi.unstubAllEnvs();
  });

  it('takes the environment', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAIOSFODNN7EXAMPLE');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
    expect(await operatorCredentials(null).provider()).toMatchObject({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE' });
  });

  it.each([null, 'missing'])(
    'gives up within a second on metadata that never answers (profile %s)',
    async (profile) => {
      const start = performance.now();
      await expect(operatorCredentials(profile).provider()).rejects.toMatchObject({
        name: 'CredentialsProviderError',
      });
      expect(performance.now() - start).toBeLessThan(1100);
      expect(sockets.size).toBeGreaterThan(0);
    },
  );
});
