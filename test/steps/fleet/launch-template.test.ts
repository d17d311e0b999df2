import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Change } from '../../../src/core/change.js';
import { isConflict } from '../../../src/core/change.js';
import type { CloudGoal, Goal } from '../../../src/core/goal.js';
import type { MockAws } from '../../../src/mock-aws/index.js';
import { defaultWorld, startMockAws } from '../../../src/mock-aws/index.js';
import { fleetSteps } from '../../../src/steps/fleet/launch-template.js';
import { connectAccount, isolateAws } from '../../support/account.js';
import { someSettings } from '../../support/cloud.js';
import { steppingClock } from '../../support/memory.js';

const [step] = fleetSteps;
if (step === undefined) throw new Error('there is no step');
const id = 'lt-0123456789abcdef0';
const profileArn = 'arn:aws:iam::111122223333:instance-profile/EC2-Bedrock-Access';
const other = 'arn:aws:iam::111122223333:instance-profile/web';
const context = { receiptId: 'r-1', waiting: () => undefined };

let mock: MockAws;
let account: ReturnType<typeof connectAccount>;

beforeEach(async () => {
  const template = {
    id,
    name: 'web-template',
    region: 'us-east-1',
    createdAt: 0,
    defaultVersion: 1,
    versions: [
      { number: 1, createdAt: 0, data: { imageId: 'ami-1' } },
      { number: 2, createdAt: 0, data: { imageId: 'ami-2', instanceProfile: other } },
    ],
  };
  const group = { name: 'web', region: 'us-east-1', createdAt: 0, template: { id, version: '1' } };
  const world = { ...defaultWorld(), launchTemplates: [template], autoScalingGroups: [group] };
  const clock = steppingClock();
  mock = await startMockAws({ world, now: () => clock.now() });
  isolateAws(mock.url);
  account = connectAccount(clock);
});

afterEach(async () => {
  account.close();
  await mock.stop();
  vi.unstubAllEnvs();
});

interface Asked {
  readonly version?: string | null;
  readonly mixed?: boolean;
  readonly alsoFine?: readonly string[];
  readonly replace?: boolean;
}

function goal({ version = '1', mixed = false, alsoFine = [], replace = false }: Asked): Goal {
  const template = version === null ? null : { id, name: 'web-template', version };
  const found = { name: 'web', instanceIds: [], template, mixed };
  const cloud: CloudGoal = {
    identity: { account: '111122223333', partition: 'aws', arn: 'arn' },
    instance: {
      id: 'i-0abc1234def567890',
      name: null,
      state: 'running',
      managers: [],
      profileArn: null,
      metadataOptions: { endpoint: 'enabled', tokens: 'required', hopLimit: 1 },
    },
    association: null,
    role: { name: 'X', arn: 'arn', adopted: false },
    profile: { name: 'X', arn: profileArn, adopted: false },
    policy: { kind: 'managed', arn: 'arn' },
    group: { found, alsoFine },
  };
  return {
    settings: someSettings({ replaceProfile: replace }),
    receiptId: 'r-1',
    region: 'us-east-1',
    cloud,
    host: null,
    model: null,
    enrollment: null,
  };
}

async function look(asked: Asked) {
  const seen = await step?.look(goal(asked), account);
  if (seen === null || seen === undefined) throw new Error('nothing is wanted');
  return seen;
}

async function changes(asked: Asked): Promise<readonly Change[]> {
  const { result } = await look(asked);
  if (isConflict(result)) throw new Error(result.conflict.code);
  return result;
}

const apply = async (op: unknown): Promise<unknown> => step.apply(op, account, context);

async function setUp(asked: Asked): Promise<readonly Change[]> {
  const made = await changes(asked);
  for (const { op } of made) await apply(op);
  return made;
}

async function takeBack(made: readonly Change[]): Promise<void> {
  for (const { undo } of made.toReversed()) await apply(undo);
}

function now(): unknown {
  const { launchTemplates, autoScalingGroups } = mock.state;
  return structuredClone({
    versions: launchTemplates[id]?.versions.map(({ number, data }) => [number, data.instanceProfile ?? null]),
    byDefault: launchTemplates[id]?.defaultVersion,
    uses: autoScalingGroups['web']?.template?.version,
  });
}

function group(version: string): void {
  const web = mock.state.autoScalingGroups['web'];
  if (web !== undefined) web.template = { id, version };
}

const before = [
  [1, null],
  [2, other],
];

describe('a group of instances', () => {
  it.each([
    ['1', '1', 1, '3', null],
    ['$Default', '1', 3, '$Default', null],
    ['$Latest', '2', 1, '$Latest', true],
  ])(
    'on version %s gets a new one with the profile, and its own back',
    async (version, from, byDefault, uses, replace) => {
      group(version);
      const original = now();
      const made = await setUp({ version, replace: replace === true });
      expect(now()).toEqual({ versions: [...before, [3, profileArn]], byDefault, uses });
      expect(mock.state.launchTemplates[id]?.versions.at(-1)).toMatchObject({
        description: 'openclaw-bedrock-setup r-1',
        data: { imageId: `ami-${from}` },
      });
      for (const { op } of made) await apply(op);
      expect(now()).toEqual({ versions: [...before, [3, profileArn]], byDefault, uses });
      expect(await changes({ version: uses === '3' ? '3' : version })).toEqual([]);
      await takeBack(made);
      expect(now()).toEqual(original);
      await takeBack(made);
      expect(now()).toEqual(original);
    },
  );

  it('is told what becomes of it', async () => {
    expect((await look({})).subject).toBe('web-template 1');
    expect((await look({ version: '$Latest', replace: true })).subject).toBe('web-template 2');
    expect((await look({ version: null })).subject).toBe('web');
    expect(await changes({})).toMatchObject([
      {
        action: 'create',
        target: 'version of web-template',
        detail: 'like version 1, with EC2-Bedrock-Access',
      },
      { action: 'update', target: 'web', detail: 'the group uses the new version' },
    ]);
    expect(await changes({ version: '$Default' })).toMatchObject([
      { action: 'create' },
      { action: 'update', target: 'web-template', detail: 'the new version becomes the default' },
    ]);
  });

  it('is not looked at where none is meant', async () => {
    const { cloud, ...rest } = goal({});
    expect(await step.look({ ...rest, cloud: null }, account)).toBeNull();
    if (cloud === null) throw new Error('there is no cloud half');
    const { group: _group, ...alone } = cloud;
    expect(await step.look({ ...rest, cloud: alone }, account)).toBeNull();
  });

  it.each<[string, Asked, string, string]>([
    [
      'a launch configuration',
      { version: null },
      'LAUNCH_CONFIGURATION',
      'the group web has a launch configuration, which cannot be changed',
    ],
    [
      'a version that is gone',
      { version: '9' },
      'NO_LAUNCH_TEMPLATE',
      'the launch template web-template of the group web has no version 9',
    ],
    [
      'another profile',
      { version: '2' },
      'TEMPLATE_HAS_PROFILE',
      'the launch template web-template gives web, which no instance here has',
    ],
    [
      'another profile than those that stay',
      { version: '2', alsoFine: ['x'] },
      'TEMPLATE_HAS_PROFILE',
      'the launch template web-template gives web, which no instance here has',
    ],
    [
      'mixed types on a fixed version',
      { mixed: true },
      'MIXED_GROUP',
      'the group web mixes instance types and is bound to version 1 of web-template',
    ],
  ])('with %s is named and left alone', async (_what, asked, code, message) => {
    expect((await look(asked)).result).toMatchObject({
      scope: 'notice',
      conflict: {
        code,
        message,
        why: 'instances that the group web launches from now on come up without EC2-Bedrock-Access',
      },
    });
  });

  it('keeps a profile that its instances keep, unless it is to be replaced', async () => {
    expect(await changes({ version: '2', alsoFine: ['web'] })).toEqual([]);
    expect(await changes({ version: '2', alsoFine: ['web'], replace: true })).toHaveLength(2);
  });

  it('that mixes types is set up where it follows the template', async () => {
    expect(await changes({ version: '$Default', mixed: true })).toHaveLength(2);
    expect(await changes({ version: '$Latest', mixed: true, replace: true })).toHaveLength(1);
  });
});

describe('undo', () => {
  const theirs = { code: 'CHANGED_SINCE' };

  it('leaves a group that uses another version by now, and the version that is still used', async () => {
    const made = await setUp({});
    group('2');
    await expect(takeBack(made)).rejects.toMatchObject({
      ...theirs,
      message: expect.stringContaining('the Auto Scaling group web uses another version') as unknown,
    });
    expect(now()).toMatchObject({ uses: '2' });
  });

  it('leaves another default version', async () => {
    const made = await setUp({ version: '$Default' });
    const template = mock.state.launchTemplates[id];
    if (template !== undefined) template.defaultVersion = 2;
    await expect(takeBack(made)).rejects.toMatchObject({
      ...theirs,
      message: expect.stringContaining(`the default version of the launch template ${id}`) as unknown,
    });
    expect(now()).toMatchObject({ byDefault: 2 });
  });

  it('keeps a version that has become the default one', async () => {
    const [made] = await setUp({});
    const template = mock.state.launchTemplates[id];
    if (template !== undefined) template.defaultVersion = 3;
    await expect(apply(made?.undo)).rejects.toMatchObject({
      code: 'IN_USE',
      message: expect.stringContaining(
        `version 3 of the launch template ${id} is its default one`,
      ) as unknown,
    });
  });

  it('is content where the group or the version is gone, or never came to be', async () => {
    const made = await setUp({});
    mock.state.autoScalingGroups = {};
    await takeBack(made);
    expect(now()).toMatchObject({ versions: before });
  });

  it('knows its own version by the receipt alone', async () => {
    const made = await setUp({});
    const others = { ...context, receiptId: 'r-2' };
    for (const { undo } of made.toReversed()) await step.apply(undo, account, others);
    expect(now()).toMatchObject({ versions: [...before, [3, profileArn]], uses: '3' });
  });
});

it('is not used before it was made', async () => {
  await expect(apply({ kind: 'use', templateId: id, group: 'web' })).rejects.toMatchObject({
    code: 'TEMPLATE_VERSION_GONE',
    message: expect.stringContaining(id) as unknown,
  });
});

describe('an op from a receipt', () => {
  const ops = [
    { kind: 'create', templateId: id, source: '1', profileArn },
    { kind: 'delete', templateId: id },
    { kind: 'use', templateId: id, group: null },
    { kind: 'back', templateId: id, group: 'web', version: '1' },
  ];
  const invalid = { code: 'RECEIPT_INVALID' };

  it.each(ops.flatMap((op) => Object.keys(op).map((key) => [key, op] as const)))(
    'needs its %s: %j',
    async (key, op) => {
      await expect(apply({ ...op, [key]: 7 })).rejects.toMatchObject(invalid);
      await expect(apply({ ...op, [key]: undefined })).rejects.toMatchObject(invalid);
    },
  );

  it('is one of four', async () => {
    await expect(apply({ kind: 'drop', templateId: id })).rejects.toMatchObject(invalid);
  });
});
