import { beforeEach, describe, expect, it } from 'vitest';
import { cloudSteps } from '../../../src/steps/cloud/index.js';
import type { StepId } from '../../../src/core/change.js';
import type { CloudWriters } from '../../../src/ports/lanes.js';
import type { PlainState } from '../../support/plain-account.js';
import { awsError, plainAccount, plainInstance, plainRole, profileArn } from '../../support/plain-account.js';

const id = 'i-1';
const ours = { 'managed-by': 'openclaw-bedrock-setup', 'openclaw-bedrock-setup:receipt': 'r-1' };
const anothers = { ...ours, 'openclaw-bedrock-setup:receipt': 'r-2' };
const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'a:B', Resource: '*' }] };
const other = { ...document, Statement: [] };
const gone = awsError('NoSuchEntityException', 'it cannot be found');
const trouble = awsError('InternalFailure');

let state: PlainState;
let ports: CloudWriters;
let waits: string[];

beforeEach(() => {
  ({ state, ports } = plainAccount());
  waits = [];
});

/** One op as a receipt has it; what the step says takes it back better, or the error's code and words. */
async function apply(step: StepId, op: unknown): Promise<unknown> {
  const found = cloudSteps.find((one) => one.id === step);
  const waiting = (what: string, seconds: number): void => void waits.push(`${what}, ${seconds} s`);
  return found?.apply(op, ports, { receiptId: 'r-1', waiting });
}

const refused = (code: string, message: string, fix: string) => ({
  details: expect.objectContaining({ code, message, fix }) as unknown,
});
const refuse = (method: string, ...errors: Error[]): unknown => state.refusals.set(method, errors);

describe('the role', () => {
  const create = { kind: 'create', name: 'R', permissionsBoundary: null, tags: { team: 'a' } };

  it('is made with its boundary and with the tags by which it is known', async () => {
    expect(await apply('iam-role', { ...create, permissionsBoundary: 'edge' })).toBeNull();
    expect(state.roles.get('R')).toMatchObject({ tags: { team: 'a', ...ours }, permissionsBoundary: 'edge' });
  });

  it.each([
    ['ours', plainRole('R', ours), null],
    ['somebody else’s, but as good', plainRole('R', anothers), { kind: 'keep' }],
  ])('that is there by now is taken where it is %s', async (_what, role, better) => {
    state.roles.set('R', role);
    refuse('createRole', awsError('EntityAlreadyExists'));
    expect(await apply('iam-role', create)).toEqual(better);
  });

  it('that is there by now is refused where it trusts somebody else', async () => {
    state.roles.set('R', { ...plainRole('R'), trustPolicy: {} });
    refuse('createRole', awsError('EntityAlreadyExists'));
    await expect(apply('iam-role', create)).rejects.toMatchObject({ code: 'ROLE_TRUST_DIFFERS' });
  });

  it('that is said to be there and is not seen is looked for ten seconds', async () => {
    refuse('createRole', awsError('EntityAlreadyExists'));
    const start = ports.clock.now();
    await expect(apply('iam-role', create)).rejects.toMatchObject({ name: 'EntityAlreadyExists' });
    expect(ports.clock.now() - start).toBeGreaterThan(9000);
    expect(ports.clock.now() - start).toBeLessThanOrEqual(10_000);
  });

  it('fails with what AWS says', async () => {
    refuse('createRole', trouble);
    await expect(apply('iam-role', create)).rejects.toBe(trouble);
  });

  const remove = { kind: 'delete', name: 'R' };

  it('is deleted, and so is one of the receipt that is named', async () => {
    state.roles.set('R', plainRole('R', ours));
    await apply('iam-role', remove);
    state.roles.set('R', plainRole('R', anothers));
    await apply('iam-role', { ...remove, receiptId: 'r-2' });
    await apply('iam-role', remove);
    expect(state.calls).toEqual(['deleteRole R', 'deleteRole R']);
  });

  it.each([anothers, { ...ours, 'managed-by': 'me' }, {}])('stays where its tags are %j', async (tags) => {
    state.roles.set('R', plainRole('R', tags));
    await expect(apply('iam-role', remove)).rejects.toMatchObject(
      refused(
        'CHANGED_SINCE',
        'the role R no longer carries the tag of the receipt r-1, so it is left as it is',
        'delete it yourself if nothing needs it: aws iam delete-role --role-name R',
      ),
    );
    expect(state.calls).toEqual([]);
  });

  it('stays where instances use it', async () => {
    state.roles.set('R', plainRole('R', ours));
    state.profiles.set('R', { tags: ours, role: 'R' });
    state.links.set('i-1', 'R').set('i-2', 'R').set('i-3', 'R').set('i-9', 'S');
    const fix = 'run undo again when they no longer need it';
    await expect(apply('iam-role', remove)).rejects.toMatchObject(
      refused('IN_USE', 'the instance profile R is on i-1, i-2, i-3, so it is kept', fix),
    );
    state.links.set('i-4', 'R').set('i-5', 'R');
    await expect(apply('iam-role', remove)).rejects.toMatchObject(
      refused('IN_USE', 'the instance profile R is on i-1, i-2, i-3 and 2 more, so it is kept', fix),
    );
  });

  it('stays where it holds more than was put there, and may be gone meanwhile', async () => {
    state.roles.set('R', plainRole('R', ours));
    refuse('deleteRole', awsError('DeleteConflict'), gone, trouble);
    await expect(apply('iam-role', remove)).rejects.toMatchObject(
      refused(
        'IN_USE',
        'the role R still has policies or instance profiles that this run did not add or could not take back, so it is kept',
        'look with: aws iam list-attached-role-policies --role-name R',
      ),
    );
    expect(await apply('iam-role', remove)).toBeNull();
    await expect(apply('iam-role', remove)).rejects.toBe(trouble);
  });

  it('that was kept is left', async () => {
    expect(await apply('iam-role', { kind: 'keep' })).toBeNull();
    expect(state.calls).toEqual([]);
  });
});

describe('the instance profile', () => {
  const create = { kind: 'create', name: 'P', tags: { team: 'a' } };
  const remove = { kind: 'delete', name: 'P' };
  const fix =
    'delete it yourself if nothing needs it: aws iam delete-instance-profile --instance-profile-name P';

  it('is made with the tags by which it is known', async () => {
    expect(await apply('instance-profile', create)).toBeNull();
    expect(state.profiles.get('P')?.tags).toEqual({ team: 'a', ...ours });
  });

  it.each([
    ['ours', ours, null],
    ['somebody else’s', anothers, { kind: 'keep' }],
  ])('that is there by now is taken: %s', async (_what, tags, better) => {
    state.profiles.set('P', { tags, role: null });
    refuse('createInstanceProfile', awsError('EntityAlreadyExistsException'));
    expect(await apply('instance-profile', create)).toEqual(better);
  });

  it('fails with what AWS says', async () => {
    refuse('createInstanceProfile', trouble, awsError('EntityAlreadyExists'));
    await expect(apply('instance-profile', create)).rejects.toBe(trouble);
    await expect(apply('instance-profile', create)).rejects.toMatchObject({ name: 'EntityAlreadyExists' });
  });

  it('is deleted, also for another receipt', async () => {
    state.profiles.set('P', { tags: anothers, role: null });
    await apply('instance-profile', { ...remove, receiptId: 'r-2' });
    await apply('instance-profile', remove);
    await apply('instance-profile', { kind: 'keep' });
    expect(state.calls).toEqual(['deleteInstanceProfile P']);
  });

  it('stays where it is another’s', async () => {
    state.profiles.set('P', { tags: anothers, role: null });
    await expect(apply('instance-profile', remove)).rejects.toMatchObject(
      refused(
        'CHANGED_SINCE',
        'the instance profile P no longer carries the tag of the receipt r-1, so it is left as it is',
        fix,
      ),
    );
  });

  it('stays where an instance has it, or a role is in it, and may be gone meanwhile', async () => {
    state.profiles.set('P', { tags: ours, role: null });
    state.links.set(id, 'P');
    await expect(apply('instance-profile', remove)).rejects.toMatchObject({ code: 'IN_USE' });
    state.links.clear();
    refuse('deleteInstanceProfile', awsError('DeleteConflict'), gone, trouble);
    await expect(apply('instance-profile', remove)).rejects.toMatchObject(
      refused('IN_USE', 'the instance profile P still holds a role, so it is kept', fix),
    );
    expect(await apply('instance-profile', remove)).toBeNull();
    await expect(apply('instance-profile', remove)).rejects.toBe(trouble);
  });
});

describe('the role in the profile', () => {
  const add = { kind: 'add', profile: 'P', role: 'R' };
  const remove = { kind: 'remove', profile: 'P', role: 'R' };
  const notYet = awsError('NoSuchEntity', 'The role with name R cannot be found.');

  it('is put in as soon as IAM sees the role, within two minutes', async () => {
    refuse('addRoleToInstanceProfile', notYet, notYet);
    await apply('profile-membership', add);
    expect(state.profiles.get('P')?.role).toBe('R');
    expect(waits).toEqual(['IAM to see the new role, 120 s']);
    refuse('addRoleToInstanceProfile', ...Array.from({ length: 1000 }, () => notYet));
    const start = ports.clock.now();
    await expect(apply('profile-membership', add)).rejects.toBe(notYet);
    expect(ports.clock.now() - start).toBeGreaterThan(110_000);
    expect(ports.clock.now() - start).toBeLessThanOrEqual(120_000);
  });

  it('is in already, or another one is', async () => {
    const full = awsError('LimitExceeded');
    state.profiles.set('P', { tags: {}, role: 'R' });
    refuse('addRoleToInstanceProfile', full);
    expect(await apply('profile-membership', add)).toBeNull();
    state.profiles.set('P', { tags: {}, role: 'S' });
    refuse('addRoleToInstanceProfile', full);
    await expect(apply('profile-membership', add)).rejects.toMatchObject({ code: 'PROFILE_OCCUPIED' });
    state.profiles.set('P', { tags: {}, role: null });
    refuse('addRoleToInstanceProfile', full, trouble);
    await expect(apply('profile-membership', add)).rejects.toBe(full);
    await expect(apply('profile-membership', add)).rejects.toBe(trouble);
  });

  it('is taken out, where it is still in and no instance needs it', async () => {
    await apply('profile-membership', remove);
    state.profiles.set('P', { tags: {}, role: 'S' });
    await apply('profile-membership', remove);
    state.profiles.set('P', { tags: {}, role: null });
    await apply('profile-membership', remove);
    expect(state.calls).toEqual([]);
    state.profiles.set('P', { tags: {}, role: 'R' });
    state.links.set(id, 'P');
    await expect(apply('profile-membership', remove)).rejects.toMatchObject({ code: 'IN_USE' });
    state.links.clear();
    refuse('removeRoleFromInstanceProfile', gone, trouble);
    expect(await apply('profile-membership', remove)).toBeNull();
    await expect(apply('profile-membership', remove)).rejects.toBe(trouble);
    await apply('profile-membership', remove);
    expect(state.profiles.get('P')?.role).toBeNull();
  });
});

describe('the policy on the role', () => {
  const notYet = awsError('NoSuchEntity', 'The role with name R cannot be found.');
  const policy = 'OpenClawBedrock';
  const restore = { kind: 'restore', role: 'R', document: null, expected: document };
  const holding = (inline: typeof document | null, tags = {}, attached: string[] = []): unknown =>
    state.roles.set('R', { ...plainRole('R', tags), inline, attached });

  it.each([
    [{ kind: 'put', role: 'R', document }, 'putRolePolicy', { inline: document }],
    [{ kind: 'attach', role: 'R', policyArn: 'arn' }, 'attachRolePolicy', { attached: ['arn'] }],
  ])('comes as soon as IAM sees the role: %j', async (op, method, after) => {
    holding(null);
    refuse(method, notYet);
    await apply('permission-policy', op);
    expect(state.roles.get('R')).toMatchObject(after);
    expect(waits).toEqual(['IAM to see the new role, 120 s']);
    refuse(method, trouble);
    await expect(apply('permission-policy', op)).rejects.toBe(trouble);
  });

  it('goes, or becomes what it was', async () => {
    holding(document);
    await apply('permission-policy', restore);
    expect(state.roles.get('R')?.inline).toBeNull();
    await apply('permission-policy', restore);
    holding(document);
    await apply('permission-policy', { ...restore, document: other });
    expect(state.roles.get('R')?.inline).toEqual(other);
    await apply('permission-policy', { ...restore, document: other });
    expect(state.calls).toEqual([`deleteRolePolicy R ${policy}`, `putRolePolicy R ${policy}`]);
  });

  it.each([
    ['another', other, null],
    ['none', null, other],
  ])('stays as it is where it is %s by now', async (_what, now, former) => {
    holding(now);
    await expect(apply('permission-policy', { ...restore, document: former })).rejects.toMatchObject(
      refused(
        'CHANGED_SINCE',
        `the inline policy ${policy} of the role R was changed since, so it is left as it is`,
        `look with: aws iam get-role-policy --role-name R --policy-name ${policy}`,
      ),
    );
    expect(state.calls).toEqual([]);
  });

  it.each([
    [restore, 'deleteRolePolicy'],
    [{ kind: 'detach', role: 'R', policyArn: 'arn' }, 'detachRolePolicy'],
  ])('stays where other instances use a role of ours: %j', async (op, method) => {
    holding(document, ours, ['arn']);
    state.profiles.set('R', { tags: ours, role: 'R' });
    state.links.set('i-2', 'R');
    await expect(apply('permission-policy', op)).rejects.toMatchObject({ code: 'IN_USE' });
    expect(state.calls).toEqual([]);
    holding(document, {}, ['arn']);
    refuse(method, gone, trouble);
    expect(await apply('permission-policy', op)).toBeNull();
    await expect(apply('permission-policy', op)).rejects.toBe(trouble);
  });

  it('is detached where it is attached', async () => {
    const op = { kind: 'detach', role: 'R', policyArn: 'arn' };
    await apply('permission-policy', op);
    holding(null, {}, ['other']);
    await apply('permission-policy', op);
    expect(state.calls).toEqual([]);
    holding(null, {}, ['other', 'arn']);
    await apply('permission-policy', op);
    expect(state.roles.get('R')?.attached).toEqual(['other']);
  });
});

describe('the association', () => {
  const on = { instanceId: id, profileArn: profileArn('P') };
  const stale = awsError('InvalidAssociationID.NotFound');
  const taken = awsError('IncorrectState', `There is an existing association for instance ${id}`);
  const notSeen = awsError('InvalidParameterValue', 'Invalid IAM Instance Profile name');
  const empty = awsError('InvalidParameterValue', 'IAM Instance Profile has no associated IAM Roles');

  it('is made as soon as EC2 sees the profile, within three minutes', async () => {
    refuse('associateProfile', notSeen, empty);
    await apply('association', { kind: 'associate', ...on });
    expect(state.links.get(id)).toBe('P');
    expect(waits).toEqual(['EC2 to see the new instance profile, 180 s']);
    refuse('associateProfile', ...Array.from({ length: 1000 }, () => notSeen));
    await expect(apply('association', { kind: 'associate', ...on })).rejects.toMatchObject({
      code: 'PROFILE_NOT_VISIBLE',
      cause: notSeen,
    });
  });

  it('is there already, or another one is', async () => {
    state.links.set(id, 'P');
    refuse('associateProfile', taken);
    expect(await apply('association', { kind: 'associate', ...on })).toBeNull();
    state.links.set(id, 'Q');
    refuse('associateProfile', taken, trouble);
    await expect(apply('association', { kind: 'associate', ...on })).rejects.toMatchObject({
      code: 'ALREADY_ASSOCIATED',
      message: `${id} already has the instance profile Q`,
    });
    await expect(apply('association', { kind: 'associate', ...on })).rejects.toBe(trouble);
  });

  it('waits for the one that is on its way out, and ends with AWS’s words where it stays', async () => {
    refuse('associateProfile', taken, taken);
    await apply('association', { kind: 'associate', ...on });
    expect(state.links.get(id)).toBe('P');
    state.links.clear();
    refuse('associateProfile', ...Array.from({ length: 1000 }, () => taken));
    await expect(apply('association', { kind: 'associate', ...on })).rejects.toBe(taken);
  });

  it('believes a profile to be empty after three seconds', async () => {
    state.profiles.set('P', { tags: {}, role: null });
    const start = ports.clock.now();
    refuse('associateProfile', ...Array.from({ length: 1000 }, () => empty));
    await expect(apply('association', { kind: 'associate', ...on })).rejects.toMatchObject({
      code: 'PROFILE_HAS_NO_ROLE',
      message: `the instance profile P on ${id} holds no role`,
    });
    expect(ports.clock.now() - start).toBe(3000);
    state.profiles.clear();
    refuse('associateProfile', ...Array.from({ length: 1000 }, () => empty));
    await expect(apply('association', { kind: 'associate', ...on })).rejects.toMatchObject({
      message: `the instance profile P on ${id} no longer exists in IAM`,
    });
    state.profiles.set('P', { tags: {}, role: 'R' });
    refuse('associateProfile', ...Array.from({ length: 1000 }, () => empty));
    await expect(apply('association', { kind: 'associate', ...on })).rejects.toMatchObject({
      code: 'PROFILE_NOT_VISIBLE',
    });
  });

  const replace = { kind: 'replace', ...on, previousArn: profileArn('Q') };

  it('is replaced, made where there is none, and left where it is there or a third one is', async () => {
    state.links.set(id, 'Q');
    await apply('association', replace);
    expect(state.links.get(id)).toBe('P');
    await apply('association', replace);
    state.links.clear();
    await apply('association', replace);
    expect(state.calls).toEqual([`replaceAssociation assoc-${id} P`, `associateProfile ${id} P`]);
    state.links.set(id, 'S');
    await expect(apply('association', replace)).rejects.toMatchObject({ code: 'ALREADY_ASSOCIATED' });
  });

  it.each([
    ['with the association that was looked at still there: AWS’s words', 'Q', { name: stale.name }],
    ['with a third one there by now', 'S', { code: 'ALREADY_ASSOCIATED' }],
    ['with none there by now: AWS’s words', null, { name: stale.name }],
  ])('is replaced in vain %s', async (_what, now, error) => {
    state.links.set(id, 'Q');
    const account = ports.ec2;
    let asked = 0;
    const ec2 = {
      ...account,
      describeAssociation: async (instance: string) => {
        asked += 1;
        if (asked === 2 && now === null) state.links.clear();
        else if (asked === 2 && now !== null) state.links.set(id, now);
        return account.describeAssociation(instance);
      },
    };
    ports = { ...ports, ec2 };
    refuse('replaceAssociation', stale);
    await expect(apply('association', replace)).rejects.toMatchObject(error);
  });

  const release = { kind: 'release', ...on };

  it('is taken off where it is still that one', async () => {
    await apply('association', release);
    state.links.set(id, 'Q');
    await expect(apply('association', release)).rejects.toMatchObject(
      refused(
        'CHANGED_SINCE',
        `${id} now has the instance profile Q, so it is left as it is`,
        'nothing to do unless that profile is not wanted',
      ),
    );
    expect(state.calls).toEqual([]);
    state.links.set(id, 'P');
    refuse('disassociateProfile', stale, trouble);
    await expect(apply('association', release)).rejects.toBe(stale);
    await expect(apply('association', release)).rejects.toBe(trouble);
    await apply('association', release);
    expect(state.links.get(id)).toBeUndefined();
  });

  it('that another run takes off meanwhile is off', async () => {
    state.links.set(id, 'P');
    const ec2 = {
      ...ports.ec2,
      disassociateProfile: async () => {
        state.links.clear();
        throw stale;
      },
    };
    ports = { ...ports, ec2 };
    expect(await apply('association', release)).toBeNull();
  });

  const restore = { kind: 'restore', ...on, expectedArn: profileArn('Q') };

  it.each([
    ['running', 'Q', [`replaceAssociation assoc-${id} P`]],
    ['stopped', 'Q', [`disassociateProfile assoc-${id}`, `associateProfile ${id} P`]],
    ['running', null, [`associateProfile ${id} P`]],
    ['running', 'P', []],
  ] as const)('comes back on an instance that is %s and has %s', async (instanceState, now, calls) => {
    state.instances.set(id, plainInstance(id, { state: instanceState }));
    state.profiles.set('P', { tags: {}, role: 'R' });
    if (now !== null) state.links.set(id, now);
    await apply('association', restore);
    expect(state.calls).toEqual(calls);
    expect(state.links.get(id)).toBe('P');
  });

  it.each(['terminated', 'shutting-down', null] as const)(
    'is of no use to an instance that is %s',
    async (now) => {
      if (now !== null) state.instances.set(id, plainInstance(id, { state: now }));
      state.links.set(id, 'S');
      expect(await apply('association', restore)).toBeNull();
      expect(state.calls).toEqual([]);
    },
  );

  it('does not come back where a third is there, or it is no more', async () => {
    state.instances.set(id, plainInstance(id));
    await expect(apply('association', restore)).rejects.toMatchObject(
      refused(
        'CHANGED_SINCE',
        `the instance profile P, which ${id} had before, no longer exists, so it is left as it is`,
        `choose another profile for ${id}`,
      ),
    );
    state.links.set(id, 'S');
    await expect(apply('association', restore)).rejects.toMatchObject(
      refused(
        'CHANGED_SINCE',
        `${id} now has the instance profile S, so it is left as it is`,
        'give it P yourself if that is wanted',
      ),
    );
    expect(state.calls).toEqual([]);
  });

  it('is remembered on the role, and forgotten', async () => {
    state.roles.set('R', plainRole('R'));
    await apply('association', { kind: 'tag', role: 'R', key: 'k', value: 'v' });
    expect(state.roles.get('R')?.tags).toEqual({ k: 'v' });
    await apply('association', { kind: 'untag', role: 'R', key: 'k' });
    expect(state.roles.get('R')?.tags).toEqual({});
    refuse('untagRole', gone, trouble);
    expect(await apply('association', { kind: 'untag', role: 'R', key: 'k' })).toBeNull();
    await expect(apply('association', { kind: 'untag', role: 'R', key: 'k' })).rejects.toBe(trouble);
  });
});

describe('the hop limit', () => {
  const set = { kind: 'set-hop-limit', instanceId: id, hopLimit: 1, expected: 2 };
  const now = (hopLimit: number): unknown =>
    state.instances.set(
      id,
      plainInstance(id, { metadataOptions: { endpoint: 'enabled', tokens: 'optional', hopLimit } }),
    );

  it('is set, and set back where it is still as it was left', async () => {
    now(1);
    await apply('metadata-options', { ...set, hopLimit: 2, expected: null });
    await apply('metadata-options', set);
    await apply('metadata-options', set);
    expect(state.calls).toEqual([
      `modifyMetadataOptions ${id} {"hopLimit":2}`,
      `modifyMetadataOptions ${id} {"hopLimit":1}`,
    ]);
  });

  it('stays where somebody has set another, and is of no use to an instance that is gone', async () => {
    await apply('metadata-options', set);
    now(5);
    await expect(apply('metadata-options', set)).rejects.toMatchObject(
      refused(
        'CHANGED_SINCE',
        `the metadata hop limit of ${id} is 5, not the 2 that was set, so it is left as it is`,
        'set it yourself if 1 is right',
      ),
    );
    expect(state.calls).toEqual([]);
  });
});

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
    state.enrollments.set('N', { id: 'e-N', name: 'N', document: 'd', tag: 'k', value: 'v', script });

  it('is made with the tags by which it is known, and only once', async () => {
    await apply('enrollment', put);
    await apply('enrollment', put);
    expect(state.calls).toEqual([`createEnrollment N ${JSON.stringify({ team: 'a', ...ours })}`]);
  });

  it('gets the new script in place of the one that was looked at', async () => {
    there('old');
    await apply('enrollment', { ...put, expected: 'old' });
    expect(state.enrollments.get('N')?.script).toBe('new');
  });

  it('is left where its script is another by now, and not made anew by an undo', async () => {
    await apply('enrollment', { ...put, expected: 'old' });
    there('third');
    await expect(apply('enrollment', { ...put, expected: 'old' })).rejects.toMatchObject(
      refused('CHANGED_SINCE', 'the association N has been changed, so it is left as it is', 'look at it'),
    );
    await expect(apply('enrollment', put)).rejects.toMatchObject({ code: 'CHANGED_SINCE' });
    expect(state.calls).toEqual([]);
  });

  it('is deleted where it is still as it was left', async () => {
    const remove = { kind: 'remove', name: 'N', expected: 'new' };
    await apply('enrollment', remove);
    there('third');
    await expect(apply('enrollment', remove)).rejects.toMatchObject(
      refused(
        'CHANGED_SINCE',
        'the association N has been changed, so it is left as it is',
        'delete it yourself if nobody needs it',
      ),
    );
    there('new');
    await apply('enrollment', remove);
    expect(state.calls).toEqual(['deleteEnrollment e-N']);
  });

  it.each([
    { kind: 'put', name: 'N' },
    { ...put, expected: 5 },
    { ...put, script: '' },
    { ...put, script: 'x'.repeat(65_537) },
    { kind: 'remove', name: 'N' },
    { kind: 'drop', name: 'N' },
  ])('refuses %j from a receipt', async (op) => {
    await expect(apply('enrollment', op)).rejects.toMatchObject({ code: 'RECEIPT_INVALID' });
  });

  it('takes a script of any length that a command can have', async () => {
    await apply('enrollment', { ...put, script: 'x'.repeat(65_536) });
    expect(state.calls).toHaveLength(1);
  });
});
