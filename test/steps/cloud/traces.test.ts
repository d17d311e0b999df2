import { beforeEach, describe, expect, it } from 'vitest';
import type { CloudWriters } from '../../../src/ports/lanes.js';
import { recover } from '../../../src/steps/cloud/recover.js';
import { readTraces } from '../../../src/steps/cloud/traces.js';
import type { PlainState } from '../../support/plain-account.js';
import { plainAccount, plainInstance, plainRole, profileArn } from '../../support/plain-account.js';

const id = 'i-1';
const at = '2026-11-22T00:00:00.000Z';
const managed = { 'managed-by': 'openclaw-bedrock-setup' };
const ours = { ...managed, 'openclaw-bedrock-setup:receipt': 'r-1' };
const had = { [`openclaw-bedrock-setup:previous-profile:${id}`]: 'web' };
const document = { Statement: [] };
const host = 'what was changed on the instance itself: run undo there, where its own receipt is';

let state: PlainState;
let ports: CloudWriters;

beforeEach(() => {
  ({ state, ports } = plainAccount());
  state.instances.set(id, plainInstance(id));
});

/** What a set-up of the instance has made. */
function made(tags: Readonly<Record<string, string>> = ours): void {
  state.roles.set('R', { ...plainRole('R', tags), inline: document });
  state.profiles.set('R', { tags: ours, role: 'R' });
  state.links.set(id, 'R');
}

async function found() {
  const { entries, unknown, unknownHere } = recover(await readTraces(id, 'R', ports), at);
  expect(entries.every((entry) => entry.op === null && entry.status === 'intended' && entry.at === at)).toBe(
    true,
  );
  const rows = entries.map(({ step, action, target, detail, undo }) => [
    `${step}: ${action} ${target}: ${detail}`,
    undo,
  ]);
  return { rows: Object.fromEntries(rows) as unknown, unknown: [...unknown, ...unknownHere] };
}

const role = {
  'iam-role: create R: has the tag of this tool': { kind: 'delete', name: 'R', receiptId: 'r-1' },
};
const policy = {
  'permission-policy: create OpenClawBedrock on R: has the name that this tool gives': {
    kind: 'restore',
    role: 'R',
    document: null,
    expected: document,
  },
};
const profile = {
  'instance-profile: create R: has the tag of this tool': { kind: 'delete', name: 'R', receiptId: 'r-1' },
};
const membership = {
  'profile-membership: create R -> R: the role is in the profile': {
    kind: 'remove',
    profile: 'R',
    role: 'R',
  },
};
const association = {
  'association: create i-1 -> R: the instance has the profile': {
    kind: 'release',
    instanceId: id,
    profileArn: profileArn('R'),
  },
};

describe('what the account tells of a set-up', () => {
  it('all of it, in the order in which it was made', async () => {
    made();
    const { rows, unknown } = await found();
    expect(rows).toEqual({ ...role, ...policy, ...profile, ...membership, ...association });
    expect(Object.keys(rows as object)).toEqual(
      Object.keys({ ...role, ...policy, ...profile, ...membership, ...association }),
    );
    expect(unknown).toEqual([host]);
  });

  it('nothing where there is nothing', async () => {
    expect(await found()).toEqual({ rows: {}, unknown: [host] });
    state.instances.clear();
    expect(await found()).toEqual({ rows: {}, unknown: [host] });
  });

  it('the half that was made', async () => {
    state.roles.set('R', plainRole('R', managed));
    expect((await found()).rows).toEqual({
      'iam-role: create R: has the tag of this tool': { kind: 'delete', name: 'R' },
    });
    state.roles.clear();
    state.profiles.set('R', { tags: managed, role: null });
    expect((await found()).rows).toEqual({
      'instance-profile: create R: has the tag of this tool': { kind: 'delete', name: 'R' },
    });
  });

  it('nothing of namesakes without the tag', async () => {
    made({});
    state.profiles.set('R', { tags: {}, role: 'R' });
    expect(await found()).toEqual({
      rows: {},
      unknown: [
        host,
        'what the inline policy OpenClawBedrock of the role R was before; if nothing needs it: aws iam delete-role-policy --role-name R --policy-name OpenClawBedrock',
      ],
    });
  });

  it('which profile the instance had before', async () => {
    made({ ...ours, ...had });
    expect((await found()).rows).toEqual({
      ...role,
      ...policy,
      ...profile,
      ...membership,
      'association: update R: tag: i-1 had web': { kind: 'untag', role: 'R', key: Object.keys(had)[0] },
      'association: replace i-1 -> R: instead of web': {
        kind: 'restore',
        instanceId: id,
        profileArn: profileArn('web'),
        expectedArn: profileArn('R'),
      },
    });
  });

  it('that nothing is to be taken off where another profile is on it', async () => {
    made();
    state.profiles.set('web', { tags: {}, role: 'web-server' });
    state.links.set(id, 'web');
    expect((await found()).rows).toEqual({ ...role, ...profile, ...membership });
    state.links.clear();
    expect((await found()).rows).toEqual({ ...role, ...policy, ...profile, ...membership });
  });

  it('that a profile of another name is the tool’s own', async () => {
    state.roles.set('S', { ...plainRole('S', ours), inline: document });
    state.profiles.set('S', { tags: ours, role: 'S' });
    state.links.set(id, 'S');
    expect(Object.keys((await found()).rows as object)).toEqual([
      'iam-role: create S: has the tag of this tool',
      'permission-policy: create OpenClawBedrock on S: has the name that this tool gives',
      'instance-profile: create S: has the tag of this tool',
      'profile-membership: create S -> S: the role is in the profile',
      'association: create i-1 -> S: the instance has the profile',
    ]);
  });
});

describe('what it does not tell', () => {
  it.each([1, 2])('whether a hop limit of %i was another one', async (hopLimit) => {
    state.instances.set(
      id,
      plainInstance(id, { metadataOptions: { endpoint: 'enabled', tokens: 'required', hopLimit } }),
    );
    expect((await found()).unknown).toEqual([
      host,
      ...(hopLimit === 1
        ? []
        : [`whether the metadata hop limit of ${id}, which is 2, was another one before`]),
    ]);
  });

  it('who set up the other instances, for which role and profile stay', async () => {
    made();
    state.links.set('i-2', 'R').set('i-3', 'R');
    state.roles.set('R', {
      ...plainRole('R', ours),
      inline: document,
      attached: ['arn:aws:iam::aws:policy/Some'],
    });
    expect(await found()).toEqual({
      rows: association,
      unknown: [host, 'i-2, i-3 may have been set up by others: the role and the profile are kept for them'],
    });
  });

  it('who attached policies to the role', async () => {
    made();
    const attached = ['arn:aws:iam::aws:policy/One', 'arn:aws:iam::aws:policy/Two'];
    state.roles.set('R', { ...plainRole('R', ours), inline: document, attached });
    expect((await found()).unknown).toEqual([
      host,
      'who attached One, Two to the role R, which can only be deleted without: aws iam detach-role-policy --role-name R --policy-arn arn:aws:iam::aws:policy/One; aws iam detach-role-policy --role-name R --policy-arn arn:aws:iam::aws:policy/Two',
    ]);
  });

  it('what the instance’s own role had before', async () => {
    state.roles.set('web-server', { ...plainRole('web-server'), inline: document });
    state.profiles.set('web', { tags: {}, role: 'web-server' });
    state.links.set(id, 'web');
    const { rows, unknown } = await found();
    expect(rows).toEqual({});
    expect(unknown).toEqual([
      host,
      'what the inline policy OpenClawBedrock of the role web-server was before; if nothing needs it: aws iam delete-role-policy --role-name web-server --policy-name OpenClawBedrock',
    ]);
    state.roles.set('web-server', plainRole('web-server'));
    expect((await found()).unknown).toEqual([host]);
  });
});
