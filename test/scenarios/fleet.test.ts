import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/core/report.js';
import { defaultWorld } from '../../src/mock-aws/index.js';
import { run } from '../render/programs.js';
import { bin, runCli } from '../support/cli.js';
import type { FleetStage } from '../support/many-instances.js';
import { fleetId, fleetOf, withFleetStage } from '../support/many-instances.js';
import { callNames } from '../support/mock-aws.js';
import { commandRequirement } from '../support/requirements.js';

const peakMemory = fileURLToPath(new URL('../../scripts/bench/peak-memory.cjs', import.meta.url));

const [hasAws, hasShellcheck] = [await commandRequirement('aws'), await commandRequirement('shellcheck')];

const tag = ['--instance-tag', 'env=prod'] as const;

function statuses({ instances }: Report): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { status = 'none' } of instances) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

function holders({ mock }: FleetStage): number {
  return Object.values(mock.state.associations).filter(
    ({ endedAt, profileArn }) => endedAt === undefined && profileArn.endsWith('/EC2-Bedrock-Access'),
  ).length;
}

/** Every kind of instance: the default world's five, one that nobody knows, and some plain ones. */
const everyKind = [
  ...['0', '1', '2', '3', '4'].map((digit) => `i-0abc1234def56789${digit}`),
  'i-0ffffffffffffffff',
  fleetId(0),
  fleetId(1),
];

async function listed(stage: FleetStage, ids = everyKind): Promise<readonly string[]> {
  const file = join(stage.home, 'ids.txt');
  await writeFile(file, `# all kinds\n${ids.join('\n')}\n`);
  return ['--instances-file', file];
}

describe('a fleet of every kind', () => {
  const world = defaultWorld();
  const options = { world: { ...world, instances: [...world.instances, ...fleetOf(2)] } };

  it.each(['verify', 'undo', 'plan'])(
    '%s: an early failure is told with the region, wherever that is said',
    async (command) => {
      await withFleetStage(options, async (stage) => {
        const kind = { code: 'InvalidInstanceID.NotFound', message: 'it does not exist', status: 400 };
        stage.mock.settings.faults.push({ operation: 'DescribeInstances', kind });
        const { report } = await stage.run(command, ...tag);
        expect(report.error).toMatchObject({ code: 'INSTANCE_NOT_FOUND' });
        expect(report.error?.fix).toContain('aws ec2 describe-instances --region us-east-1');
      });
    },
  );

  it('is not asked again about the named ones that are gone', async () => {
    await withFleetStage(options, async (stage) => {
      const gone = ['i-0abc1234def567892', 'i-0123456789abcdef0'];
      const flags = (ids: readonly string[]): readonly string[] => ids.flatMap((id) => ['--instance-id', id]);
      for (const words of [['plan'], ['setup', '--yes'], ['verify']]) {
        const all = await stage.run(...words, ...flags([...gone, fleetId(0), 'i-0abc1234def567894']));
        expect(all.report.next).toEqual([
          `openclaw-bedrock-setup ${flags([fleetId(0), 'i-0abc1234def567894']).join(' ')} --region us-east-1`,
        ]);
        const none = await stage.run(...words, ...flags(gone));
        expect(none.report.next).toEqual([]);
      }
    });
  });

  it('is set up instance by instance, and taken back', async () => {
    await withFleetStage(options, async (stage) => {
      const list = await listed(stage);
      const before = stage.account();
      const { exitCode, report } = await stage.run(...list, '--yes');

      expect(exitCode).toBe(1);
      expect(report.ok).toBe(false);
      expect(report.instances.map(({ status, error }) => error?.code ?? status)).toEqual([
        'done',
        'done',
        'INSTANCE_WRONG_STATE',
        'done',
        'PROFILE_HAS_NO_ROLE',
        'done',
        'done',
        'INSTANCE_NOT_FOUND',
      ]);
      expect(report.error?.message).toBe(
        '3 of 8 instances failed: INSTANCE_WRONG_STATE (1), PROFILE_HAS_NO_ROLE (1), INSTANCE_NOT_FOUND (1)',
      );
      expect(report.next).toEqual([`openclaw-bedrock-setup ${list.join(' ')} --region us-east-1`]);
      // The profile that was there is kept, and its role has the policy.
      expect(stage.mock.state.roles['web-server']?.inlinePolicies).toHaveProperty('OpenClawBedrock');

      const again = await stage.run(...list, '--yes');
      expect(statuses(again.report)).toEqual({ 'in-place': 5, failed: 3 });
      expect(callNames(stage.mock, 'mutating')).toEqual([]);

      const undone = await stage.run('undo', ...list, '--yes');
      expect(undone.exitCode).toBe(0);
      expect(stage.account()).toEqual(before);
    });
  });

  describe('of which one has a role of its own', () => {
    const [ours, alsoOurs, adopted] = ['0', '1', '3'].map((digit) => `i-0abc1234def56789${digit}`) as [
      string,
      string,
      string,
    ];
    const policies = ({ mock }: FleetStage): readonly string[] =>
      Object.keys(mock.state.roles['web-server']?.inlinePolicies ?? {});
    const named = (...ids: readonly string[]): readonly string[] =>
      ids.flatMap((id) => ['--instance-id', id]);

    it('keeps its rights until it is undone itself, by its own name', async () => {
      await withFleetStage(options, async (stage) => {
        const before = stage.account();
        await stage.run(...named(ours, alsoOurs, adopted), '--yes');
        await stage.run('undo', ...named(ours), '--yes');
        await stage.run('undo', ...named(alsoOurs), '--yes');
        expect(policies(stage)).toContain('OpenClawBedrock');
        expect(stage.mock.state.roles).not.toHaveProperty('EC2-Bedrock-Access');

        const last = await stage.run('undo', ...named(adopted), '--yes');
        expect(last.report.instances).toMatchObject([{ id: adopted, status: 'done' }]);
        expect(stage.account()).toEqual(before);
        const receipt = JSON.parse(await readFile(last.report.receipt ?? '', 'utf8'));
        expect(receipt.closedAt).not.toBeNull();
      });
    });

    it('is undone alone, and the others keep theirs', async () => {
      await withFleetStage(options, async (stage) => {
        await stage.run(...named(ours, alsoOurs, adopted), '--yes');
        const { report } = await stage.run('undo', ...named(adopted), '--yes');
        expect(report.changes.map(({ target, status }) => `${target}: ${status}`)).toEqual([
          'OpenClawBedrock on web-server: applied',
          'EC2-Bedrock-Access -> EC2-Bedrock-Access: skipped',
          'EC2-Bedrock-Access: skipped',
          'OpenClawBedrock on EC2-Bedrock-Access: skipped',
          'EC2-Bedrock-Access: skipped',
        ]);
        expect(policies(stage)).not.toContain('OpenClawBedrock');
        expect(holders(stage)).toBe(2);
      });
    });

    it('is done when its role has got the policy, and in place when it had it', async () => {
      await withFleetStage(options, async (stage) => {
        const list = named(ours, adopted);
        const plan = await stage.run('plan', ...list);
        expect(plan.report.instances.map(({ status }) => status)).toEqual(['planned', 'planned']);
        const first = await stage.run(...list, '--yes');
        expect(first.report.instances.map(({ status }) => status)).toEqual(['done', 'done']);
        const again = await stage.run(...list, '--yes');
        expect(again.report.instances.map(({ status }) => status)).toEqual(['in-place', 'in-place']);
      });
    });

    it('leaves its role to the last of those that share it', async () => {
      const sharing = { instanceId: fleetId(9), instanceProfile: 'web-server' };
      const instances = [...world.instances, sharing];
      await withFleetStage({ world: { ...world, instances } }, async (stage) => {
        await stage.run(...named(adopted, fleetId(9)), '--yes');
        await stage.run('undo', ...named(adopted), '--yes');
        expect(policies(stage)).toContain('OpenClawBedrock');
        await stage.run('undo', ...named(fleetId(9)), '--yes');
        expect(policies(stage)).not.toContain('OpenClawBedrock');
      });
    });
  });

  it('has a plan that fails where the set-up would', async () => {
    await withFleetStage(options, async (stage) => {
      const list = await listed(stage);
      for (const flags of [[], ['--exit-code']]) {
        const { exitCode, report } = await stage.run('plan', ...list, ...flags);
        expect(exitCode).toBe(1);
        expect(report).toMatchObject({ ok: false, error: { code: 'PARTLY_DONE' } });
        expect(report.error?.message).toContain('3 of 8 instances failed');
      }
      expect(callNames(stage.mock, 'mutating')).toEqual([]);
    });
  });

  it('gets our profile everywhere with --replace-profile, and the former ones back', async () => {
    await withFleetStage(options, async (stage) => {
      // EC2 takes no profile without a role, so one that is replaced cannot be brought back.
      const list = await listed(
        stage,
        everyKind.filter((id) => id !== 'i-0abc1234def567894'),
      );
      const before = stage.account();
      const { report } = await stage.run(...list, '--yes', '--replace-profile');
      expect(statuses(report)).toEqual({ done: 5, failed: 2 });
      expect(holders(stage)).toBe(5);

      expect((await stage.run('undo', ...list, '--yes')).exitCode).toBe(0);
      expect(stage.account()).toEqual(before);
    });
  });
});

describe('many instances that are alike', () => {
  it('are shown in one line and read in pages', async () => {
    await withFleetStage({ instances: fleetOf(2500) }, async (stage) => {
      const { exitCode, report } = await stage.run('plan', ...tag);
      expect(exitCode).toBe(0);
      expect(report.changes.at(-1)).toMatchObject({
        step: 'association',
        target: '2,500 instances -> EC2-Bedrock-Access',
        detail: `${fleetId(0)}, ${fleetId(1)}, ${fleetId(2)} and 2,497 more`,
        status: 'planned',
      });
      expect(statuses(report)).toEqual({ planned: 2500 });
      expect(callNames(stage.mock).filter((name) => name === 'ec2:DescribeInstances')).toHaveLength(3);
      expect(stage.mock.calls.length).toBeLessThan(12);
      expect(callNames(stage.mock, 'mutating')).toEqual([]);
    });
  });

  it.skipIf(process.platform !== 'linux')('are ten thousand within 150 MiB, ten tags of each', async () => {
    const more = Object.fromEntries(
      Array.from({ length: 10 }, (_, index) => [`team:${index}`, 'x'.repeat(20)]),
    );
    await withFleetStage(
      { instances: fleetOf(10_000, { tags: { env: 'prod', ...more } }) },
      async ({ home, variables }) => {
        const file = join(home, 'peak');
        const watched = {
          ...variables,
          NODE_OPTIONS: `--require=${peakMemory}`,
          PEAK_MEMORY_FILE: file,
        };
        const { exitCode } = await runCli(['plan', ...tag, '--json'], { home, variables: watched });
        expect(exitCode).toBe(0);
        const name = (await readdir(home)).find((entry) => entry.startsWith('peak.')) ?? '';
        expect(Number(await readFile(join(home, name), 'utf8')) / 1024).toBeLessThan(150);
      },
    );
  });

  it.each([
    [3, `for instance in ${fleetId(0)} ${fleetId(1)} ${fleetId(2)}; do`],
    [
      2500,
      `for instance in ${fleetId(0)} ${fleetId(1)} ${fleetId(2)}; do # and 2,497 more: plan --json names them all`,
    ],
  ])('%s are one loop of the AWS CLI with --show-commands', async (number, loop) => {
    await withFleetStage({ instances: fleetOf(number) }, async ({ home, variables }) => {
      const { stdout, exitCode } = await runCli(['plan', ...tag, '--show-commands'], { home, variables });
      expect(exitCode).toBe(0);
      const lines = stdout.slice(0, stdout.indexOf('\ndone\n') + 6).split('\n');
      const commands = lines.filter((line) => /^ *aws /u.test(line));
      expect(commands.map((line) => line.replace(/ \\$/u, ''))).toEqual([
        'aws iam create-role',
        'aws iam put-role-policy',
        'aws iam create-instance-profile',
        'aws iam add-role-to-instance-profile',
        '  aws ec2 associate-iam-instance-profile',
      ]);
      expect(lines).toContain(loop);
      expect(lines).toContain('    --instance-id "$instance" \\');
      // What is printed is a script that a shell takes.
      const script = lines.slice(lines.indexOf('# IAM role: create EC2-Bedrock-Access'));
      expect((await execa('sh', ['-n'], { input: script.join('\n') })).stderr).toBe('');
    });
  });

  it('are shown with --json too, and one that needs another command by itself', async () => {
    const world = defaultWorld();
    const options = { world: { ...world, instances: [...world.instances, ...fleetOf(2)] } };
    await withFleetStage(options, async (stage) => {
      const other = 'i-0abc1234def567893';
      const words = [other, fleetId(0), fleetId(1)].flatMap((id) => ['--instance-id', id]);
      const { stderr } = await stage.run('plan', ...words, '--replace-profile', '--show-commands');
      expect(stderr).toContain(`for instance in ${fleetId(0)} ${fleetId(1)}; do\n`);
      expect(stderr).toContain(`--filters Name=instance-id,Values=${other} `);
      expect(stderr).toContain('\naws ec2 replace-iam-instance-profile-association ');
    });
  });

  it('are found by all of the tags, and no other', async () => {
    const odd = fleetOf(6).map((one, index) => ({
      ...one,
      tags: { env: 'prod', app: index < 2 ? 'claw' : 'x' },
    }));
    await withFleetStage({ instances: odd }, async (stage) => {
      const { report } = await stage.run('plan', ...tag, '--instance-tag', 'app=claw');
      expect(report.instances.map(({ id }) => id)).toEqual([fleetId(0), fleetId(1)]);
      const none = await stage.run('plan', '--instance-tag', 'env=dev');
      expect(none.report.error).toMatchObject({ code: 'NO_INSTANCES', exitCode: 2 });
    });
  });

  it('share what they share: one undone keeps it, the last takes it along', async () => {
    await withFleetStage({ instances: fleetOf(3) }, async (stage) => {
      const before = stage.account();
      await stage.run(...tag, '--yes');
      expect((await stage.run('undo', '--instance-id', fleetId(1), '--yes')).exitCode).toBe(0);
      expect(holders(stage)).toBe(2);
      expect(stage.mock.state.roles).toHaveProperty('EC2-Bedrock-Access');

      const back = await stage.run(...tag, '--yes');
      expect(statuses(back.report)).toEqual({ done: 1, 'in-place': 2 });
      const receipts = await readdir(join(stage.home, '.local/state/openclaw-bedrock-setup'));
      expect(receipts.filter((file) => file.endsWith('.json'))).toHaveLength(1);
      expect((await stage.run('undo', '--yes')).exitCode).toBe(0);
      expect(stage.account()).toEqual(before);
      expect((await stage.run('undo', ...tag, '--yes')).report.changes).toEqual([]);
    });
  });

  it('are taken back by their tags where the receipt is lost', async () => {
    await withFleetStage({ instances: fleetOf(4) }, async (stage) => {
      const before = stage.account();
      await stage.run(...tag, '--yes');
      await rm(join(stage.home, '.local'), { recursive: true });
      const { exitCode, stderr } = await stage.run('undo', ...tag, '--yes');
      expect(stderr).toContain('no receipt for these 4 instances');
      expect(exitCode).toBe(0);
      expect(stage.account()).toEqual(before);
    });
  });

  it('wait for a new profile with one of them', async () => {
    const propagation = { iamToEc2Milliseconds: 1500 };
    await withFleetStage({ instances: fleetOf(30), propagation }, async (stage) => {
      const { report } = await stage.run(...tag, '--yes');
      expect(statuses(report)).toEqual({ done: 30 });
      const refused = stage.mock.calls.filter(({ status }) => status === 400);
      expect(refused.length).toBeLessThan(12);
    });
  });

  it('get through a bucket that others have emptied', async () => {
    const ec2TokenBuckets = { capacity: 10, perSecond: 20 };
    await withFleetStage({ instances: fleetOf(80), ec2TokenBuckets }, async (stage) => {
      const { exitCode, report } = await stage.run(...tag, '--yes');
      expect(stage.mock.calls.some(({ status }) => status === 503)).toBe(true);
      expect(statuses(report)).toEqual({ done: 80 });
      expect(exitCode).toBe(0);
    });
  });

  it('are not tried one by one where none may be attached', async () => {
    await withFleetStage(
      { instances: fleetOf(300), deny: ['ec2:AssociateIamInstanceProfile', 'iam:SimulatePrincipalPolicy'] },
      async (stage) => {
        const { exitCode, report } = await stage.run(...tag, '--yes');
        expect(exitCode).toBe(5);
        expect(report.error?.code).toBe('NOT_ALLOWED');
        expect(callNames(stage.mock).filter((name) => name.includes('Associate')).length).toBeLessThan(120);
      },
    );
  });

  it('are verified from the account, drift and all', async () => {
    await withFleetStage({ instances: fleetOf(3) }, async (stage) => {
      await stage.run(...tag, '--yes');
      const fine = await stage.run('verify', ...tag);
      expect(fine.exitCode).toBe(0);
      expect(fine.report.checks.map(({ id, status }) => `${id} ${status}`)).toEqual([
        'role-and-profile ok',
        'associations ok',
        'hosts skip',
      ]);

      const [taken] = Object.values(stage.mock.state.associations);
      if (taken !== undefined) taken.endedAt = 0;
      const drifted = await stage.run('verify', ...tag);
      expect(drifted.exitCode).toBe(1);
      expect(drifted.report.checks.find(({ status }) => status === 'fail')?.message).toBe(
        `1 instance not set up: ${fleetId(0)}`,
      );
    });
  });
});

async function killWhen(stage: FleetStage, words: readonly string[], enough: () => boolean): Promise<void> {
  const child = spawn(process.execPath, [bin, ...words], {
    env: { PATH: process.env['PATH'] ?? '', HOME: stage.home, ...stage.variables },
    stdio: 'ignore',
  });
  const ended = once(child, 'exit');
  while (!enough() && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 5));
  child.kill('SIGKILL');
  await ended;
}

describe('a run that is killed', () => {
  const options = { instances: fleetOf(250), latencyMilliseconds: 20, ec2TokenBuckets: false };

  it.each([1, 60, 140])('goes on after %i associations, and everything comes back', async (done) => {
    await withFleetStage(options, async (stage) => {
      const before = stage.account();
      await killWhen(stage, [...tag, '--yes'], () => holders(stage) >= done);
      const part = holders(stage);
      expect(part).toBeGreaterThanOrEqual(done);
      expect(part).toBeLessThan(250);

      await killWhen(stage, ['undo', ...tag, '--yes'], () => holders(stage) < part);
      stage.mock.settings.latencyMilliseconds = 0;
      const { exitCode } = await stage.run('undo', ...tag, '--yes');
      expect(exitCode).toBe(0);
      expect(stage.account()).toEqual(before);
      const left = await readdir(join(stage.home, '.local/state/openclaw-bedrock-setup'));
      expect(left.filter((name) => name.endsWith('.log'))).toEqual([]);
    });
  });
});

describe('an Auto Scaling group', { timeout: 120_000 }, () => {
  const template = {
    id: 'lt-0123456789abcdef0',
    name: 'web-template',
    region: 'us-east-1',
    createdAt: 0,
    defaultVersion: 1,
    versions: [
      { number: 1, createdAt: 0, data: { imageId: 'ami-1', instanceType: 't3.large' } },
      { number: 2, createdAt: 0, data: { imageId: 'ami-2' } },
    ],
  };
  const stageOf = (group: object) => ({
    world: {
      ...defaultWorld(fleetOf(3, { tags: { 'aws:autoscaling:groupName': 'web' } })),
      launchTemplates: [template],
      autoScalingGroups: [{ name: 'web', region: 'us-east-1', createdAt: 0, ...group }],
    },
  });
  const asg = ['--asg', 'web'] as const;
  /** What new instances of the group come up with; a version is known by its number, not by the receipt in its description. */
  const launching = ({ mock: { state } }: FleetStage): unknown => {
    const { versions = [], defaultVersion } = state.launchTemplates[template.id] ?? {};
    const { web } = state.autoScalingGroups;
    return structuredClone([
      versions.map(({ number, data }) => [number, data]),
      defaultVersion,
      web?.template,
    ]);
  };

  it.each([
    ['$Default', '1', { imageId: 'ami-1', instanceType: 't3.large' }, 3, '$Default'],
    ['$Latest', '2', { imageId: 'ami-2' }, 1, '$Latest'],
    ['1', '1', { imageId: 'ami-1', instanceType: 't3.large' }, 1, '3'],
  ])('on %s launches with the profile from now on', async (version, _from, data, isDefault, uses) => {
    await withFleetStage(stageOf({ template: { id: template.id, version } }), async (stage) => {
      const before = stage.account();
      const { exitCode, report } = await stage.run(...asg, '--yes');
      expect(exitCode).toBe(0);
      expect(statuses(report)).toEqual({ done: 3 });
      const now = stage.mock.state.launchTemplates[template.id];
      expect(now?.versions.at(-1)).toMatchObject({
        number: 3,
        data: { ...data, instanceProfile: 'arn:aws:iam::111122223333:instance-profile/EC2-Bedrock-Access' },
      });
      expect(now?.defaultVersion).toBe(isDefault);
      expect(stage.mock.state.autoScalingGroups['web']?.template?.version).toBe(uses);

      await stage.run(...asg, '--yes');
      expect(callNames(stage.mock, 'mutating')).toEqual([]);
      expect((await stage.run('undo', ...asg, '--yes')).exitCode).toBe(0);
      expect(stage.account()).toEqual(before);
    });
  });

  it('takes the profile, when it is undone, off instances that the group has launched since', async () => {
    await withFleetStage(stageOf({ template: { id: template.id, version: '$Default' } }), async (stage) => {
      const before = stage.account();
      await stage.run(...asg, '--yes');
      const { instances, associations } = stage.mock.state;
      const [[key, association] = ['', null]] = Object.entries(associations);
      const instance = instances[association?.instanceId ?? ''];
      if (association === null || instance === undefined) throw new Error('nothing has the profile');
      const instanceId = fleetId(7);
      instances[instanceId] = { ...structuredClone(instance), instanceId };
      associations[`${key}7`] = { ...association, associationId: `${key}7`, instanceId };
      const { exitCode, report } = await stage.run('undo', ...asg, '--yes');
      expect({ exitCode, code: report.error?.code }).toEqual({ exitCode: 0, code: undefined });
      expect(report.instances.map(({ id }) => id)).toContain(instanceId);
      expect(stage.account()).toEqual(before);
    });
  });

  it('keeps the profile, when it is undone, for a version that somebody has built on ours', async () => {
    await withFleetStage(stageOf({ template: { id: template.id, version: '$Default' } }), async (stage) => {
      await stage.run(...asg, '--yes');
      const now = stage.mock.state.launchTemplates[template.id];
      const ours = now?.versions.at(-1);
      if (now === undefined || ours === undefined) throw new Error('the launch template has no version');
      now.versions.push({ ...ours, number: 4, description: 'mine' });
      now.defaultVersion = 4;
      const { exitCode, report } = await stage.run('undo', ...asg, '--yes');
      expect({ exitCode, error: report.error?.code }).toEqual({ exitCode: 1, error: 'CHANGED_SINCE' });
      const left = report.changes.filter(({ status, lane }) => lane === 'cloud' && status === 'skipped');
      expect(left.map(({ step }) => step)).toContain('instance-profile');
      expect(stage.mock.state.instanceProfiles).toHaveProperty(['EC2-Bedrock-Access']);
      expect(holders(stage)).toBe(0);
    });
  });

  it.skipIf(!hasAws).each(['$Latest'])(
    'on %s gets by the shown commands what set-up gives it',
    async (version) => {
      const options = stageOf({ template: { id: template.id, version } });
      const wanted: unknown[] = [];
      await withFleetStage(options, async (stage) => {
        await stage.run(...asg, '--yes');
        wanted.push(launching(stage));
      });
      await withFleetStage(options, async (stage) => {
        const { home, variables } = stage;
        const { stdout } = await runCli(['plan', ...asg, '--show-commands'], { home, variables });
        const script = stdout.slice(stdout.indexOf('# IAM role'), stdout.lastIndexOf('\ndone\n') + 6);
        const input = `set -euo pipefail\n${script}`;
        const cli = { ...variables, AWS_DEFAULT_REGION: 'us-east-1' };
        expect(await run('bash', ['-s'], { input, variables: cli })).toMatchObject({
          exitCode: 0,
          stderr: '',
        });
        wanted.push(launching(stage));
        const { report } = await stage.run('plan', ...asg);
        expect(report.changes.map(({ status }) => status)).not.toContain('planned');
      });
      expect(wanted[1]).toEqual(wanted[0]);
    },
  );

  it.skipIf(!hasShellcheck)('is told commands as shellcheck wants them', async () => {
    await withFleetStage(stageOf({ template: { id: template.id, version: '1' } }), async (stage) => {
      const { home, variables } = stage;
      const { stdout } = await runCli(['plan', ...asg, '--show-commands'], { home, variables });
      const script = stdout.slice(stdout.indexOf('# IAM role'), stdout.lastIndexOf('\ndone\n') + 6);
      expect(script).toContain('aws autoscaling update-auto-scaling-group');
      expect(await run('shellcheck', ['-s', 'bash', '-'], { input: script })).toMatchObject({ stdout: '' });
    });
  });

  it.each([
    ['a launch configuration', { launchConfiguration: 'old' }, 'has a launch configuration'],
    [
      'mixed types on a fixed version',
      { template: { id: template.id, version: '1' }, mixed: true },
      'mixes instance types',
    ],
  ])('with %s is set up, and told what it lacks', async (_what, group, message) => {
    await withFleetStage(stageOf(group), async (stage) => {
      const { exitCode, report } = await stage.run(...asg, '--yes');
      expect(exitCode).toBe(0);
      expect(report.changes.find(({ step }) => step === 'launch-template')?.detail).toContain(message);
      expect(statuses(report)).toEqual({ done: 3 });
    });
  });

  it('that is not there is named', async () => {
    await withFleetStage({ instances: fleetOf(1) }, async (stage) => {
      const { report } = await stage.run('plan', ...asg);
      expect(report.error).toMatchObject({ code: 'GROUP_NOT_FOUND', exitCode: 2 });
    });
  });
});

describe('the flags', () => {
  it.each([
    ['named and found', ['--instance-id', fleetId(0), '--instance-tag', 'a=b'], 'contradict each other'],
    ['many and this host', ['--instance-tag', 'a=b', '--host', 'local'], '--host local contradict'],
    [
      'many and a form',
      ['--asg', 'web', '--use-case', 'form.json', '--model', 'sonnet'],
      'many instances and --use-case do not go together',
    ],
    ['many without the account', ['--asg', 'web', '--cloud', 'skip'], 'leave nothing to do'],
  ])('do not go together: %s', async (_what, words, message) => {
    await withFleetStage({}, async (stage) => {
      const { exitCode, report } = await stage.run(...words);
      expect(exitCode).toBe(2);
      expect(report.error?.message).toContain(message);
    });
  });
});
