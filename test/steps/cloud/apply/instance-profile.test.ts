import { describe, expect, it } from 'vitest';
import { awsError } from '../../../support/plain-account.js';
import { anothers, ours, refused, useStage } from './stage.js';

const id = 'i-1';
const gone = awsError('NoSuchEntityException', 'it cannot be found');
const trouble = awsError('InternalFailure');
const stage = useStage();

describe('the instance profile', () => {
  const create = { kind: 'create', name: 'P', tags: { team: 'a' } };
  const remove = { kind: 'delete', name: 'P' };
  const fix =
    'delete it yourself if nothing needs it: aws iam delete-instance-profile --instance-profile-name P';

  it('is made with the tags by which it is known', async () => {
    expect(await stage.apply('instance-profile', create)).toBeNull();
    expect(stage.state.profiles.get('P')?.tags).toEqual({ team: 'a', ...ours });
  });

  it.each([
    ['ours', ours, null],
    ['somebody else’s', anothers, { kind: 'keep' }],
  ])('that is there by now is taken: %s', async (_what, tags, better) => {
    stage.state.profiles.set('P', { tags, role: null });
    stage.refuse('createInstanceProfile', awsError('EntityAlreadyExistsException'));
    expect(await stage.apply('instance-profile', create)).toEqual(better);
  });

  it('fails with what AWS says', async () => {
    stage.refuse('createInstanceProfile', trouble, awsError('EntityAlreadyExists'));
    await expect(stage.apply('instance-profile', create)).rejects.toBe(trouble);
    await expect(stage.apply('instance-profile', create)).rejects.toMatchObject({
      name: 'EntityAlreadyExists',
    });
  });

  it('is deleted, also for another receipt', async () => {
    stage.state.profiles.set('P', { tags: anothers, role: null });
    await stage.apply('instance-profile', { ...remove, receiptId: 'r-2' });
    await stage.apply('instance-profile', remove);
    await stage.apply('instance-profile', { kind: 'keep' });
    expect(stage.state.calls).toEqual(['deleteInstanceProfile P']);
  });

  it('stays where it is another’s', async () => {
    stage.state.profiles.set('P', { tags: anothers, role: null });
    await expect(stage.apply('instance-profile', remove)).rejects.toMatchObject(
      refused(
        'CHANGED_SINCE',
        'the instance profile P no longer carries the tag of the receipt r-1, so it is left as it is',
        fix,
      ),
    );
  });

  it('stays where an instance has it, or a role is in it, and may be gone meanwhile', async () => {
    stage.state.profiles.set('P', { tags: ours, role: null });
    stage.state.links.set(id, 'P');
    await expect(stage.apply('instance-profile', remove)).rejects.toMatchObject({ code: 'IN_USE' });
    stage.state.links.clear();
    stage.state.unseenRegions.push('eu-west-1', 'eu-west-2');
    await expect(stage.apply('instance-profile', remove)).rejects.toMatchObject({
      code: 'USERS_UNKNOWN',
      message:
        'whether an instance in eu-west-1, eu-west-2 holds the instance profile P cannot be told, so it is kept',
    });
    stage.state.unseenRegions.length = 0;
    stage.refuse('deleteInstanceProfile', ...Array.from({ length: 100 }, () => awsError('DeleteConflict')));
    await expect(stage.apply('instance-profile', remove)).rejects.toMatchObject(
      refused('IN_USE', 'the instance profile P still holds a role, so it is kept', fix),
    );
    stage.refuse('deleteInstanceProfile', awsError('DeleteConflict'), gone, trouble);
    expect(await stage.apply('instance-profile', remove)).toBeNull();
    await expect(stage.apply('instance-profile', remove)).rejects.toBe(trouble);
  });
});
