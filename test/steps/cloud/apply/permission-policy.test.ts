import { beforeEach, describe, expect, it } from 'vitest';
import { awsError, plainRole } from '../../../support/plain-account.js';
import { ours, refused, useStage } from './stage.js';

const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'a:B', Resource: '*' }] };
const other = { ...document, Statement: [] };
const gone = awsError('NoSuchEntityException', 'it cannot be found');
const trouble = awsError('InternalFailure');
const stage = useStage();

describe('the policy on the role', () => {
  const notYet = awsError('NoSuchEntity', 'The role with name R cannot be found.');
  const policy = 'OpenClawBedrock';
  const restore = { kind: 'restore', role: 'R', document: null, expected: document };
  const holding = (inline: typeof document | null, tags = {}, attached: string[] = []): unknown =>
    stage.state.roles.set('R', { ...plainRole('R', tags), inline, attached });

  it.each([
    [{ kind: 'put', role: 'R', document }, 'putRolePolicy', { inline: document }],
    [{ kind: 'attach', role: 'R', policyArn: 'arn' }, 'attachRolePolicy', { attached: ['arn'] }],
  ])('comes as soon as IAM sees the role: %j', async (op, method, after) => {
    holding(null);
    stage.refuse(method, notYet);
    await stage.apply('permission-policy', op);
    expect(stage.state.roles.get('R')).toMatchObject(after);
    expect(stage.waits).toEqual(['IAM to see the new role, 120 s']);
    stage.refuse(method, trouble);
    await expect(stage.apply('permission-policy', op)).rejects.toBe(trouble);
  });

  it('goes, or becomes what it was', async () => {
    holding(document);
    await stage.apply('permission-policy', restore);
    expect(stage.state.roles.get('R')?.inline).toBeNull();
    await stage.apply('permission-policy', restore);
    holding(document);
    await stage.apply('permission-policy', { ...restore, document: other });
    expect(stage.state.roles.get('R')?.inline).toEqual(other);
    await stage.apply('permission-policy', { ...restore, document: other });
    expect(stage.state.calls).toEqual([`deleteRolePolicy R ${policy}`, `putRolePolicy R ${policy}`]);
  });

  it.each([
    ['another', other, null],
    ['none', null, other],
  ])('stays as it is where it is %s by now', async (_what, now, former) => {
    holding(now);
    await expect(stage.apply('permission-policy', { ...restore, document: former })).rejects.toMatchObject(
      refused(
        'CHANGED_SINCE',
        `the inline policy ${policy} of the role R was changed since, so it is left as it is`,
        `look with: aws iam get-role-policy --role-name R --policy-name ${policy}`,
      ),
    );
    expect(stage.state.calls).toEqual([]);
  });

  it.each([
    [restore, 'deleteRolePolicy'],
    [{ kind: 'detach', role: 'R', policyArn: 'arn' }, 'detachRolePolicy'],
  ])('stays where other instances use a role of ours: %j', async (op, method) => {
    holding(document, ours, ['arn']);
    stage.state.profiles.set('R', { tags: ours, role: 'R' });
    stage.state.links.set('i-2', 'R');
    await expect(stage.apply('permission-policy', op)).rejects.toMatchObject({ code: 'IN_USE' });
    expect(stage.state.calls).toEqual([]);
    holding(document, {}, ['arn']);
    stage.refuse(method, gone, trouble);
    expect(await stage.apply('permission-policy', op)).toBeNull();
    await expect(stage.apply('permission-policy', op)).rejects.toBe(trouble);
  });

  describe('of somebody else', () => {
    const instances = ['i-1'];
    beforeEach(() => {
      holding(document, {}, ['arn']);
      stage.state.profiles.set('P', { tags: {}, role: 'R' });
      for (const id of ['i-1', 'i-2']) stage.state.links.set(id, 'P');
    });

    it.each([
      [restore, `delete-role-policy --role-name R --policy-name ${policy}`],
      [
        { ...restore, document: other },
        `put-role-policy --role-name R --policy-name ${policy} --policy-document '${JSON.stringify(other)}'`,
      ],
      [{ kind: 'detach', role: 'R', policyArn: 'arn' }, 'detach-role-policy --role-name R --policy-arn arn'],
    ])('stays where others have it, with the command that does it: %j', async (op, command) => {
      const undo = stage.apply('permission-policy', { ...op, profile: 'P' }, instances);
      await expect(undo).rejects.toMatchObject(
        refused(
          'IN_USE',
          'the instance profile P is on i-2, so it is kept',
          `run undo again when they no longer hold it; or, if none of them uses Bedrock: aws iam ${command}`,
        ),
      );
      expect(stage.state.calls).toEqual([]);
    });

    it.each([
      ['nobody else has it', restore, ['i-1', 'i-2']],
      ['the others were there before', { ...restore, document: other, heldBy: ['i-2'] }, instances],
    ])('goes where %s', async (_what, op, undone) => {
      await stage.apply('permission-policy', { ...op, profile: 'P' }, undone);
      expect(stage.state.roles.get('R')?.inline).toEqual(op.document);
    });
  });

  it('of ours becomes what it was for those that were there before, and no other', async () => {
    holding(document, ours);
    stage.state.profiles.set('R', { tags: ours, role: 'R' });
    stage.state.links.set('i-2', 'R');
    const former = { ...restore, document: other, profile: 'R' };
    const undo = stage.apply('permission-policy', { ...former, heldBy: ['i-1'] });
    await expect(undo).rejects.toMatchObject({ code: 'IN_USE' });
    await stage.apply('permission-policy', { ...former, heldBy: ['i-1', 'i-2'] });
    expect(stage.state.roles.get('R')?.inline).toEqual(other);
  });

  it('is detached where it is attached', async () => {
    const op = { kind: 'detach', role: 'R', policyArn: 'arn' };
    await stage.apply('permission-policy', op);
    holding(null, {}, ['other']);
    await stage.apply('permission-policy', op);
    expect(stage.state.calls).toEqual([]);
    holding(null, {}, ['other', 'arn']);
    await stage.apply('permission-policy', op);
    expect(stage.state.roles.get('R')?.attached).toEqual(['other']);
  });
});
