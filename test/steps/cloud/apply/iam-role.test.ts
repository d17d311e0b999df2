import { describe, expect, it } from 'vitest';
import { awsError, plainRole } from '../../../support/plain-account.js';
import { anothers, ours, refused, useStage } from './stage.js';

const gone = awsError('NoSuchEntityException', 'it cannot be found');
const trouble = awsError('InternalFailure');
const stage = useStage();

describe('the role', () => {
  const create = { kind: 'create', name: 'R', permissionsBoundary: null, tags: { team: 'a' } };

  it('is made with its boundary and with the tags by which it is known', async () => {
    expect(await stage.apply('iam-role', { ...create, permissionsBoundary: 'edge' })).toBeNull();
    expect(stage.state.roles.get('R')).toMatchObject({
      tags: { team: 'a', ...ours },
      permissionsBoundary: 'edge',
    });
  });

  it.each([
    ['ours', plainRole('R', ours), null],
    ['somebody else’s, but as good', plainRole('R', anothers), { kind: 'keep' }],
  ])('that is there by now is taken where it is %s', async (_what, role, better) => {
    stage.state.roles.set('R', role);
    stage.refuse('createRole', awsError('EntityAlreadyExists'));
    expect(await stage.apply('iam-role', create)).toEqual(better);
  });

  it('that is there by now is refused where it trusts somebody else', async () => {
    stage.state.roles.set('R', { ...plainRole('R'), trustPolicy: {} });
    stage.refuse('createRole', awsError('EntityAlreadyExists'));
    await expect(stage.apply('iam-role', create)).rejects.toMatchObject({ code: 'ROLE_TRUST_DIFFERS' });
  });

  it('that is said to be there and is not seen is looked for ten seconds', async () => {
    stage.refuse('createRole', awsError('EntityAlreadyExists'));
    const start = stage.ports.clock.now();
    await expect(stage.apply('iam-role', create)).rejects.toMatchObject({ name: 'EntityAlreadyExists' });
    expect(stage.ports.clock.now() - start).toBeGreaterThan(9000);
    expect(stage.ports.clock.now() - start).toBeLessThanOrEqual(10_000);
  });

  it('fails with what AWS says', async () => {
    stage.refuse('createRole', trouble);
    await expect(stage.apply('iam-role', create)).rejects.toBe(trouble);
  });

  const remove = { kind: 'delete', name: 'R' };

  it('is deleted, and so is one of the receipt that is named', async () => {
    stage.state.roles.set('R', plainRole('R', ours));
    await stage.apply('iam-role', remove);
    stage.state.roles.set('R', plainRole('R', anothers));
    await stage.apply('iam-role', { ...remove, receiptId: 'r-2' });
    await stage.apply('iam-role', remove);
    expect(stage.state.calls).toEqual(['deleteRole R', 'deleteRole R']);
  });

  it.each([anothers, { ...ours, 'managed-by': 'me' }, {}])('stays where its tags are %j', async (tags) => {
    stage.state.roles.set('R', plainRole('R', tags));
    await expect(stage.apply('iam-role', remove)).rejects.toMatchObject(
      refused(
        'CHANGED_SINCE',
        'the role R no longer carries the tag of the receipt r-1, so it is left as it is',
        'delete it yourself if nothing needs it: aws iam delete-role --role-name R',
      ),
    );
    expect(stage.state.calls).toEqual([]);
  });

  it('stays where instances use it', async () => {
    stage.state.roles.set('R', plainRole('R', ours));
    stage.state.profiles.set('R', { tags: ours, role: 'R' });
    stage.state.links.set('i-1', 'R').set('i-2', 'R').set('i-3', 'R').set('i-9', 'S');
    const fix = 'run undo again when they no longer need it';
    await expect(stage.apply('iam-role', remove)).rejects.toMatchObject(
      refused('IN_USE', 'the instance profile R is on i-1, i-2, i-3, so it is kept', fix),
    );
    stage.state.links.set('i-4', 'R').set('i-5', 'R');
    await expect(stage.apply('iam-role', remove)).rejects.toMatchObject(
      refused('IN_USE', 'the instance profile R is on i-1, i-2, i-3 and 2 more, so it is kept', fix),
    );
  });

  it.each([
    ['must detach all policies first', 'managed policies', 'list-attached-role-policies'],
    ['must remove roles from instance profile first', 'instance profiles', 'list-instance-profiles-for-role'],
    ['must delete policies first', 'inline policies', 'list-role-policies'],
  ])('stays where IAM %s, and says what to look at', async (refusal, what, list) => {
    stage.state.roles.set('R', plainRole('R', ours));
    const conflict = awsError('DeleteConflict', `Cannot delete entity, ${refusal}.`);
    stage.refuse('deleteRole', ...Array.from({ length: 100 }, () => conflict));
    await expect(stage.apply('iam-role', remove)).rejects.toMatchObject(
      refused(
        'IN_USE',
        `the role R still has ${what} that this run did not add or could not take back, so it is kept`,
        `look with: aws iam ${list} --role-name R; take away what nobody needs, and run undo again`,
      ),
    );
  });

  it('goes as soon as IAM has heard that it is empty', async () => {
    stage.state.roles.set('R', plainRole('R', ours));
    stage.refuse('deleteRole', awsError('DeleteConflict'), awsError('DeleteConflict'));
    expect(await stage.apply('iam-role', remove)).toBeNull();
    expect(stage.state.roles.has('R')).toBe(false);
  });

  it('may be gone meanwhile', async () => {
    stage.state.roles.set('R', plainRole('R', ours));
    stage.refuse('deleteRole', gone, trouble);
    expect(await stage.apply('iam-role', remove)).toBeNull();
    await expect(stage.apply('iam-role', remove)).rejects.toBe(trouble);
  });

  it('that was kept is left', async () => {
    expect(await stage.apply('iam-role', { kind: 'keep' })).toBeNull();
    expect(stage.state.calls).toEqual([]);
  });
});
