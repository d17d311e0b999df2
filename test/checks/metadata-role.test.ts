import { expect, it } from 'vitest';
import { readMetadataRole } from '../../src/checks/metadata-role.js';
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
