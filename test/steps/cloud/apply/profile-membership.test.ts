import { describe, expect, it } from 'vitest';
import { awsError } from '../../../support/plain-account.js';
import { useStage } from './stage.js';

const id = 'i-1';
const gone = awsError('NoSuchEntityException', 'it cannot be found');
const trouble = awsError('InternalFailure');
const stage = useStage();

describe('the role in the profile', () => {
  const add = { kind: 'add', profile: 'P', role: 'R' };
  const remove = { kind: 'remove', profile: 'P', role: 'R' };
  const notYet = awsError('NoSuchEntity', 'The role with name R cannot be found.');

  it('is put in as soon as IAM sees role and profile, within two minutes', async () => {
    const noProfile = awsError('NoSuchEntity', 'Instance Profile P cannot be found.');
    stage.refuse('addRoleToInstanceProfile', notYet, noProfile);
    await stage.apply('profile-membership', add);
    expect(stage.state.profiles.get('P')?.role).toBe('R');
    expect(stage.waits).toEqual(['IAM to see what is new, 120 s']);
    stage.refuse('addRoleToInstanceProfile', ...Array.from({ length: 1000 }, () => notYet));
    const start = stage.ports.clock.now();
    await expect(stage.apply('profile-membership', add)).rejects.toBe(notYet);
    expect(stage.ports.clock.now() - start).toBeGreaterThan(110_000);
    expect(stage.ports.clock.now() - start).toBeLessThanOrEqual(120_000);
  });

  it('is in already, or another one is', async () => {
    const full = awsError('LimitExceeded');
    stage.state.profiles.set('P', { tags: {}, role: 'R' });
    stage.refuse('addRoleToInstanceProfile', full);
    expect(await stage.apply('profile-membership', add)).toBeNull();
    stage.state.profiles.set('P', { tags: {}, role: 'S' });
    stage.refuse('addRoleToInstanceProfile', full);
    await expect(stage.apply('profile-membership', add)).rejects.toMatchObject({ code: 'PROFILE_OCCUPIED' });
    stage.state.profiles.set('P', { tags: {}, role: null });
    stage.refuse('addRoleToInstanceProfile', full, trouble);
    await expect(stage.apply('profile-membership', add)).rejects.toBe(full);
    await expect(stage.apply('profile-membership', add)).rejects.toBe(trouble);
  });

  it('is taken out, where it is still in and no instance needs it', async () => {
    await stage.apply('profile-membership', remove);
    stage.state.profiles.set('P', { tags: {}, role: 'S' });
    await stage.apply('profile-membership', remove);
    stage.state.profiles.set('P', { tags: {}, role: null });
    await stage.apply('profile-membership', remove);
    expect(stage.state.calls).toEqual([]);
    stage.state.profiles.set('P', { tags: {}, role: 'R' });
    stage.state.links.set(id, 'P');
    await expect(stage.apply('profile-membership', remove)).rejects.toMatchObject({ code: 'IN_USE' });
    stage.state.links.clear();
    stage.refuse('removeRoleFromInstanceProfile', gone, trouble);
    expect(await stage.apply('profile-membership', remove)).toBeNull();
    await expect(stage.apply('profile-membership', remove)).rejects.toBe(trouble);
    await stage.apply('profile-membership', remove);
    expect(stage.state.profiles.get('P')?.role).toBeNull();
  });
});
