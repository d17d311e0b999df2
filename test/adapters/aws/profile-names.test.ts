import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { profileNames, refuseUnknownProfile } from '../../../src/adapters/aws/profile-names.js';

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'profiles-'));
  await mkdir(join(home, '.aws'));
  await writeFile(
    join(home, '.aws', 'config'),
    '[profile prod]\nregion = x\n[sso-session s]\n[profile "with space"]\n',
  );
  await writeFile(join(home, '.aws', 'credentials'), '[keys]\n[default]\n');
});

afterEach(async () => rm(home, { recursive: true, force: true }));

it('lists the profiles of both files, default first', async () => {
  expect(await profileNames({ HOME: home })).toStrictEqual(['default', 'keys', 'prod', 'with space']);
});

describe('a profile', () => {
  it.each([null, '', 'default', 'prod', 'keys'])('that is there or needs no section: %j', async (profile) => {
    await expect(refuseUnknownProfile(profile, { HOME: home })).resolves.toBeUndefined();
  });

  it('with a typing error is not replaced by the role of the instance', async () => {
    await expect(refuseUnknownProfile('prdo', { HOME: home })).rejects.toMatchObject({
      code: 'NO_SUCH_PROFILE',
      exitCode: 5,
      fix: 'did you mean prod?',
    });
  });

  it('that is like no other comes with those there are', async () => {
    await expect(refuseUnknownProfile('zzzzzzzz', { HOME: home })).rejects.toMatchObject({
      fix: 'there are: default, keys, prod, with space; or make it with aws configure --profile zzzzzzzz',
    });
  });
});
