import { describe, expect, it } from 'vitest';
import type { FleetStage } from '../support/many-instances.js';
import { fleetId, fleetOf, withFleetStage } from '../support/many-instances.js';

const [one, other] = [fleetId(0), fleetId(1)];

/** Instances whose profile, which somebody else made, holds no role. */
const emptyHanded = { instances: fleetOf(2, { instanceProfile: 'no-role' }) };

function profileOf({ mock }: FleetStage, id: string): string | null {
  const found = Object.values(mock.state.associations).find(
    ({ instanceId, endedAt }) => instanceId === id && endedAt === undefined,
  );
  return found?.profileArn.split('/').at(-1) ?? null;
}

describe('an instance whose profile holds no role', () => {
  it('gets another where that is asked for, and none at undo, which says why', async () => {
    await withFleetStage(emptyHanded, async (stage) => {
      const before = Object.keys(stage.mock.state.roles);
      const stopped = await stage.run('--instance-id', one, '--host', 'skip', '--yes');
      expect(stopped.report.error).toMatchObject({
        code: 'PROFILE_HAS_NO_ROLE',
        fix: expect.stringContaining('pass --replace-profile') as string,
      });
      const replaced = await stage.run('--instance-id', one, '--host', 'skip', '--replace-profile', '--yes');
      expect(replaced.exitCode).toBe(0);

      const { exitCode, report } = await stage.run('undo', '--instance-id', one, '--yes');
      expect([exitCode, report.error]).toEqual([0, undefined]);
      expect(report.changes.find(({ step }) => step === 'association')).toMatchObject({
        status: 'applied',
        detail: `taken off; no-role, which it had before, holds no role, and EC2 attaches none without one`,
      });
      expect(profileOf(stage, one)).toBeNull();
      expect(Object.keys(stage.mock.state.roles)).toEqual(before);
      expect(Object.keys(stage.mock.state.instanceProfiles)).not.toContain('EC2-Bedrock-Access');

      const again = await stage.run('undo', '--instance-id', one, '--yes');
      expect([again.exitCode, again.report.changes]).toEqual([0, []]);
    });
  });

  it('is told of where it is one of many', async () => {
    await withFleetStage(emptyHanded, async (stage) => {
      const both = ['--instance-id', one, '--instance-id', other];
      const replaced = await stage.run(...both, '--host', 'skip', '--replace-profile', '--yes');
      expect(replaced.exitCode).toBe(0);
      const { exitCode, stderr } = await stage.run('undo', ...both, '--yes');
      expect(exitCode).toBe(0);
      for (const id of [one, other])
        expect(stderr).toContain(
          `${id}: taken off; no-role, which it had before, holds no role, and EC2 attaches none without one`,
        );
      expect([profileOf(stage, one), profileOf(stage, other)]).toEqual([null, null]);
    });
  });
});
