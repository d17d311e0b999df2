import { DeleteInstanceProfileCommand, RemoveRoleFromInstanceProfileCommand } from '@aws-sdk/client-iam';
import { expect, it } from 'vitest';
import { outsideClients } from '../support/account.js';
import { bareInstance, openExposed } from '../support/exposed.js';
import { fleetOf, withFleetStage } from '../support/many-instances.js';

const name = 'EC2-Bedrock-Access';

it.each([[[]], [['--replace-profile']]])(
  'a profile that was deleted by hand is made anew and reaches the instance: setup %j',
  async (flags: readonly string[]) => {
    const { mock, run, stop } = await openExposed();
    try {
      const before = structuredClone([mock.state.roles, mock.state.instanceProfiles]);
      const on = ['--instance-id', bareInstance];
      expect(await run(['setup', ...on, '--yes'])).toMatchObject({ exitCode: 0 });
      const { iam } = outsideClients(mock.url);
      const profile = { InstanceProfileName: name };
      await iam.send(new RemoveRoleFromInstanceProfileCommand({ ...profile, RoleName: name }));
      await iam.send(new DeleteInstanceProfileCommand(profile));
      const broken = await run(['verify', ...on]);
      expect(broken.exitCode).toBe(1);
      expect(broken.stdout).toContain('PROFILE_DELETED');

      const again = await run(['setup', ...on, ...flags, '--yes']);
      expect(again).toMatchObject({ exitCode: 0 });
      expect(again.stderr).toContain('the instance still has the deleted profile of that name');
      const verified = await run(['verify', ...on]);
      expect(verified).toMatchObject({ exitCode: 0 });
      expect(verified.stdout).toContain('nothing in the account was changed since the set-up');

      expect(await run(['undo', ...on, '--yes'])).toMatchObject({ exitCode: 0 });
      expect([mock.state.roles, mock.state.instanceProfiles]).toEqual(before);
      const left = Object.values(mock.state.associations).filter(
        ({ instanceId, endedAt }) => instanceId === bareInstance && endedAt === undefined,
      );
      expect(left).toEqual([]);
    } finally {
      await stop();
    }
  },
);

it('of many instances those get it that still have the deleted one, each by itself', async () => {
  const world = { instances: fleetOf(3), roles: [], instanceProfiles: [], policies: [] };
  await withFleetStage({ world }, async (stage) => {
    const tag = ['--instance-tag', 'env=prod'];
    const before = stage.account();
    expect(await stage.run('setup', ...tag, '--yes')).toMatchObject({ exitCode: 0 });
    const { instanceProfiles, associations } = stage.mock.state;
    const [profile, [first, ...others]] = [instanceProfiles[name], Object.values(associations)];
    if (profile === undefined || first === undefined) throw new Error('the fleet was not set up');
    profile.id = 'AIPAMADEANEW';
    first.profileId = profile.id;

    const planned = await stage.run('plan', ...tag, '--exit-code');
    expect(planned.exitCode).toBe(3);
    const { exitCode, report } = await stage.run('setup', ...tag, '--yes');
    expect(exitCode).toBe(0);
    expect(new Set(report.instances.map(({ status }) => status))).toEqual(new Set(['in-place', 'done']));
    const live = Object.values(associations).filter(({ endedAt }) => endedAt === undefined);
    expect(live.map(({ profileId }) => profileId)).toEqual(Array.from({ length: 3 }, () => profile.id));
    expect(others.map(({ endedAt }) => typeof endedAt)).toEqual(['number', 'number']);

    expect(await stage.run('undo', ...tag, '--yes')).toMatchObject({ exitCode: 0 });
    expect(stage.account()).toEqual(before);
  });
});
