import { describe, expect, it } from 'vitest';
import { findReattaching } from '../../src/checks/reattaching.js';
import type { StateAssociation } from '../../src/ports/state-manager.js';

const instanceId = 'i-0abc1234def567890';
const document = 'AWS-AttachIAMToInstance';

async function found(association: Partial<StateAssociation>): Promise<readonly string[]> {
  const whole = { id: 'a-1', name: null, document, instanceIds: [], ...association };
  return findReattaching(instanceId, { listAssociations: () => Promise.resolve([whole]) });
}

describe('an association that attaches profiles again and again', () => {
  it.each([
    ['it names the instance', { instanceIds: [instanceId] }],
    ['it is for every instance', { instanceIds: ['*'] }],
    ['it goes by tags', { instanceIds: [] }],
    ['it is of Quick Setup', { document: 'AWSQuickSetupType-ManageInstanceProfile' }],
  ])('is named where %s', async (_what, association) => {
    expect(await found({ name: 'quick-setup', ...association })).toEqual([
      expect.stringContaining(`the Systems Manager association quick-setup (`),
    ]);
  });

  it.each([
    ['it is for another instance', { instanceIds: ['i-0abc1234def567891'] }],
    ['it does something else', { document: 'AWS-RunPatchBaseline' }],
  ])('is not named where %s', async (_what, association) => {
    expect(await found(association)).toEqual([]);
  });

  it('is not looked for where Systems Manager cannot be asked', async () => {
    expect(await findReattaching(instanceId, undefined)).toEqual([]);
  });
});
