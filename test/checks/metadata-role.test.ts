import { expect, it } from 'vitest';
import { firstMetadataRole, readMetadataRole } from '../../src/checks/metadata-role.js';
import type { MetadataAnswer, MetadataReader } from '../../src/ports/metadata.js';

const late: MetadataAnswer = { kind: 'timeout', reason: 'no answer within 1000 ms', connected: true };

/** Metadata of which each path is late as often as `times` says. */
function busy(times: number): MetadataReader {
  const asked = new Map<string, number>();
  return {
    endpoint: 'http://169.254.169.254',
    token: () => Promise.resolve({ kind: 'answer', status: 200, body: 'token' }),
    get(path) {
      const count = asked.get(path) ?? 0;
      asked.set(path, count + 1);
      if (count < times) return Promise.resolve(late);
      const body = path.endsWith('security-credentials/') ? 'Role' : '{"Code":"Success"}';
      return Promise.resolve({ kind: 'answer', status: 200, body });
    },
  };
}

it('asks once more where a busy host was too late', async () => {
  expect(await readMetadataRole(busy(1), 'token')).toMatchObject({
    kind: 'role',
    name: 'Role',
    credentials: { code: 'Success' },
  });
});

it('says that there is no answer where it is late again', async () => {
  expect(await readMetadataRole(busy(2), 'token')).toEqual({
    kind: 'silent',
    seen: 'no answer within 1000 ms',
  });
});

it('knows the profile of a role that arrived while it was asked for', async () => {
  const there = busy(0);
  let asked = 0;
  const arriving: MetadataReader = {
    ...there,
    get: async (path, token) => {
      if (path !== 'meta-data/iam/info') return there.get(path, token);
      asked += 1;
      const body =
        '{"Code":"Success","InstanceProfileArn":"arn:aws:iam::111122223333:instance-profile/Role"}';
      return asked === 1 ? { kind: 'answer', status: 404, body: '' } : { kind: 'answer', status: 200, body };
    },
  };
  expect(await readMetadataRole(arriving, 'token')).toMatchObject({
    kind: 'role',
    profileArn: 'arn:aws:iam::111122223333:instance-profile/Role',
  });
});

type Said = Readonly<Record<'info' | 'list' | 'role', MetadataAnswer>>;
const answer = (body: string, status = 200): MetadataAnswer => ({ kind: 'answer', status, body });
const profileArn = 'arn:aws:iam::111122223333:instance-profile/Role';
const info = answer(JSON.stringify({ Code: 'Success', InstanceProfileArn: profileArn }));
const role = answer('{"Code":"Success","Expiration":"2026-01-01T00:00:00Z"}');

function saying({ info: about, list, role: credentials }: Said): MetadataReader {
  return {
    ...busy(0),
    get(path) {
      if (path === 'meta-data/iam/info') return Promise.resolve(about);
      return Promise.resolve(path.endsWith('security-credentials/') ? list : credentials);
    },
  };
}

it.each([
  ['no profile', { list: answer('', 404) }, { kind: 'none' }],
  ['an empty list', { list: answer(' \n') }, { kind: 'none' }],
  ['a failure', { list: answer('', 500) }, { kind: 'silent', seen: 'HTTP 500' }],
  ['no connection', { list: { kind: 'refused', reason: 'refused' } }, { kind: 'silent', seen: 'refused' }],
  [
    'a profile that was deleted',
    { info: answer('{"Code":"InstanceProfileNotFound"}') },
    { kind: 'deleted', profileArn: null, seen: 'InstanceProfileNotFound' },
  ],
] satisfies [string, Partial<Said>, object][])('says of %s what it is', async (_what, said, expected) => {
  expect(await readMetadataRole(saying({ info, list: answer('Role\n'), role, ...said }), 'token')).toEqual(
    expected,
  );
});

it.each([
  [role, { code: 'Success', message: '', expiresAt: Date.UTC(2026, 0, 1) }],
  [answer('{}'), { code: 'NoCode', message: '', expiresAt: null }],
  [answer('null'), { code: 'NoCode', message: '', expiresAt: null }],
  [answer('<html>'), { code: 'NoCode', message: '', expiresAt: null }],
  [answer('', 404), { code: 'HTTP 404', message: '', expiresAt: null }],
  [late, { code: 'NoAnswer', message: 'no answer within 1000 ms', expiresAt: null }],
  [
    answer('{"Code":"AssumeRoleUnauthorizedAccess","Message":"EC2 cannot assume","Expiration":7}'),
    { code: 'AssumeRoleUnauthorizedAccess', message: 'EC2 cannot assume', expiresAt: null },
  ],
] satisfies [MetadataAnswer, object][])('reads the credentials out of %j', async (said, credentials) => {
  expect(await readMetadataRole(saying({ info, list: answer('Role\nOther'), role: said }), 'token')).toEqual({
    kind: 'role',
    profileArn,
    name: 'Role',
    credentials,
  });
});

it('is read with a token of its own, and not at all without one', async () => {
  const there = busy(0);
  expect(await firstMetadataRole(there)).toMatchObject({ kind: 'role', name: 'Role' });
  expect(await firstMetadataRole({ ...there, token: async () => answer('', 403) })).toBeNull();
  expect(await firstMetadataRole({ ...there, token: async () => late })).toBeNull();
});
