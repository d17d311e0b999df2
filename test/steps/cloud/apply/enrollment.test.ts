import { describe, expect, it } from 'vitest';
import { ours, refused, useStage } from './stage.js';

const stage = useStage();

describe('the enrollment', () => {
  const put = {
    kind: 'put',
    name: 'N',
    tag: 'k',
    value: 'v',
    script: 'new',
    expected: null,
    tags: { team: 'a' },
  };
  const there = (script: string): unknown =>
    stage.state.enrollments.set('N', { id: 'e-N', name: 'N', document: 'd', tag: 'k', value: 'v', script });

  it('is made with the tags by which it is known, and only once', async () => {
    await stage.apply('enrollment', put);
    await stage.apply('enrollment', put);
    expect(stage.state.calls).toEqual([`createEnrollment N ${JSON.stringify({ team: 'a', ...ours })}`]);
  });

  it('gets the new script in place of the one that was looked at', async () => {
    there('old');
    await stage.apply('enrollment', { ...put, expected: 'old' });
    expect(stage.state.enrollments.get('N')?.script).toBe('new');
  });

  it('is left where its script is another by now, and not made anew by an undo', async () => {
    await stage.apply('enrollment', { ...put, expected: 'old' });
    there('third');
    await expect(stage.apply('enrollment', { ...put, expected: 'old' })).rejects.toMatchObject(
      refused('CHANGED_SINCE', 'the association N has been changed, so it is left as it is', 'look at it'),
    );
    await expect(stage.apply('enrollment', put)).rejects.toMatchObject({ code: 'CHANGED_SINCE' });
    expect(stage.state.calls).toEqual([]);
  });

  it('is deleted where it is still as it was left', async () => {
    const remove = { kind: 'remove', name: 'N', expected: 'new' };
    await stage.apply('enrollment', remove);
    there('third');
    await expect(stage.apply('enrollment', remove)).rejects.toMatchObject(
      refused(
        'CHANGED_SINCE',
        'the association N has been changed, so it is left as it is',
        'delete it yourself if nobody needs it',
      ),
    );
    there('new');
    await stage.apply('enrollment', remove);
    expect(stage.state.calls).toEqual(['deleteEnrollment e-N']);
  });

  it.each([
    { kind: 'put', name: 'N' },
    { ...put, expected: 5 },
    { ...put, script: '' },
    { ...put, script: 'x'.repeat(65_537) },
    { kind: 'remove', name: 'N' },
    { kind: 'drop', name: 'N' },
  ])('refuses %j from a receipt', async (op) => {
    await expect(stage.apply('enrollment', op)).rejects.toMatchObject({ code: 'RECEIPT_INVALID' });
  });

  it('takes a script of any length that a command can have', async () => {
    await stage.apply('enrollment', { ...put, script: 'x'.repeat(65_536) });
    expect(stage.state.calls).toHaveLength(1);
  });
});
