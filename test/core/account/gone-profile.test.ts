import { describe, expect, it } from 'vitest';
import { goneProfileId, unlessGone } from '../../../src/core/account/gone-profile.js';
import type { Association } from '../../../src/ports/ec2.js';
import type { InstanceProfile } from '../../../src/ports/iam.js';

const held = (profileId: string | null): Association => ({
  id: 'iip-assoc-1',
  instanceId: 'i-1',
  profileArn: 'arn:aws:iam::111122223333:instance-profile/P',
  profileId,
  state: 'associated',
  since: null,
});

const profile = (id: string | null): InstanceProfile => ({
  name: 'P',
  arn: 'arn:aws:iam::111122223333:instance-profile/P',
  id,
  tags: {},
  roles: [],
});

describe('goneProfileId', () => {
  it.each([
    ['the same profile', 'AIPA1', profile('AIPA1'), null],
    ['another under its name', 'AIPA1', profile('AIPA2'), 'AIPA1'],
    ['none under its name', 'AIPA1', null, 'AIPA1'],
    ['IAM says no id', 'AIPA1', profile(null), null],
    ['EC2 says no id', null, profile('AIPA2'), null],
    ['EC2 says no id, and none is there', null, null, null],
    ['neither says an id', null, profile(null), null],
  ])('%s', (_, profileId, now, expected) => {
    expect(goneProfileId(held(profileId), now)).toBe(expected);
  });
});

describe('unlessGone', () => {
  it.each([
    ['the deleted one', held('AIPA1'), 'AIPA1', null],
    ['another one', held('AIPA2'), 'AIPA1', held('AIPA2')],
    ['one without an id', held(null), 'AIPA1', held(null)],
    ['one without an id, where nothing is deleted', held(null), null, held(null)],
    ['none', null, 'AIPA1', null],
  ])('%s', (_, association, goneId, expected) => {
    expect(unlessGone(association, goneId)).toStrictEqual(expected);
  });
});
