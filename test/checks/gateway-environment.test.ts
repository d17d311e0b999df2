import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Scene } from './scene.js';
import { setScene } from './scene.js';

let scene: Scene;
beforeEach(async () => {
  scene = await setScene();
});
afterEach(() => scene.close());

describe("the checks of the gateway's environment", () => {
  it('find variables that stand in the shell profile only', async () => {
    await scene.put('.openclaw/.env', '');
    await scene.put('.bashrc', 'export A=b\nexport AWS_PROFILE=default\nexport AWS_REGION=us-east-1\n');
    const findings = await scene.check({
      callerEnvironment: { AWS_PROFILE: 'default', AWS_REGION: 'us-east-1' },
    });
    const failed = findings.filter(({ status }) => status === 'fail');
    expect(failed).toHaveLength(1);
    expect(failed[0]).toMatchObject({
      id: 'gateway-env',
      code: 'GATEWAY_ENV',
      cause: expect.stringContaining('~/.bashrc:2') as unknown,
      fix: expect.stringContaining('~/.openclaw/.env') as unknown,
    });
    expect(failed[0]?.detail).toContain('AWS_PROFILE is set in this shell, not for the gateway');
  });

  it.each([
    ['OPENCLAW_STATE_DIR=/srv/claw', '/srv/claw'],
    ['OPENCLAW_CONFIG_PATH=/etc/claw/openclaw.json', '/etc/claw'],
    ['HOME=/srv', '/srv/.openclaw'],
  ])('fail where the unit has another folder: %s', async (variable, folder) => {
    const unit = '.config/systemd/user/openclaw-gateway.service';
    const found = async () => (await scene.check()).find(({ id }) => id === 'gateway-env');
    await scene.put(unit, '[Service]\nEnvironment=OPENCLAW_PROFILE=default\n');
    expect(await found()).toMatchObject({ status: 'ok' });
    await scene.put(unit, `[Service]\nEnvironment=${variable}\n`);
    expect(await found()).toMatchObject({
      status: 'fail',
      code: 'GATEWAY_ELSEWHERE',
      fix: expect.stringContaining(`OPENCLAW_STATE_DIR=${folder}`) as unknown,
    });
  });

  it('warn of a profile that the AWS CLI would not find', async () => {
    await scene.put('.aws/config', '');
    expect((await scene.check()).find(({ id }) => id === 'gateway-env')).toMatchObject({
      status: 'warn',
      code: 'CLI_PROFILE_MISSING',
    });
  });

  it('warn of regions that differ', async () => {
    await scene.put('.openclaw/.env', 'AWS_PROFILE=default\nAWS_REGION=eu-west-1\n');
    expect((await scene.check()).find(({ id }) => id === 'gateway-env')).toMatchObject({
      status: 'warn',
      code: 'REGION_DIFFERS',
    });
  });

  it("mark the winner in OpenClaw's order", async () => {
    const detail = (await scene.check()).find(({ id }) => id === 'gateway-env')?.detail;
    expect(detail).toContain('bearer token > access keys > [profile] > default chain');
    expect(detail).toContain('AWS_PROFILE=default from ~/.openclaw/.env:1');
  });
});
