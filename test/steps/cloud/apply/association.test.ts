import { beforeEach, describe, expect, it } from 'vitest';
import { awsError, plainInstance, plainRole, profileArn } from '../../../support/plain-account.js';
import { refused, useStage } from './stage.js';

const id = 'i-1';
const gone = awsError('NoSuchEntityException', 'it cannot be found');
const trouble = awsError('InternalFailure');
const stage = useStage();

describe('the association', () => {
  const on = { instanceId: id, profileArn: profileArn('P') };
  const stale = awsError('InvalidAssociationID.NotFound');
  const taken = awsError('IncorrectState', `There is an existing association for instance ${id}`);
  const notSeen = awsError('InvalidParameterValue', 'Invalid IAM Instance Profile name');
  const empty = awsError('InvalidParameterValue', 'IAM Instance Profile has no associated IAM Roles');

  it('is made as soon as EC2 sees the profile, within three minutes', async () => {
    stage.refuse('associateProfile', notSeen, empty);
    await stage.apply('association', { kind: 'associate', ...on });
    expect(stage.state.links.get(id)).toBe('P');
    expect(stage.waits).toEqual(['EC2 to see the new instance profile, 180 s']);
    stage.refuse('associateProfile', ...Array.from({ length: 1000 }, () => notSeen));
    await expect(stage.apply('association', { kind: 'associate', ...on })).rejects.toMatchObject({
      code: 'PROFILE_NOT_VISIBLE',
      cause: notSeen,
    });
  });

  it('is there already, or another one is', async () => {
    stage.state.links.set(id, 'P');
    stage.refuse('associateProfile', taken);
    expect(await stage.apply('association', { kind: 'associate', ...on })).toBeNull();
    stage.state.links.set(id, 'Q');
    stage.refuse('associateProfile', taken, trouble);
    await expect(stage.apply('association', { kind: 'associate', ...on })).rejects.toMatchObject({
      code: 'ALREADY_ASSOCIATED',
      message: `${id} already has the instance profile Q`,
    });
    await expect(stage.apply('association', { kind: 'associate', ...on })).rejects.toBe(trouble);
  });

  it('waits for the one that is on its way out, and ends with AWS’s words where it stays', async () => {
    stage.refuse('associateProfile', taken, taken);
    await stage.apply('association', { kind: 'associate', ...on });
    expect(stage.state.links.get(id)).toBe('P');
    stage.state.links.clear();
    stage.refuse('associateProfile', ...Array.from({ length: 1000 }, () => taken));
    await expect(stage.apply('association', { kind: 'associate', ...on })).rejects.toBe(taken);
  });

  it('believes a profile to be empty after three seconds', async () => {
    stage.state.profiles.set('P', { tags: {}, role: null });
    const start = stage.ports.clock.now();
    stage.refuse('associateProfile', ...Array.from({ length: 1000 }, () => empty));
    await expect(stage.apply('association', { kind: 'associate', ...on })).rejects.toMatchObject({
      code: 'PROFILE_HAS_NO_ROLE',
      message: `the instance profile P on ${id} holds no role`,
    });
    expect(stage.ports.clock.now() - start).toBe(3000);
    stage.state.profiles.clear();
    stage.refuse('associateProfile', ...Array.from({ length: 1000 }, () => empty));
    await expect(stage.apply('association', { kind: 'associate', ...on })).rejects.toMatchObject({
      message: `the instance profile P on ${id} no longer exists in IAM`,
    });
    stage.state.profiles.set('P', { tags: {}, role: 'R' });
    stage.refuse('associateProfile', ...Array.from({ length: 1000 }, () => empty));
    await expect(stage.apply('association', { kind: 'associate', ...on })).rejects.toMatchObject({
      code: 'PROFILE_NOT_VISIBLE',
    });
  });

  const replace = { kind: 'replace', ...on, previousArn: profileArn('Q') };

  it('is replaced, made where there is none, and left where it is there or a third one is', async () => {
    stage.state.links.set(id, 'Q');
    await stage.apply('association', replace);
    expect(stage.state.links.get(id)).toBe('P');
    await stage.apply('association', replace);
    stage.state.links.clear();
    await stage.apply('association', replace);
    expect(stage.state.calls).toEqual([`replaceAssociation assoc-${id} P`, `associateProfile ${id} P`]);
    stage.state.links.set(id, 'S');
    await expect(stage.apply('association', replace)).rejects.toMatchObject({ code: 'ALREADY_ASSOCIATED' });
  });

  it.each([
    ['with the association that was looked at still there: AWS’s words', 'Q', { name: stale.name }],
    ['with a third one there by now', 'S', { code: 'ALREADY_ASSOCIATED' }],
    ['with none there by now: AWS’s words', null, { name: stale.name }],
  ])('is replaced in vain %s', async (_what, now, error) => {
    stage.state.links.set(id, 'Q');
    const account = stage.ports.ec2;
    let asked = 0;
    const ec2 = {
      ...account,
      describeAssociation: async (instance: string) => {
        asked += 1;
        if (asked === 2 && now === null) stage.state.links.clear();
        else if (asked === 2 && now !== null) stage.state.links.set(id, now);
        return account.describeAssociation(instance);
      },
    };
    stage.ports = { ...stage.ports, ec2 };
    stage.refuse('replaceAssociation', stale);
    await expect(stage.apply('association', replace)).rejects.toMatchObject(error);
  });

  const release = { kind: 'release', ...on };

  it('is taken off where it is still that one', async () => {
    await stage.apply('association', release);
    stage.state.links.set(id, 'Q');
    await stage.apply('association', release);
    expect(stage.state.calls).toEqual([]);
    expect(stage.state.links.get(id)).toBe('Q');
    stage.state.links.set(id, 'P');
    stage.refuse('disassociateProfile', stale, trouble);
    await expect(stage.apply('association', release)).rejects.toBe(stale);
    await expect(stage.apply('association', release)).rejects.toBe(trouble);
    await stage.apply('association', release);
    expect(stage.state.links.get(id)).toBeUndefined();
  });

  it('that another run takes off meanwhile is off', async () => {
    stage.state.links.set(id, 'P');
    const ec2 = {
      ...stage.ports.ec2,
      disassociateProfile: async () => {
        stage.state.links.clear();
        throw stale;
      },
    };
    stage.ports = { ...stage.ports, ec2 };
    expect(await stage.apply('association', release)).toBeNull();
  });

  describe('with a profile that was deleted and made anew under its name', () => {
    const goneId = 'AIPAOLD';
    const [old, fresh] = [{ ...on, goneId }, profileArn('P')];
    const renew = { ...old, kind: 'replace', previousArn: fresh };
    const held = (): string | undefined => stage.state.ids.get(id);

    beforeEach(() => {
      stage.state.links.set(id, 'P');
      stage.state.ids.set(id, goneId).set('P', 'AIPANEW');
    });

    it('is replaced, once', async () => {
      await stage.apply('association', renew);
      await stage.apply('association', renew);
      expect(stage.state.calls).toEqual([`replaceAssociation assoc-${id} P`]);
      expect(held()).toBe('AIPANEW');
    });

    it('is replaced in vain where EC2 says that it is not that one any more, unless it is the new one', async () => {
      stage.refuse('replaceAssociation', stale);
      await expect(stage.apply('association', renew)).rejects.toBe(stale);
      const { ec2 } = stage.ports;
      const replaceAssociation = async (association: string, arn: string): Promise<never> => {
        await ec2.replaceAssociation(association, arn);
        throw stale;
      };
      stage.ports = { ...stage.ports, ec2: { ...ec2, replaceAssociation } };
      await stage.apply('association', renew);
      expect(held()).toBe('AIPANEW');
    });

    it('is taken off first where EC2 takes the one for the other', async () => {
      const ec2 = { ...stage.ports.ec2, replaceAssociation: async () => goneId };
      stage.ports = { ...stage.ports, ec2 };
      await stage.apply('association', renew);
      expect(stage.state.calls).toEqual([`disassociateProfile assoc-${id}`, `associateProfile ${id} P`]);
      expect(held()).toBe('AIPANEW');
    });

    it('is taken off alone', async () => {
      await stage.apply('association', { kind: 'release', ...old });
      expect(stage.state.links.get(id)).toBeUndefined();
      stage.state.links.set(id, 'P');
      stage.state.ids.set(id, 'AIPANEW');
      await stage.apply('association', { kind: 'release', ...old });
      stage.state.ids.delete(id);
      await stage.apply('association', { kind: 'release', ...old });
      expect(stage.state.links.get(id)).toBe('P');
    });

    it('is made when the old one has left, which EC2 still shows', async () => {
      stage.refuse('associateProfile', taken, taken);
      await stage.apply('association', { kind: 'associate', ...old });
      expect(held()).toBe('AIPANEW');
      stage.refuse('associateProfile', taken);
      await stage.apply('association', { kind: 'associate', ...old });
      expect(stage.state.calls).toHaveLength(4);
    });
  });

  const restore = { kind: 'restore', ...on, expectedArn: profileArn('Q') };

  it.each([
    ['running', 'Q', [`replaceAssociation assoc-${id} P`]],
    ['stopped', 'Q', [`disassociateProfile assoc-${id}`, `associateProfile ${id} P`]],
    ['running', null, [`associateProfile ${id} P`]],
    ['running', 'P', []],
  ] as const)('comes back on an instance that is %s and has %s', async (instanceState, now, calls) => {
    stage.state.instances.set(id, plainInstance(id, { state: instanceState }));
    stage.state.profiles.set('P', { tags: {}, role: 'R' });
    if (now !== null) stage.state.links.set(id, now);
    await stage.apply('association', restore);
    expect(stage.state.calls).toEqual(calls);
    expect(stage.state.links.get(id)).toBe('P');
  });

  it.each(['terminated', 'shutting-down', null] as const)(
    'is of no use to an instance that is %s',
    async (now) => {
      if (now !== null) stage.state.instances.set(id, plainInstance(id, { state: now }));
      stage.state.links.set(id, 'S');
      expect(await stage.apply('association', restore)).toBeNull();
      expect(stage.state.calls).toEqual([]);
    },
  );

  it('does not come back where a third is there', async () => {
    stage.state.instances.set(id, plainInstance(id));
    stage.state.links.set(id, 'S');
    await expect(stage.apply('association', restore)).rejects.toMatchObject(
      refused(
        'CHANGED_SINCE',
        `${id} now has the instance profile S, so it is left as it is`,
        'give it P yourself if that is wanted',
      ),
    );
    expect(stage.state.calls).toEqual([]);
  });

  it.each([
    ['Q', [`disassociateProfile assoc-${id}`]],
    [null, []],
  ])('does not come back where it is no more, and the instance has none then: %s', async (now, calls) => {
    stage.state.instances.set(id, plainInstance(id));
    if (now !== null) stage.state.links.set(id, now);
    await stage.apply('association', restore);
    expect(stage.state.calls).toEqual(calls);
    expect(stage.notes).toEqual(['taken off; P, which it had before, no longer exists']);
    expect(stage.state.links.get(id)).toBeUndefined();
  });

  it.each([
    ['running', [`replaceAssociation assoc-${id} P`, `disassociateProfile assoc-${id}`]],
    ['stopped', [`disassociateProfile assoc-${id}`, `associateProfile ${id} P`]],
  ] as const)(
    'does not come back where it holds no role: an instance that is %s has none then',
    async (now, calls) => {
      stage.state.instances.set(id, plainInstance(id, { state: now }));
      stage.state.profiles.set('P', { tags: {}, role: null });
      stage.state.links.set(id, 'Q');
      const refusals = Array.from({ length: 1000 }, () => empty);
      stage.refuse(now === 'running' ? 'replaceAssociation' : 'associateProfile', ...refusals);
      await stage.apply('association', restore);
      expect([...new Set(stage.state.calls)]).toEqual(calls);
      expect(stage.notes).toEqual([
        'taken off; P, which it had before, holds no role, and EC2 attaches none without one',
      ]);
      expect(stage.state.links.get(id)).toBeUndefined();
    },
  );

  it('fails as EC2 has it where that is not for want of a role', async () => {
    stage.state.instances.set(id, plainInstance(id));
    stage.state.profiles.set('P', { tags: {}, role: null });
    stage.state.links.set(id, 'Q');
    stage.refuse('replaceAssociation', trouble);
    await expect(stage.apply('association', restore)).rejects.toBe(trouble);
    expect(stage.state.links.get(id)).toBe('Q');
  });

  it('is remembered on the role, and forgotten', async () => {
    stage.state.roles.set('R', plainRole('R'));
    await stage.apply('association', { kind: 'tag', role: 'R', key: 'k', value: 'v' });
    expect(stage.state.roles.get('R')?.tags).toEqual({ k: 'v' });
    await stage.apply('association', { kind: 'untag', role: 'R', key: 'k' });
    expect(stage.state.roles.get('R')?.tags).toEqual({});
    stage.refuse('untagRole', gone, trouble);
    expect(await stage.apply('association', { kind: 'untag', role: 'R', key: 'k' })).toBeNull();
    await expect(stage.apply('association', { kind: 'untag', role: 'R', key: 'k' })).rejects.toBe(trouble);
  });
});
