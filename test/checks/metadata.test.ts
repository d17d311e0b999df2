import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Scene } from './scene.js';
import { setScene } from './scene.js';

let scene: Scene;
beforeEach(async () => {
  scene = await setScene();
});
afterEach(() => scene.close());

describe('the checks of the metadata', () => {
  it('tell that it is switched off', async () => {
    const instance = scene.aws.state.instances['i-0abc1234def567890'];
    if (instance !== undefined) instance.metadataOptions.httpEndpoint = 'disabled';
    expect(await scene.failures()).toEqual(['IMDS_DISABLED']);
  });

  it('tell the hop limit', async () => {
    scene.aws.settings.hopLimitExceeded = true;
    const machine = {
      ec2: true,

      instanceId: null,
      container: 'Docker: /.dockerenv is there',
    };
    const findings = await scene.check({ machine });
    expect(findings.find(({ status }) => status === 'fail')).toMatchObject({
      id: 'metadata',
      code: 'IMDS_HOP_LIMIT',
      cause: expect.stringContaining('/.dockerenv') as unknown,
      fix: expect.stringContaining('--hop-limit 2') as unknown,
    });
  });

  it('tell that no profile is there, without waiting', async () => {
    scene.aws.state.associations = {};
    expect(await scene.failures()).toEqual(['NO_PROFILE_YET']);
    expect(scene.waited).toBe(0);
  });

  it('wait for a profile after an attach, and no longer than two minutes', async () => {
    scene.aws.state.associations = {};
    expect(await scene.failures({ justAttached: true })).toEqual(['NO_PROFILE_YET']);
    expect(scene.waited).toBeGreaterThan(100_000);
    expect(scene.waited).toBeLessThanOrEqual(120_000);
  });

  it('go on as soon as the profile has arrived', async () => {
    const { associations } = scene.aws.state;
    scene.aws.state.associations = {};
    scene.onPause = () => {
      scene.aws.state.associations = associations;
    };
    expect(await scene.failures({ justAttached: true })).toEqual([]);
    expect(scene.waited).toBe(250);
  });

  it('take a look that was begun before them, and look again where it found nothing', async () => {
    const credentials = { code: 'Success', message: '', expiresAt: null };
    const early = { kind: 'role', profileArn: null, name: 'early', credentials } as const;
    const found = await scene.check({}, { firstRole: Promise.resolve(early) });
    expect(found.find(({ id }) => id === 'metadata-profile')?.message).toContain('the role early');
    expect(await scene.failures({}, { firstRole: Promise.resolve({ kind: 'none' }) })).toEqual([]);
    expect(scene.waited).toBe(0);
  });

  it('look themselves where nobody got a token before', async () => {
    expect(await scene.failures({}, { firstRole: Promise.resolve(null) })).toEqual([]);
  });

  it('tell another profile, and who may have swapped it', async () => {
    const profileArn = 'arn:aws:iam::111122223333:instance-profile/mine';
    const findings = await scene.check({ profileArn });
    expect(findings.find(({ status }) => status === 'fail')).toMatchObject({
      code: 'WRONG_PROFILE',
      message: expect.stringContaining('instance-profile/EC2-Bedrock-Access') as unknown,
      cause: expect.stringContaining('Quick Setup') as unknown,
    });
  });

  it('tell a role that does not trust EC2', async () => {
    await scene.close();
    scene = await setScene({
      trustPolicy: {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
        ],
      },
    });
    expect(await scene.failures()).toEqual(['TRUST_POLICY']);
  });

  it('are asked where a container hides the signs of an instance', async () => {
    const machine = {
      ec2: false,

      instanceId: null,
      container: 'Docker: /.dockerenv is there',
    };
    expect(await scene.failures({ machine })).toEqual([]);
  });

  it('tell a firewall from silence', async () => {
    await scene.aws.stop();
    expect(await scene.failures()).toEqual(['IMDS_UNREACHABLE']);
  });

  it('tell a host that is no EC2 instance', async () => {
    const machine = { ec2: false, instanceId: null, container: null };
    expect(await scene.failures({ machine, instanceId: null })).toEqual(['IMDS_UNREACHABLE']);
    expect(scene.aws.calls).toEqual([]);
  });
});
