import { describe, expect, it } from 'vitest';
import { isOfReceipt, isOurs, ownershipTags } from '../../../src/core/account/ownership.js';
import { previousProfileKey, previousProfileTags } from '../../../src/core/account/previous-profile.js';

describe('ownership', () => {
  it("puts our tags beside the user's, and ours win", () => {
    expect(ownershipTags('r-1', { team: 'ai', 'managed-by': 'me' })).toStrictEqual({
      team: 'ai',
      'managed-by': 'openclaw-bedrock-setup',
      'openclaw-bedrock-setup:receipt': 'r-1',
    });
  });

  it('knows what is ours, and of which receipt', () => {
    const tags = ownershipTags('r-1', {});
    expect([isOurs(tags), isOfReceipt(tags, 'r-1'), isOfReceipt(tags, 'r-2')]).toStrictEqual([
      true,
      true,
      false,
    ]);
    expect(isOurs({ 'managed-by': 'terraform' })).toBe(false);
    expect(isOfReceipt({ 'openclaw-bedrock-setup:receipt': 'r-1' }, 'r-1')).toBe(false);
  });
});

describe('previousProfileTags', () => {
  const instanceId = 'i-0abc1234def567890';
  const profile = (name: string): string => `arn:aws:iam::111122223333:instance-profile/${name}`;
  const association = (name: string) => ({
    id: 'iip-assoc-1',
    instanceId,
    profileArn: profile(name),
    profileId: null,
    state: 'associated' as const,
    since: null,
  });

  it.each([
    ['another profile', association('team/web-server'), { [previousProfileKey(instanceId)]: 'web-server' }],
    ['none', null, {}],
    ['ours already', association('ours'), {}],
    ['a name that no tag can hold', association('web,server'), {}],
  ])('%s', (_, found, tags) => {
    expect(previousProfileTags(instanceId, found, profile('ours'))).toStrictEqual(tags);
  });

  it('has a key that IAM takes', () => {
    expect(previousProfileKey(instanceId)).toMatch(/^[\w:/=+\-@.]{1,128}$/u);
  });
});
