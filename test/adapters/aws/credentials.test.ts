import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { operatorCredentials } from '../../../src/adapters/aws/credentials.js';
import { toErrorDetails } from '../../../src/failures/error-details.js';
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
    expect(await operatorCredentials(null, process.env).provider()).toMatchObject({
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    });
  });

  it('takes keys of the environment where AWS_PROFILE is set as well, as the AWS CLI does', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAIOSFODNN7EXAMPLE');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
    vi.stubEnv('AWS_PROFILE', 'default');
    expect(await operatorCredentials(null, process.env).provider()).toMatchObject({
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    });
  });

  describe('of a named profile', () => {
    let home: string;
    beforeEach(async () => {
      home = await mkdtemp(path.join(tmpdir(), 'home-'));
      await mkdir(path.join(home, '.aws'));
      vi.stubEnv('HOME', home);
      vi.stubEnv('AWS_CONFIG_FILE', path.join(home, '.aws/config'));
      vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', path.join(home, '.aws/credentials'));
    });
    afterEach(() => rm(home, { recursive: true }));
    const configure = (...lines: readonly string[]): Promise<void> =>
      writeFile(path.join(home, '.aws/config'), ['[profile work]', ...lines, ''].join('\n'));
    const program = (answer: object): string =>
      `credential_process = echo '${JSON.stringify(answer)}' && echo x >> ${home}/asked`;

    it.each([
      ['by the flag', 'work', {}],
      ['by AWS_PROFILE', null, { AWS_PROFILE: 'work' }],
    ])(
      'are not taken from anywhere else where they cannot be had: %s',
      async (_how, profile, environment) => {
        await configure("credential_process = /bin/sh -c 'echo sorry >&2; exit 3'");
        const found = operatorCredentials(profile, environment).provider();
        await expect(found).rejects.toThrow(/sorry/u);
        expect(sockets.size).toBe(0);
      },
    );

    it.each([
      [
        'of the profile',
        ['role_arn = arn:aws:iam::111122223333:role/x', 'web_identity_token_file = TOKEN'],
        {},
      ],
      [
        'of the environment',
        [],
        { AWS_ROLE_ARN: 'arn:aws:iam::111122223333:role/x', AWS_WEB_IDENTITY_TOKEN_FILE: 'TOKEN' },
      ],
    ])("tell a token's file %s that is not there as what it is", async (_whose, lines, variables) => {
      const token = path.join(home, 'token');
      const withToken = (text: string): string => text.replace('TOKEN', token);
      if (lines.length > 0) await configure(...lines.map(withToken));
      for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, withToken(value));
      const error: unknown = await operatorCredentials(lines.length > 0 ? 'work' : null, process.env)
        .provider()
        .catch((thrown: unknown) => thrown);
      expect(toErrorDetails(error, {})).toMatchObject({
        code: 'WEB_IDENTITY_TOKEN',
        message: expect.stringContaining(token) as string,
        exitCode: 5,
      });
      expect(sockets.size).toBe(0);
    });

    it('may come from elsewhere where it says nothing of any', async () => {
      await configure('region = us-east-1');
      await expect(operatorCredentials('work', {}).provider()).rejects.toThrow(/any providers/u);
      expect(sockets.size).toBeGreaterThan(0);
    });

    it.each([
      ['once for all who ask', 3_600_000, 1],
      ['again before they end', 60_000, 2],
    ])('are found %s', async (_what, left, times) => {
      const Expiration = new Date(Date.now() + left).toISOString();
      await configure(program({ Version: 1, AccessKeyId: 'AKIAEXAMPLE', SecretAccessKey: 's', Expiration }));
      const { provider } = operatorCredentials('work', {});
      const [one, other] = await Promise.all([provider(), provider()]);
      expect([one.accessKeyId, other]).toEqual(['AKIAEXAMPLE', one]);
      await provider();
      expect(await readFile(path.join(home, 'asked'), 'utf8')).toBe('x\n'.repeat(times));
    });
  });

  it.each([null, 'missing'])(
    'gives up within a second on metadata that never answers (profile %s)',
    async (profile) => {
      const start = performance.now();
      await expect(operatorCredentials(profile, process.env).provider()).rejects.toMatchObject({
        name: 'CredentialsProviderError',
      });
      expect(performance.now() - start).toBeLessThan(1100);
      expect(sockets.size).toBeGreaterThan(0);
    },
  );

  it('keeps a session that is being renewed when the run ends', async () => {
    const home = await mkdtemp(path.join(tmpdir(), 'home-'));
    const cache = path.join(
      home,
      '.aws/sso/cache',
      `${createHash('sha1').update('mine').digest('hex')}.json`,
    );
    await mkdir(path.dirname(cache), { recursive: true });
    const login = 'sso_session = mine\nsso_account_id = 111122223333\nsso_role_name = admin';
    const place = 'sso_region = us-east-1\nsso_start_url = https://example.com/start';
    await writeFile(
      path.join(home, '.aws/config'),
      `[profile sso]\n${login}\n[sso-session mine]\n${place}\n`,
    );
    const old = { accessToken: 'old', refreshToken: 'first', clientId: 'me', clientSecret: 'hidden' };
    const times = { expiresAt: '2020-01-01T00:00:00Z', registrationExpiresAt: '2099-01-01T00:00:00Z' };
    await writeFile(cache, JSON.stringify({ ...old, ...times }));
    const token = { accessToken: 'new', refreshToken: 'second', expiresIn: 3600, tokenType: 'Bearer' };
    const service = createHttpServer().listen(0, '127.0.0.1');
    await once(service, 'listening');
    const { port } = service.address() as AddressInfo;
    vi.stubEnv('HOME', home);
    vi.stubEnv('AWS_CONFIG_FILE', path.join(home, '.aws/config'));
    vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${port}`);

    const session = operatorCredentials('sso', process.env);
    const found = session.provider().catch(() => undefined);
    const [, response] = (await once(service, 'request')) as [IncomingMessage, ServerResponse];
    session.close();
    response.setHeader('content-type', 'application/json').end(JSON.stringify(token));
    await found;
    await expect
      .poll(async () => JSON.parse(await readFile(cache, 'utf8')))
      .toMatchObject({
        accessToken: 'new',
        refreshToken: 'second',
      });
    service.closeAllConnections();
    service.close();
    await rm(home, { recursive: true });
  });
});
