import { expect, it } from 'vitest';
import { defaultWorld } from '../../../src/mock-aws/index.js';
import { runCli } from '../../support/cli.js';
import type { FleetStage } from '../../support/many-instances.js';
import { withFleetStage } from '../../support/many-instances.js';
import { callNames } from '../../support/mock-aws.js';

const id = 'i-0abc1234def567891';
const ours = ['--instance-id', id];
const role = 'EC2-Bedrock-Access';
const options = { world: defaultWorld() };

async function rows(stage: FleetStage, ...words: readonly string[]) {
  const { exitCode, report } = await stage.run('verify', ...words);
  const told = report.checks
    .filter(({ status }) => status !== 'skip')
    .map(({ id: check, status, message }) => `${check} ${status}: ${message}`);
  return { exitCode, ok: report.ok, told, next: report.next, error: report.error?.code };
}

it('an instance that is not set up is not verified from elsewhere', () =>
  withFleetStage(options, async (stage) => {
    const { told, next, ...ends } = await rows(stage, ...ours);
    expect(ends).toEqual({ exitCode: 1, ok: false, error: undefined });
    expect(told).toEqual([
      'role-and-profile fail: missing: IAM role EC2-Bedrock-Access; permission policy OpenClawBedrock on EC2-Bedrock-Access; instance profile EC2-Bedrock-Access; profile membership EC2-Bedrock-Access -> EC2-Bedrock-Access',
      `association fail: missing: association ${id} -> EC2-Bedrock-Access`,
    ]);
    expect(next).toEqual([`openclaw-bedrock-setup --instance-id ${id} --region us-east-1`]);
    expect(callNames(stage.mock, 'mutating')).toEqual([]);
  }));

it.each([[[]], [['--policy', 'scoped', '--model', 'nova']], [['--policy', 'full-access']]])(
  'an instance that is set up is, with the rights that it got, and its host is left open: %j',
  async (flags: readonly string[]) => {
    await withFleetStage(options, async (stage) => {
      await stage.run(...ours, ...flags, '--yes');
      for (const words of [ours, [...ours, '--host', 'skip']]) {
        const { told, next, ...ends } = await rows(stage, ...words);
        expect(ends).toEqual({ exitCode: 0, ok: true, error: undefined });
        expect(told).toEqual([
          'role-and-profile ok: the role EC2-Bedrock-Access in the profile EC2-Bedrock-Access',
          `association ok: ${id} has the profile EC2-Bedrock-Access`,
          'drift ok: nothing in the account was changed since the set-up',
        ]);
        expect(next).toEqual(['npx openclaw-bedrock-setup@1.0.0 verify --region us-east-1']);
      }
    });
  },
);

it('an instance that still has the deleted profile of a name that is used again is not', () =>
  withFleetStage(options, async (stage) => {
    await stage.run(...ours, '--yes');
    const [profile] = Object.values(stage.mock.state.instanceProfiles).filter(({ name }) => name === role);
    if (profile !== undefined) profile.id = 'AIPAMADEANEW';
    const { told, ...ends } = await rows(stage, ...ours);
    expect(ends).toMatchObject({ exitCode: 1, ok: false });
    expect(told).toEqual([
      `role-and-profile ok: the role ${role} in the profile ${role}`,
      `association fail: missing: association ${id} -> ${role} (the instance still has the deleted profile of that name, not the one made anew)`,
      `drift warn: ${id} still has a deleted instance profile ${role}`,
    ]);
    expect((await stage.run(...(ends.next[0]?.split(' ').slice(1) ?? []), '--yes')).exitCode).toBe(0);
    expect(await rows(stage, ...ours)).toMatchObject({ exitCode: 0, ok: true });
  }));

it('rights for chosen models stay where a later run says nothing of rights', () =>
  withFleetStage(options, async (stage) => {
    await stage.run(...ours, '--policy', 'scoped', '--model', 'nova', '--yes');
    const planned = async (...flags: readonly string[]): Promise<readonly string[]> => {
      const { report } = await stage.run('plan', ...ours, ...flags);
      return report.changes.filter(({ status }) => status === 'planned').map(({ step }) => step);
    };
    expect(await planned()).toEqual([]);
    expect(await planned('--model', 'nova')).toEqual([]);
    expect(await planned('--model', 'sonnet')).toEqual(['permission-policy']);
    expect(await planned('--policy', 'invoke')).toEqual(['permission-policy']);
    const { report } = await stage.run('plan', ...ours, '--policy', 'invoke');
    expect(report.next[0]).toContain('--policy invoke');
  }));

it('says that the host was not looked at, and never that it works', () =>
  withFleetStage(options, async (stage) => {
    const told = async (): Promise<string> => (await runCli(['verify', ...ours], stage)).stdout;
    expect(await told()).toContain('It is not set up.');
    await stage.run(...ours, '--yes');
    const after = await told();
    expect(after).toContain(
      "The account's half is in place. What the host itself sees was not looked at: the next command is for there.",
    );
    expect(after).toContain('- 11 checks         skip  can be seen only on');
    expect(after).not.toContain('It works');
  }));

it('what was taken away since is missing, by whomever', () =>
  withFleetStage(options, async (stage) => {
    await stage.run(...ours, '--yes');
    for (const association of Object.values(stage.mock.state.associations))
      if (association.instanceId === id) association.endedAt = Date.now();
    const { exitCode, told } = await rows(stage, ...ours);
    expect(exitCode).toBe(1);
    expect(told).toContain(`association fail: missing: association ${id} -> EC2-Bedrock-Access`);
  }));

it.each([
  ['i-0abc1234def567899', 1, 'INSTANCE_NOT_FOUND'],
  ['i-0abc1234def567894', 1, 'PROFILE_HAS_NO_ROLE'],
])('%s ends with %i, %s', async (other, exitCode, error) => {
  await withFleetStage(options, async (stage) => {
    expect(await rows(stage, '--instance-id', other)).toMatchObject({ exitCode, ok: false, error });
  });
});

it('an early error says in which region it came up', () =>
  withFleetStage(options, async (stage) => {
    const { report } = await stage.run('plan', '--instance-id', 'i-0abc1234def567899');
    expect(report).toMatchObject({ region: 'us-east-1', error: { code: 'INSTANCE_NOT_FOUND' } });
  }));

it('without the right to look it ends with 5', () =>
  withFleetStage(options, async (stage) => {
    stage.mock.settings.deny.push('iam:GetRole');
    expect(await rows(stage, ...ours)).toMatchObject({ exitCode: 5, ok: false });
  }));
