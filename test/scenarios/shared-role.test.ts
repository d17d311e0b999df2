import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/core/report.js';
import { defaultWorld } from '../../src/mock-aws/index.js';
import type { FleetStage } from '../support/many-instances.js';
import { fleetId, fleetOf, withFleetStage } from '../support/many-instances.js';
import { callNames } from '../support/mock-aws.js';

const [one, other, third] = [fleetId(0), fleetId(1), fleetId(2)];
const [lite, pro] = ['us.amazon.nova-lite-v1:0', 'us.amazon.nova-pro-v1:0'];
const policy = 'OpenClawBedrock';
const ownRole = 'EC2-Bedrock-Access';
const foreignRole = 'web-server';

function documentOf({ mock }: FleetStage, role: string): string {
  return mock.state.roles[role]?.inlinePolicies[policy]?.document ?? 'none';
}

/** Which of the two models a role may call. */
function allowed(stage: FleetStage, role = ownRole): readonly string[] {
  const document = documentOf(stage, role);
  return [lite, pro].filter((model) => document.includes(`inference-profile/${model}`));
}

async function setUp(stage: FleetStage, id: string, ...words: readonly string[]): Promise<Report> {
  const { exitCode, report } = await stage.run('--instance-id', id, '--host', 'skip', '--yes', ...words);
  expect([exitCode, report.error]).toEqual([0, undefined]);
  return report;
}

async function undo(stage: FleetStage, id: string) {
  return stage.run('undo', '--instance-id', id, '--yes');
}

function scoped(model: string): readonly string[] {
  return ['--policy', 'scoped', '--model', model];
}

/** Instances that share a role which somebody else made. */
function adopting(): Parameters<typeof withFleetStage>[0] {
  const world = defaultWorld();
  const held = fleetOf(3, { instanceProfile: foreignRole });
  const instances = world.instances.filter(({ instanceProfile }) => instanceProfile !== foreignRole);
  return { world: { ...world, instances: [...instances, ...held] } };
}

describe('rights for chosen models on a role that several instances have', () => {
  it.each([
    ['ours', ownRole, { instances: fleetOf(2) }],
    ["the instances' own", foreignRole, adopting()],
  ])('grow with the second and are what they were when it is undone: %s', async (_what, role, options) => {
    await withFleetStage(options, async (stage) => {
      await setUp(stage, one, ...scoped(lite));
      const first = documentOf(stage, role);
      const { changes } = await setUp(stage, other, ...scoped(pro));
      expect(allowed(stage, role)).toEqual([lite, pro]);
      expect(changes.find(({ step }) => step === 'permission-policy')?.detail).toContain(
        `adds ${pro}; what was allowed before stays; ${role === ownRole ? `${one} has` : `${one}, ${third} have`} the role too`,
      );

      await setUp(stage, one, ...scoped(lite));
      expect(callNames(stage.mock, 'mutating')).toEqual([]);

      const undone = await undo(stage, other);
      expect([undone.exitCode, undone.report.error]).toEqual([0, undefined]);
      expect(JSON.parse(documentOf(stage, role))).toEqual(JSON.parse(first));
    });
  });

  it('are narrowed from all models for all of them, and the plan names them', async () => {
    await withFleetStage({ instances: fleetOf(2) }, async (stage) => {
      await setUp(stage, one);
      await setUp(stage, other);
      const { changes } = await setUp(stage, other, ...scoped(lite));
      expect(changes.find(({ step }) => step === 'permission-policy')).toMatchObject({
        action: 'update',
        detail: expect.stringContaining(`; ${one} has the role too`) as string,
      });
    });
  });

  it('grow with another region', async () => {
    await withFleetStage({ instances: fleetOf(2) }, async (stage) => {
      const global = 'global.anthropic.claude-sonnet-4-5-20250929-v1:0';
      await setUp(stage, one, ...scoped(global));
      await setUp(stage, other, ...scoped(lite));
      expect(documentOf(stage, ownRole)).toContain(`inference-profile/${global}`);
      expect(allowed(stage)).toEqual([lite]);
    });
  });

  it('are kept as they are where the first is undone before the second', async () => {
    await withFleetStage({ instances: fleetOf(2) }, async (stage) => {
      const before = stage.account();
      await setUp(stage, one, ...scoped(lite));
      await setUp(stage, other, ...scoped(pro));
      expect((await undo(stage, one)).report.error?.code).toBe('IN_USE');
      expect(allowed(stage)).toEqual([lite, pro]);
      expect((await undo(stage, other)).exitCode).toBe(0);
      expect((await undo(stage, one)).exitCode).toBe(0);
      expect(stage.account()).toEqual(before);
    });
  });

  it('are kept for one that came later and needed nothing more', async () => {
    await withFleetStage({ instances: fleetOf(3) }, async (stage) => {
      await setUp(stage, one, ...scoped(lite));
      await setUp(stage, other, ...scoped(pro));
      await setUp(stage, third, ...scoped(pro));
      const { report } = await undo(stage, other);
      expect(report.error).toMatchObject({
        code: 'IN_USE',
        message: `the instance profile ${ownRole} is on ${third}, so it is kept`,
      });
      expect(allowed(stage)).toEqual([lite, pro]);
    });
  });
});

describe("the policy on the instances' own role", () => {
  it('stays for another instance that has the role, which is named', async () => {
    await withFleetStage(adopting(), async (stage) => {
      await setUp(stage, one);
      await setUp(stage, other);
      expect(callNames(stage.mock, 'mutating')).toEqual([]);
      const { report } = await undo(stage, one);
      expect(report.error).toMatchObject({
        code: 'IN_USE',
        message: `the instance profile ${foreignRole} is on ${other}, ${third}, so it is kept`,
      });
      expect(report.error?.fix).toContain(
        `aws iam delete-role-policy --role-name ${foreignRole} --policy-name ${policy}`,
      );
      expect(documentOf(stage, foreignRole)).not.toBe('none');

      // As the fix says.
      delete stage.mock.state.roles[foreignRole]?.inlinePolicies[policy];
      expect((await undo(stage, one)).exitCode).toBe(0);
    });
  });

  it('goes with the only instance that has the role', async () => {
    await withFleetStage({}, async (stage) => {
      await setUp(stage, 'i-0abc1234def567893');
      expect((await undo(stage, 'i-0abc1234def567893')).exitCode).toBe(0);
      expect(documentOf(stage, foreignRole)).toBe('none');
    });
  });

  const named = (...ids: readonly string[]): readonly string[] => ids.flatMap((id) => ['--instance-id', id]);

  it.each([
    ['all at once', [[one, other, third]]],
    ['one after the other', [[one], [third], [other]]],
    ['without a name', [[]]],
  ])('goes with the instances that were set up together: %s', async (_what, rounds) => {
    await withFleetStage(adopting(), async (stage) => {
      await stage.run(...named(one, other, third), '--yes');
      for (const ids of rounds) expect((await stage.run('undo', ...named(...ids), '--yes')).exitCode).toBe(0);
      expect(documentOf(stage, foreignRole)).toBe('none');
    });
  });

  it('goes with all that are named, were they set up in several runs', async () => {
    await withFleetStage(adopting(), async (stage) => {
      await stage.run(...named(one, other), '--yes');
      await stage.run(...named(one, other, third), '--yes');
      const part = await stage.run('undo', ...named(one, other), '--yes');
      expect(part.report.error?.message).toContain(`is on ${third}`);
      expect((await stage.run('undo', ...named(one, other, third), '--yes')).exitCode).toBe(0);
      expect(documentOf(stage, foreignRole)).toBe('none');
    });
  });
});
