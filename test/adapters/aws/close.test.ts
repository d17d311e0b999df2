import { afterEach, describe, expect, it, vi } from 'vitest';
import { startMockAws } from '../../../src/mock-aws/index.js';
import { connectAccount, isolateAws } from '../../support/account.js';
import { steppingClock } from '../../support/memory.js';
import { callNames } from '../../support/mock-aws.js';

afterEach(() => vi.unstubAllEnvs());

describe('closing the connections', () => {
  it('ends a call that is waiting for its answer, and does not repeat it', async () => {
    const mock = await startMockAws({ faults: [{ operation: 'GetRole', kind: 'timeout' }] });
    isolateAws(mock.url);
    const account = connectAccount(steppingClock(), { answerMilliseconds: 20_000 });
    const role = account.iam.getRole('web-server');
    await vi.waitFor(() => expect(callNames(mock)).toEqual(['iam:GetRole']));
    const start = Date.now();
    account.close();
    await expect(role).rejects.toMatchObject({ name: 'AbortError' });
    expect(Date.now() - start).toBeLessThan(2000);
    expect(callNames(mock)).toEqual(['iam:GetRole']);
    await mock.stop();
  });
});
