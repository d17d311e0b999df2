import { execa } from 'execa';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runCliJson, withHome } from '../support/cli.js';
import type { Moto } from '../support/moto.js';
import { startMoto } from '../support/moto.js';
import type { RecordingProxy } from '../support/recording-proxy.js';
import { startRecordingProxy } from '../support/recording-proxy.js';
import { commandRequirement } from '../support/requirements.js';

const present = (await commandRequirement('moto_server')) && (await commandRequirement('aws'));

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});
const role = 'EC2-Bedrock-Access';
const fullAccess = 'arn:aws:iam::aws:policy/AmazonBedrockFullAccess';

describe.skipIf(!present)('the program against an independent AWS', () => {
  let moto: Moto;
  let proxy: RecordingProxy;
  let home = '';
  let instance = '';
  const variables = (): Record<string, string> => ({
    AWS_ENDPOINT_URL: proxy.url,
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
  });
  const aws = async (...words: string[]): Promise<string> => {
    const env = {
      PATH: process.env['PATH'],
      HOME: home,
      ...variables(),
      AWS_ENDPOINT_URL: moto.url,
      AWS_PAGER: '',
    };
    const { stdout } = await execa('aws', words, { env, extendEnv: false });
    return stdout;
  };
  const tool = async (...words: string[]) => {
    proxy.operations.length = 0;
    return runCliJson([...words, '--instance-id', instance, '--host', 'skip'], {
      home,
      variables: variables(),
    });
  };
  const account = async (): Promise<unknown> =>
    Promise.all([
      aws('iam', 'get-account-authorization-details', '--filter', 'Role', '--query', 'RoleDetailList'),
      aws('iam', 'list-instance-profiles'),
      aws(
        'ec2',
        'describe-iam-instance-profile-associations',
        '--query',
        'IamInstanceProfileAssociations[].IamInstanceProfile.Arn',
      ),
    ]);
  const newInstance = async (...words: string[]): Promise<string> => {
    const found = await aws(
      'ec2',
      'run-instances',
      '--image-id',
      'ami-12c6146b',
      ...words,
      '--query',
      'Instances[0].InstanceId',
      '--output',
      'text',
    );
    return found.trim();
  };
  const documented: readonly (readonly string[])[] = [
    ['iam', 'create-role', '--role-name', role, '--assume-role-policy-document', trust],
    ['iam', 'attach-role-policy', '--role-name', role, '--policy-arn', fullAccess],
    ['iam', 'create-instance-profile', '--instance-profile-name', role],
    ['iam', 'add-role-to-instance-profile', '--instance-profile-name', role, '--role-name', role],
  ];

  beforeAll(async () => {
    moto = await startMoto();
    proxy = await startRecordingProxy(moto.url);
  });
  afterAll(async () => {
    await proxy.stop();
    await moto.stop();
  });
  beforeEach(async () => {
    await moto.reset();
  });
  const scene = async (body: () => Promise<void>): Promise<void> =>
    withHome(async (folder) => {
      home = folder;
      instance = await newInstance();
      await body();
    });

  it('makes the five resources, does nothing the second time, and puts everything back', async () => {
    await scene(async () => {
      const before = await account();
      const first = await tool('--yes');
      expect(first.report.error).toBeUndefined();
      expect(first.report.instances[0]?.profile).toBe(role);
      expect(proxy.mutations()).toEqual(
        expect.arrayContaining([
          'CreateRole',
          'PutRolePolicy',
          'CreateInstanceProfile',
          'AddRoleToInstanceProfile',
          'AssociateIamInstanceProfile',
        ]),
      );
      expect(proxy.operations.length).toBeLessThanOrEqual(16);
      const second = await tool('--yes');
      expect(proxy.mutations()).toEqual([]);
      expect(proxy.operations.length).toBeLessThanOrEqual(8);
      expect(second.exitCode).toBe(0);
      expect(second.report.changes.map((change) => change.status)).toEqual(
        second.report.changes.map(() => 'in-place'),
      );
      const undone = await tool('undo', '--yes');
      expect(undone.report.error).toBeUndefined();
      expect(await account()).toEqual(before);
    });
  });

  it('plans and dry-runs without a mutating call', async () => {
    await scene(async () => {
      const plan = await tool('plan', '--exit-code');
      expect(plan.exitCode).toBe(3);
      expect(proxy.mutations()).toEqual([]);
      expect(proxy.operations.length).toBeLessThanOrEqual(8);
      await tool('--dry-run');
      expect(proxy.mutations()).toEqual([]);
    });
  });

  it('finds everything in place after the documented commands', async () => {
    await scene(async () => {
      for (const command of documented) await aws(...command);
      await aws(
        'ec2',
        'associate-iam-instance-profile',
        '--instance-id',
        instance,
        '--iam-instance-profile',
        `Name=${role}`,
      );
      const { report, exitCode } = await tool('--yes');
      expect(exitCode).toBe(0);
      expect(proxy.mutations()).toEqual([]);
      expect(new Set(report.changes.map((change) => change.status))).toEqual(new Set(['in-place']));
    });
  });

  it.each([1, 2, 3, 4])('finishes the documented commands after %i of them', async (done) => {
    await scene(async () => {
      for (const command of documented.slice(0, done)) await aws(...command);
      const { report } = await tool('--yes');
      expect(report.error).toBeUndefined();
      const next = await tool('plan');
      expect(new Set(next.report.changes.map((change) => change.status))).toEqual(new Set(['in-place']));
    });
  });

  it("keeps an instance's own profile and gives its role the policy; undo takes only that away", async () => {
    await scene(async () => {
      await aws('iam', 'create-role', '--role-name', 'web-server', '--assume-role-policy-document', trust);
      await aws('iam', 'create-instance-profile', '--instance-profile-name', 'web-server');
      await aws(
        'iam',
        'add-role-to-instance-profile',
        '--instance-profile-name',
        'web-server',
        '--role-name',
        'web-server',
      );
      instance = await newInstance('--iam-instance-profile', 'Name=web-server');
      const before = await account();
      const { report } = await tool('--yes');
      expect(report.error).toBeUndefined();
      expect(proxy.mutations()).toEqual(['PutRolePolicy']);
      expect(report.instances[0]?.profile).toBe('web-server');
      const again = await tool('--yes');
      expect(again.report.changes.every((change) => change.status === 'in-place')).toBe(true);
      expect(proxy.operations.length).toBeLessThanOrEqual(8);
      await tool('undo', '--yes');
      expect(await account()).toEqual(before);
    });
  });

  it('names the region that has the instance', async () => {
    await scene(async () => {
      const { report, exitCode } = await tool('plan', '--region', 'eu-west-1');
      expect(exitCode).not.toBe(0);
      expect(report.error?.code).toBe('INSTANCE_NOT_FOUND');
      expect(`${report.error?.why} ${report.error?.fix}`).toContain('us-east-1');
    });
  });
});
