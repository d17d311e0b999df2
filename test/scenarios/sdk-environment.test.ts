import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MockAws } from '../../src/mock-aws/index.js';
import { startMockAws } from '../../src/mock-aws/index.js';
import { runCliJson, withHome } from '../support/cli.js';
import { callNames } from '../support/mock-aws.js';

const words = ['plan', '--instance-id', 'i-0abc1234def567890', '--host', 'skip'];
const services = ['IAM', 'EC2', 'STS', 'SSM'];
const token = 'token-of-the-portal';

let mock: MockAws;
let portal: Server;
/** What the portal of single sign-on was asked: a path, and the token that came with it. */
let asked: string[];

beforeEach(async () => {
  mock = await startMockAws();
  const { accessKeyId, secretAccessKey } = mock.settings.operator;
  asked = [];
  portal = createServer(({ url = '', headers }, response) => {
    asked.push(`${url} ${String(headers['x-amz-sso_bearer_token'])}`);
    const expiration = Date.now() + 3_600_000;
    const roleCredentials = { accessKeyId, secretAccessKey, sessionToken: 'session', expiration };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ roleCredentials }));
  }).listen(0, '127.0.0.1');
  await once(portal, 'listening');
});

afterEach(async () => {
  portal.closeAllConnections();
  portal.close();
  await mock.stop();
});

/** The endpoints of all services one by one. */
function endpoints(): Readonly<Record<string, string>> {
  const address = portal.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ENDPOINT_URL_SSO: `http://127.0.0.1:${port}`,
    ...Object.fromEntries(services.map((name) => [`AWS_ENDPOINT_URL_${name}`, mock.url])),
  };
}

/** Plans in a home with these files; nothing but the files and the variables says who and where. */
async function plan(
  files: Readonly<Record<string, string>>,
  variables: Readonly<Record<string, string>>,
): Promise<unknown> {
  return withHome(async (home) => {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(home, name)), { recursive: true });
      await writeFile(join(home, name), text);
    }
    const { exitCode, report } = await runCliJson(words, {
      home,
      variables: { ...endpoints(), ...variables },
    });
    return { exitCode, account: report.account, region: report.region, error: report.error };
  });
}

const done = { exitCode: 0, account: '111122223333', error: undefined };

describe('what the SDK reads', () => {
  it('is the shared config and credentials files, for the profile of AWS_PROFILE', async () => {
    const { accessKeyId, secretAccessKey } = mock.settings.operator;
    const files = {
      '.aws/config': '[default]\nregion = eu-west-1\n[profile work]\nregion = us-east-1\n',
      '.aws/credentials': `[work]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
    };
    expect(await plan(files, { AWS_PROFILE: 'work' })).toEqual({ ...done, region: 'us-east-1' });
    expect(callNames(mock)).toContain('iam:GetRole');
  });

  it('is the portal of single sign-on', async () => {
    const config = `[profile work]
region = us-east-1
sso_session = corp
sso_account_id = 111122223333
sso_role_name = Operator
[sso-session corp]
sso_region = us-east-1
sso_start_url = https://corp.awsapps.com/start
sso_registration_scopes = sso:account:access
`;
    const session = createHash('sha1').update('corp').digest('hex');
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const files = {
      '.aws/config': config,
      [`.aws/sso/cache/${session}.json`]: JSON.stringify({ accessToken: token, expiresAt }),
    };
    expect(await plan(files, { AWS_PROFILE: 'work' })).toEqual({ ...done, region: 'us-east-1' });
    expect(asked).toEqual([`/federation/credentials?account_id=111122223333&role_name=Operator ${token}`]);
  });
});
