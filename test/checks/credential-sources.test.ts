import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Scene } from './scene.js';
import { setScene } from './scene.js';

const canary = 'CANARYsecretCANARYsecretCANARYsecretCANA';
const staleKeys = `[default]\naws_access_key_id = AKIACANARY0123456789\naws_secret_access_key = ${canary}\n`;

let scene: Scene;
beforeEach(async () => {
  scene = await setScene();
});
afterEach(() => scene.close());

describe('the checks of the credentials', () => {
  it.each([
    ['SHADOWED_BY_KEYS', '.aws/credentials', staleKeys, '~/.aws/credentials:2'],
    [
      'SHADOWED_BY_SSO',
      '.aws/config',
      '[default]\nregion = us-east-1\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = x\n[sso-session corp]\nsso_start_url = https://x.awsapps.com/start\nsso_region = us-east-1\nsso_registration_scopes = sso:account:access\n',
      '~/.aws/config:3',
    ],
    [
      'SHADOWED_BY_SSO',
      '.aws/config',
      '[default]\nlogin_session = arn:aws:iam::111122223333:user/me\nregion = us-east-1\n',
      '~/.aws/config:2',
    ],
    [
      'SHADOWED_BY_BEARER',
      '.openclaw/.env',
      `AWS_PROFILE=default\nAWS_REGION=us-east-1\nAWS_BEARER_TOKEN_BEDROCK=${canary}\n`,
      '~/.openclaw/.env:3',
    ],
    [
      'METADATA_TURNED_OFF',
      '.openclaw/.env',
      'AWS_PROFILE=default\nAWS_REGION=us-east-1\nAWS_EC2_METADATA_DISABLED=true\n',
      '~/.openclaw/.env:3',
    ],
  ])('tell %s with file and line', async (code, file, text, place) => {
    await scene.put(file, text);
    const findings = await scene.check();
    const failed = findings.filter(({ status }) => status === 'fail');
    expect(new Set(failed.map((one) => one.code))).toEqual(new Set([code]));
    expect(failed[0]?.cause).toContain(place);
    expect(failed[0]?.fix).toContain(place);
    expect(JSON.stringify(findings)).not.toContain('CANARY');
    expect(scene.aws.calls.filter(({ service }) => service.startsWith('bedrock'))).toEqual([]);
  });

  it('tell keys in the environment of the gateway', async () => {
    await scene.put(
      '.config/systemd/user/openclaw-gateway.service',
      `[Service]\nEnvironment=AWS_REGION=us-east-1\nEnvironment="AWS_ACCESS_KEY_ID=AKIACANARY0123456789" AWS_SECRET_ACCESS_KEY=${canary}\n`,
    );
    await scene.put('.openclaw/.env', '');
    const findings = await scene.check();
    expect(findings.find(({ status }) => status === 'fail')).toMatchObject({
      code: 'SHADOWED_BY_KEYS',
      cause: expect.stringContaining('openclaw-gateway.service:3') as unknown,
    });
    expect(JSON.stringify(findings)).not.toContain('CANARY');
  });

  it('pass for keys on a host that is no EC2 instance', async () => {
    const { accessKeyId, secretAccessKey } = scene.aws.settings.operator;
    await scene.put(
      '.aws/credentials',
      `[default]\naws_access_key_id=${accessKeyId}\naws_secret_access_key=${secretAccessKey}\n`,
    );
    const machine = { ec2: false, instanceId: null, container: null };
    const findings = await scene.check({ machine, instanceId: null });
    expect(findings.filter(({ status }) => status === 'fail')).toEqual([]);
    expect(findings.find(({ id }) => id === 'converse')?.status).toBe('ok');
    expect(JSON.stringify(findings)).not.toContain(accessKeyId);
  });

  it('tell a failing credential process from the role that stands behind it', async () => {
    await scene.put('.aws/config', '[default]\nregion = us-east-1\ncredential_process = /bin/false\n');
    const findings = await scene.check();
    expect(findings.find(({ id }) => id === 'gateway-env')).toMatchObject({
      status: 'warn',
      code: 'SHADOWED_BY_PROCESS',
    });
    expect(findings.find(({ id }) => id === 'identity')?.status).toBe('ok');
  });
});
