import { AssociateIamInstanceProfileCommand, StopInstancesCommand } from '@aws-sdk/client-ec2';
import {
  AddRoleToInstanceProfileCommand,
  CreateInstanceProfileCommand,
  CreateRoleCommand,
} from '@aws-sdk/client-iam';
import fc from 'fast-check';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTemplates } from '../../src/adapters/templates.js';
import { ownershipTags } from '../../src/core/account/ownership.js';
import { ec2TrustPolicy } from '../../src/core/policy/policy-document.js';
import type { Settings } from '../../src/core/settings.js';
import { commandFunctions, commandsScript } from '../../src/render/commands.js';
import type { GoalAndPlan } from '../../src/render/fresh-plan.js';
import { freshPlans } from '../../src/render/fresh-plan.js';
import { emptyAccount } from '../support/account.js';
import { planCloud, setUpCloud, someSettings } from '../support/cloud.js';
import { useMotoStage } from '../support/moto-stage.js';
import { commandRequirement } from '../support/requirements.js';
import type { Ended } from './programs.js';
import { awsVariables, run, standIns, withFolder } from './programs.js';
import { stateOf } from './state.js';

const [hasMoto, hasAws, hasShellcheck] = [
  await commandRequirement('moto_server'),
  await commandRequirement('aws'),
  await commandRequirement('shellcheck'),
];
const functions = await readTemplates('commands', commandFunctions, '.sh');
const next = "npx openclaw-bedrock-setup --model 'a b'";

function scriptOf({ goal, plan }: GoalAndPlan): string {
  const { cloud } = goal;
  if (cloud === null) throw new Error('a plan without an account');
  return commandsScript({ goal: { ...goal, cloud }, plan, functions, next, version: '1.2.3' });
}

async function freshPlan(settings: Partial<Settings> = {}): Promise<GoalAndPlan> {
  const identity = { account: '111122223333', partition: 'aws', arn: '' };
  const policy = { kind: 'inline', name: 'OpenClawBedrock', document: { Version: '2012-10-17' } } as const;
  const input = { settings: someSettings(settings), identity, region: 'us-east-1', policy };
  const plans = await freshPlans({ ...input, instanceId: 'i-0abc1234def567890' });
  const last = plans.at(-1);
  if (last === undefined) throw new Error('no plan');
  return last;
}

describe.skipIf(!hasShellcheck)('every script', () => {
  const variants: readonly (readonly [string, Partial<Settings>])[] = [
    ['plain', {}],
    ['full', { ssm: true, hopLimit: 2, profile: 'admin', resourceTags: { 'a b': 'c=d/e@f' } }],
    ['replacing', { replaceProfile: true }],
  ];

  it.each(variants)('%s is as shellcheck wants it', async (_name, settings) => {
    const checked = await run('shellcheck', ['-'], { input: scriptOf(await freshPlan(settings)) });
    expect(checked).toStrictEqual({ exitCode: 0, stdout: '', stderr: '' });
  });
});

describe('a script', () => {
  const record = `#!/bin/sh
case $1 in sts) echo 111122223333; exit ;; esac
for word; do printf '%s\\0' "$word"; done >>"$RECORD"
printf '\\1\\0' >>"$RECORD"
`;

  async function words(script: string): Promise<readonly (readonly string[])[]> {
    return withFolder(async (folder) => {
      const programs = await standIns(folder, { aws: record });
      const RECORD = join(folder, 'record');
      const variables = { PATH: `${programs}:${process.env['PATH']}`, RECORD };
      const { exitCode, stderr } = await run('bash', ['-s'], { input: script, variables, folder });
      expect({ exitCode, stderr }).toStrictEqual({ exitCode: 0, stderr: '' });
      const calls = (await readFile(RECORD, 'utf8')).split('\u0001\0').slice(0, -1);
      return calls.map((call) => call.split('\0').slice(0, -1));
    });
  }

  it('says what is left to do on the instance', async () => {
    const script = `aws() { echo 111122223333; }\n${scriptOf(await freshPlan())}`;
    const { stdout } = await run('bash', ['-s'], { input: script });
    expect(stdout).toBe(`next, on the instance:\n${next}\n`);
  });

  it('does nothing in an account that is not the one it was made for', async () => {
    const script = `aws() { echo 999999999999; echo "$@" >&2; }\n${scriptOf(await freshPlan())}`;
    const { exitCode, stderr } = await run('bash', ['-s'], { input: script });
    expect({ exitCode, stderr }).toStrictEqual({
      exitCode: 1,
      stderr:
        'sts get-caller-identity --query Account --output text\nthese credentials are not of the account 111122223333\n',
    });
  });

  it('hands names and tags over as they are, whatever they hold', async () => {
    const text = fc
      .oneof(
        fc.string({ minLength: 1 }),
        fc.constantFrom("'; echo x; '", '$(x)', '-x', '\n', 'file://x', '"'),
      )
      .filter((value) => !value.includes('\0') && !value.includes('\u0001'));
    await fc.assert(
      fc.asyncProperty(text, text, text, async (roleName, key, value) => {
        const fresh = await freshPlan({ roleName, resourceTags: { [key]: value } });
        const [create] = await words(scriptOf(fresh));
        const joined = `--role-name=${roleName}`;
        expect(create).toContain(roleName.startsWith('-') ? joined : roleName);
        const tags = ownershipTags('r-000000000000', { [key]: value });
        const pairs = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
        expect(JSON.parse(create?.[(create.indexOf('--tags') ?? 0) + 1] ?? '')).toStrictEqual(pairs);
      }),
      { numRuns: 25 },
    );
  });

  const transient = [
    'An error occurred (InvalidParameterValue) when calling the AssociateIamInstanceProfile operation: Value (x) for parameter iamInstanceProfile.arn is invalid. Invalid IAM Instance Profile ARN',
    'An error occurred (InvalidParameterValue) when calling the AssociateIamInstanceProfile operation: IAM Instance Profile "x" has no associated IAM Roles',
    'An error occurred (IncorrectState) when calling the AssociateIamInstanceProfile operation: ResultDetail: { Code=InstanceIdentityProfileNotFound }',
    'An error occurred (NoSuchEntity) when calling the PutRolePolicy operation: The role with name x cannot be found.',
  ];
  const stubbornly = (failures: number, message: string): string => `
count=0
sleep() { echo "sleep $1"; }
${functions['until-visible']}
folder=$(mktemp -d)
stub() { echo x >>"$folder/calls"; [ "$(wc -l <"$folder/calls")" -gt ${failures} ] || { echo '${message}' >&2; return 1; }; }
code=0
until_visible stub || code=$?
echo "calls $(($(wc -l <"$folder/calls"))) code $code"
rm -r "$folder"
`;

  it.each(transient)('asks again where AWS says: %s', async (message) => {
    const { stdout, stderr } = await run('bash', ['-s'], { input: stubbornly(4, message) });
    expect({ stdout, stderr }).toStrictEqual({
      stdout: 'sleep 1\nsleep 2\nsleep 3\nsleep 5\ncalls 5 code 0\n',
      stderr: '',
    });
  });

  it.each([
    'An error occurred (IncorrectState) when calling the AssociateIamInstanceProfile operation: There is an existing association for instance i-0',
    'An error occurred (AccessDenied) when calling the PutRolePolicy operation: no',
  ])('gives up at once where AWS says: %s', async (message) => {
    const { stdout, stderr } = await run('bash', ['-s'], { input: stubbornly(4, message) });
    expect({ stdout, stderr }).toStrictEqual({ stdout: 'calls 1 code 1\n', stderr: `${message}\n` });
  });
});

describe.skipIf(!hasMoto || !hasAws)('a script on an independent implementation of AWS', () => {
  const stage = useMotoStage();
  const region = 'us-east-1';

  async function giveOther(): Promise<void> {
    const [RoleName, InstanceProfileName] = ['web-role', 'web-server'];
    const AssumeRolePolicyDocument = JSON.stringify(ec2TrustPolicy);
    await stage.outside.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
    await stage.outside.iam.send(new CreateInstanceProfileCommand({ InstanceProfileName }));
    await stage.outside.iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName, RoleName }));
    const IamInstanceProfile = { Name: InstanceProfileName };
    await stage.outside.ec2.send(
      new AssociateIamInstanceProfileCommand({ InstanceId: stage.instanceId, IamInstanceProfile }),
    );
  }

  async function runScript(settings: Partial<Settings>): Promise<Ended> {
    const planned = await planCloud({
      account: stage.account,
      instanceId: stage.instanceId,
      region,
      settings,
    });
    return run('bash', ['-s'], { input: scriptOf(planned), variables: awsVariables(stage.url) });
  }

  const cases: readonly (readonly [string, Partial<Settings>, () => Promise<void>])[] = [
    ['nothing', {}, () => Promise.resolve()],
    [
      'nothing, everything being asked for',
      { ssm: true, resourceTags: { 'a b': 'c=d' }, roleName: 'a+b=c,d.e@f-g_h' },
      () => Promise.resolve(),
    ],
    [
      'nothing, and a policy of AWS is asked for',
      { policy: { kind: 'full-access' } },
      () => Promise.resolve(),
    ],
    ['an instance with a profile', {}, giveOther],
    ['an instance whose profile is replaced', { replaceProfile: true }, giveOther],
    [
      'a stopped instance whose profile is replaced',
      { replaceProfile: true },
      async () => {
        await giveOther();
        await stage.outside.ec2.send(new StopInstancesCommand({ InstanceIds: [stage.instanceId] }));
      },
    ],
  ];

  it.each(cases)(
    'makes of %s what the set-up makes of it',
    async (_name, settings, prepare) => {
      await prepare();
      expect(
        await setUpCloud({ account: stage.account, instanceId: stage.instanceId, region, settings }),
      ).toMatchObject({ errors: [] });
      const wanted = await stateOf(stage.outside);
      await emptyAccount(stage.outside);
      await prepare();

      expect(await runScript(settings)).toMatchObject({ exitCode: 0, stderr: '' });
      expect(await stateOf(stage.outside)).toStrictEqual(wanted);
      const again = await planCloud({
        account: stage.account,
        instanceId: stage.instanceId,
        region,
        settings,
      });
      expect(again.plan.steps.flatMap(({ changes }) => changes)).toStrictEqual([]);
      expect(scriptOf(again)).toContain('# Everything in the account is in place already.');
    },
    60_000,
  );
});
