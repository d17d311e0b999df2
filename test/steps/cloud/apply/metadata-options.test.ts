import { describe, expect, it } from 'vitest';
import { plainInstance } from '../../../support/plain-account.js';
import { refused, useStage } from './stage.js';

const id = 'i-1';
const stage = useStage();

describe('the hop limit', () => {
  const set = { kind: 'set-hop-limit', instanceId: id, hopLimit: 1, expected: 2 };
  const now = (hopLimit: number): unknown =>
    stage.state.instances.set(
      id,
      plainInstance(id, { metadataOptions: { endpoint: 'enabled', tokens: 'optional', hopLimit } }),
    );

  it('is set, and set back where it is still as it was left', async () => {
    now(1);
    await stage.apply('metadata-options', { ...set, hopLimit: 2, expected: null });
    await stage.apply('metadata-options', set);
    await stage.apply('metadata-options', set);
    expect(stage.state.calls).toEqual([
      `modifyMetadataOptions ${id} {"hopLimit":2}`,
      `modifyMetadataOptions ${id} {"hopLimit":1}`,
    ]);
  });

  it('stays where somebody has set another, and is of no use to an instance that is gone', async () => {
    await stage.apply('metadata-options', set);
    now(5);
    await expect(stage.apply('metadata-options', set)).rejects.toMatchObject(
      refused(
        'CHANGED_SINCE',
        `the metadata hop limit of ${id} is 5, not the 2 that was set, so it is left as it is`,
        'set it yourself if 1 is right',
      ),
    );
    expect(stage.state.calls).toEqual([]);
  });
});
