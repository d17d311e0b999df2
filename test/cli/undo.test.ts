import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/core/report.js';
import { startMockAws } from '../../src/mock-aws/index.js';
import { runCli, runCliJson } from '../support/cli.js';
import type { FleetStage } from '../support/many-instances.js';
import { fleetId, fleetOf, withFleetStage } from '../support/many-instances.js';
import { callNames } from '../support/mock-aws.js';

const nothing = { roles: [], instanceProfiles: [], policies: [] };
const options = { world: { ...nothing, instances: fleetOf(3) } };
const [first, second, third] = [fleetId(0), fleetId(1), fleetId(2)];

function one(id: string): readonly string[] {
  return ['--instance-id', id];
}

/** The change of a step as the report has it. */
function statusesOf({ changes }: Report, step: string): readonly string[] {
  return changes.flatMap((change) => (change.step === step ? [change.status] : []));
}

/** Runs the program on an instance, as its metadata have it. */
async function runOn(stage: FleetStage, id: string, ...words: readonly string[]) {
  stage.mock.settings.metadataInstanceId = id;
  const { AWS_EC2_METADATA_DISABLED: _, ...rest } = stage.variables;
  const variables = { ...rest, AWS_EC2_METADATA_SERVICE_ENDPOINT: stage.mock.url };
  return runCliJson(words, { home: stage.home, variables });
}

describe('an undo with the wrong credentials', () => {
  it.each([
    ['one', one(first)],
    ['many', [...one(first), ...one(second)]],
  ])('of another account changes nothing, and keeps the receipt of %s', async (_, ids) => {
    await withFleetStage(options, async (stage) => {
      await stage.run(...ids, '--host', 'skip', '--yes');
      const other = await startMockAws({ account: '222233334444', world: { ...nothing, instances: [] } });
      const variables = { ...stage.variables, AWS_ENDPOINT_URL: other.url };
      const { exitCode, report } = await runCliJson(['undo', '--yes'], { home: stage.home, variables });
      await other.stop();
      expect({ exitCode, error: report.error }).toMatchObject({
        exitCode: 5,
        error: { code: 'WRONG_ACCOUNT' },
      });
      expect(report.error?.message).toContain('222233334444');
      const again = await stage.run('undo', '--yes');
      expect(again.exitCode).toBe(0);
      expect(stage.mock.state.roles).toEqual({});
    });
  });

  it.each([[[]], [one(first)]])(
    'none at all is told with the same undo, before anything is asked: %j',
    (words) =>
      withFleetStage(options, async (stage) => {
        await stage.run(...one(first), '--host', 'skip', '--yes');
        const variables = { AWS_ENDPOINT_URL: stage.mock.url, AWS_EC2_METADATA_DISABLED: 'true' };
        const { exitCode, stderr } = await runCli(['undo', ...words, '--yes'], {
          home: stage.home,
          variables,
        });
        expect(exitCode).toBe(5);
        expect(stderr).toContain(`undo --instance-id ${first} --region us-east-1`);
      }),
  );

  it('those of the instance itself leave the host as it is too', () =>
    withFleetStage(options, async (stage) => {
      const { exitCode } = await runOn(stage, first, '--yes', '--host', 'local');
      expect(exitCode).toBeLessThan(2);
      const { AWS_ACCESS_KEY_ID: _, AWS_SECRET_ACCESS_KEY: __, ...variables } = stage.variables;
      stage.mock.settings.propagation.ec2ToMetadataMilliseconds = 0;
      const refused = await runOn({ ...stage, variables }, first, 'undo', '--yes');
      expect(refused.exitCode).toBe(5);
      expect(refused.report).toMatchObject({ changes: [], error: { code: 'NOT_ALLOWED' } });
      const { report } = await runOn(stage, first, 'undo', '--yes');
      expect(new Set(report.changes.map(({ status }) => status))).toEqual(new Set(['applied']));
      expect(new Set(report.changes.map(({ lane }) => lane))).toEqual(new Set(['cloud', 'host']));
    }));

  it('those of the instance itself are no reason to give it more rights', () =>
    withFleetStage(options, async (stage) => {
      await stage.run(...one(first), '--host', 'skip', '--yes');
      const { AWS_ACCESS_KEY_ID: _, AWS_SECRET_ACCESS_KEY: __, ...variables } = stage.variables;
      const on = { ...stage, variables };
      stage.mock.settings.propagation.ec2ToMetadataMilliseconds = 0;
      const { report } = await runOn(on, first, 'undo', '--yes');
      expect(report.error?.fix).toContain('these are the rights of the instance');
      expect(report.error?.fix).toContain(`undo --instance-id ${first} --region us-east-1`);
      expect(report.error?.fix).not.toContain('"Effect"');
    }));
});

describe('an undo of one half', () => {
  it('leaves the account alone, and says so before and after', () =>
    withFleetStage(options, async (stage) => {
      await stage.run(...one(first), '--host', 'skip', '--yes');
      const before = stage.account();
      for (const flag of ['--yes', '--dry-run']) {
        const { exitCode, report } = await stage.run('undo', ...one(first), '--cloud', 'skip', flag);
        expect(exitCode).toBe(0);
        expect(new Set(report.changes.map(({ status }) => status))).toEqual(new Set(['skipped']));
      }
      const { stdout } = await runCli(['undo', '--cloud', 'skip', '--yes'], stage);
      expect(stdout).toContain('The rest was left, as asked; the receipt keeps it.');
      expect(stage.account()).toEqual(before);
    }));

  it('leaves the account alone where the receipt is about many', () =>
    withFleetStage(options, async (stage) => {
      await stage.run(...one(first), ...one(second), '--yes');
      const before = stage.account();
      for (const words of [[], one(first)]) {
        const { exitCode } = await stage.run('undo', ...words, '--cloud', 'skip', '--yes');
        expect(exitCode).toBe(0);
        expect(callNames(stage.mock, 'mutating')).toEqual([]);
      }
      expect(stage.account()).toEqual(before);
    }));
});

describe('an undo on an instance', () => {
  it('takes its own receipt of several, and any where it is only the place that an operator works from', () =>
    withFleetStage(options, async (stage) => {
      await stage.run(...one(first), '--host', 'skip', '--yes');
      await stage.run(...one(second), '--host', 'skip', '--yes');
      const { exitCode, report } = await runOn(stage, second, 'undo', '--yes');
      expect({ exitCode, ids: report.instances.map(({ id }) => id) }).toEqual({ exitCode: 0, ids: [second] });
      expect((await runOn(stage, second, 'undo', '--yes')).report.instances.map(({ id }) => id)).toEqual([
        first,
      ]);
    }));

  it('takes none of the instance that its disk was copied from, but for what is on the disk', () =>
    withFleetStage(options, async (stage) => {
      await runOn(stage, first, '--gateway-profile', 'default', '--yes');
      const before = stage.account();
      const { report } = await runOn(stage, second, 'undo', '--yes');
      expect(report.error).toMatchObject({ code: 'OTHER_INSTANCE' });
      const here = await runOn(stage, second, 'undo', '--cloud', 'skip', '--yes');
      expect(statusesOf(here.report, 'gateway-env')).toEqual(['applied']);
      expect(stage.account()).toEqual(before);
      expect((await runOn(stage, second, 'undo', ...one(first), '--yes')).exitCode).toBe(0);
      expect(stage.mock.state.roles).toEqual({});
    }));
});

describe('an undo of many', () => {
  it('that were never set up says so, and nothing of tags', () =>
    withFleetStage(options, async (stage) => {
      const { exitCode, stdout, stderr } = await runCli(
        ['undo', ...one(first), ...one(second), '--yes'],
        stage,
      );
      expect(exitCode).toBe(0);
      expect(stdout).toContain('Nothing to undo');
      expect(stderr).not.toContain('tags');
    }));

  it('keeps nothing for an instance that is gone', () =>
    withFleetStage(options, async (stage) => {
      await stage.run(...one(first), ...one(second), '--yes');
      const gone = stage.mock.state.instances[second];
      if (gone === undefined) throw new Error('the instance is not there');
      gone.state = 'terminated';
      const { exitCode } = await stage.run('undo', ...one(first), '--yes');
      expect(exitCode).toBe(0);
      expect(stage.mock.state.roles).toEqual({});
    }));

  it('goes on past what somebody has changed', () =>
    withFleetStage(options, async (stage) => {
      await stage.run(...one(first), ...one(second), '--hop-limit', '3', '--yes');
      const changed = stage.mock.state.instances[second];
      if (changed === undefined) throw new Error('the instance is not there');
      changed.metadataOptions.httpPutResponseHopLimit = 5;
      const { exitCode } = await stage.run('undo', ...one(first), ...one(second), '--yes');
      expect(exitCode).toBe(1);
      expect(stage.mock.state.roles).toEqual({});
      expect(changed.metadataOptions.httpPutResponseHopLimit).toBe(5);
    }));

  it('names the instances that have receipts of their own', () =>
    withFleetStage(options, async (stage) => {
      await stage.run(...one(first), '--host', 'skip', '--hop-limit', '3', '--yes');
      const alone = await stage.run('undo', ...one(first), ...one(second), '--yes');
      expect(alone.report.error).toMatchObject({
        code: 'SEVERAL_RECEIPTS',
        fix: `undo --instance-id ${first}`,
      });
      await stage.run(...one(second), ...one(third), '--yes');
      const words = ['undo', ...one(first), ...one(second), ...one(third), '--yes'];
      const { exitCode, stderr } = await runCli(words, stage);
      expect(exitCode).toBe(0);
      expect(stderr).toContain(`set up by itself, with a receipt of its own: ${first}`);
      const { report } = await stage.run('undo', ...one(first), '--yes');
      expect(statusesOf(report, 'metadata-options')).toEqual(['applied']);
      expect(stage.mock.state.roles).toEqual({});
    }));
});

it('a lost receipt of an undo leaves nothing half done', () =>
  withFleetStage(options, async (stage) => {
    await stage.run(...one(first), '--host', 'skip', '--yes');
    await rm(join(stage.home, '.local'), { recursive: true });
    expect((await stage.run('undo', ...one(first), '--yes')).exitCode).toBe(0);
    expect(stage.mock.state.roles).toEqual({});
  }));

describe('an undo without a receipt', () => {
  it('names what stays on the role that the instance had', () => {
    const world = {
      roles: [{ roleName: 'web' }],
      instanceProfiles: [{ name: 'web', roleName: 'web' }],
      policies: [],
      instances: fleetOf(1).map((instance) => ({ ...instance, instanceProfile: 'web' })),
    };
    return withFleetStage({ world }, async (stage) => {
      await stage.run(...one(first), '--host', 'skip', '--yes');
      await rm(join(stage.home, '.local'), { recursive: true });
      const { exitCode, stderr } = await runCli(['undo', ...one(first), '--yes'], {
        home: stage.home,
        variables: stage.variables,
      });
      expect(exitCode).toBe(0);
      expect(stderr).toContain('aws iam delete-role-policy --role-name web --policy-name OpenClawBedrock');
    });
  });
});
