import { describe, expect, it, vi } from 'vitest';
import type { Asked } from '../../src/checks/ask.js';
import type { CheckContext } from '../../src/checks/index.js';
import { withQuotas } from '../../src/checks/token-quota.js';
import { explainCode } from '../../src/failures/index.js';
import type { ModelAnswer } from '../../src/ports/gateway-probe.js';
import type { Quota } from '../../src/ports/quotas.js';

const modelId = 'us.amazon.nova-micro-v1:0';
const name = 'Model invocation max tokens per day for Amazon Nova Micro';
const account = '111122223333';
const context = { account, region: 'us-east-1', profileArn: null, model: null } as CheckContext;
const zero = [{ name, value: 0 }];

function refused(code: string): Asked<ModelAnswer> {
  return { ok: false, explanation: explainCode(code, 'Too many tokens', { account }) };
}

const answered: Asked<ModelAnswer> = {
  ok: true,
  value: { inputTokens: 1, outputTokens: 1 } as ModelAnswer,
  milliseconds: 1,
};

async function judged(converse: Asked<ModelAnswer>, quotas: readonly Quota[]) {
  const read = vi.fn(async () => Promise.resolve(quotas));
  const found = await withQuotas({ converse, stream: answered }, modelId, context, {
    quotas: { bedrockQuotas: read },
  });
  return { found, reads: read.mock.calls.length };
}

describe('a quota of zero', () => {
  it.each(['QUOTA_DAY', 'THROTTLED'])('is named behind %s, which AWS Support can raise', async (code) => {
    const { found, reads } = await judged(refused(code), zero);
    expect(reads).toBe(1);
    expect(found.stream).toBe(answered);
    expect(found.converse).toMatchObject({
      ok: false,
      explanation: {
        code,
        who: 'AWS Support',
        cause: `the quota "${name}" of the account 111122223333 is 0, so that waiting does not help`,
        fix: expect.stringContaining('AWS Support'),
      },
    });
    expect(found.converse).not.toHaveProperty('explanation.waitSeconds');
  });

  it('is not claimed where the quota is larger, of another model, or unknown', async () => {
    for (const quotas of [[{ name, value: 1000 }], [{ name: name.replace('Micro', 'Pro'), value: 0 }], []]) {
      const before = refused('QUOTA_DAY');
      expect((await judged(before, quotas)).found.converse).toBe(before);
    }
  });

  it('is not looked for after another failure, or none', async () => {
    expect((await judged(refused('NO_IAM'), zero)).reads).toBe(0);
    expect((await judged(answered, zero)).reads).toBe(0);
  });
});
