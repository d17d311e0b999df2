import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultWorld, type MockAws, startMockAws } from '../../../src/mock-aws/index.js';
import { connectAccount, isolateAws } from '../../support/account.js';
import { steppingClock } from '../../support/memory.js';
import { callNames } from '../../support/mock-aws.js';

const region = 'us-east-1';
const instanceId = 'i-0abc1234def567890';
let mock: MockAws;
let account: ReturnType<typeof connectAccount>;

beforeEach(async () => {
  mock = await startMockAws({ world: defaultWorld() });
  isolateAws(mock.url);
  account = connectAccount(steppingClock(), { readOnly: true });
});

afterEach(async () => {
  account.close();
  await mock.stop();
  vi.unstubAllEnvs();
});

describe('the reader of State Manager', () => {
  it.each([
    ['instances', [{ key: 'InstanceIds', values: [instanceId] }], [instanceId]],
    ['every instance', [{ key: 'InstanceIds', values: ['*'] }], ['*']],
    ['a tag', [{ key: 'tag:Role', values: ['web'] }], []],
    ["a runbook's parameter", [{ key: 'ParameterValues', values: [instanceId] }], [instanceId]],
    ["a runbook's other parameter", [{ key: 'ParameterValues', values: ['{{RESOURCE_ID}}'] }], []],
  ])('reads which instances %s means', async (_what, targets, instanceIds) => {
    mock.state.stateAssociations.push({ id: 'a-1', region, document: 'AWS-AttachIAMToInstance', targets });
    expect(await account.stateManager.listAssociations()).toEqual([
      { id: 'a-1', document: 'AWS-AttachIAMToInstance', name: null, instanceIds },
    ]);
  });

  it('reads all pages', async () => {
    const ids = Array.from({ length: 101 }, (_, index) => `a-${index}`);
    for (const id of ids)
      mock.state.stateAssociations.push({ id, region, document: 'AWS-RunPatchBaseline', targets: [] });
    expect((await account.stateManager.listAssociations()).map(({ id }) => id)).toEqual(ids);
    expect(callNames(mock)).toEqual(Array(3).fill('ssm:ListAssociations'));
  });

  it("gives AWS's refusal, after one call", async () => {
    mock.settings.faults.push({ service: 'ssm', kind: 'throttle' });
    await expect(account.stateManager.listAssociations()).rejects.toThrow('Rate exceeded');
    expect(callNames(mock)).toHaveLength(1);
  });
});

describe('the reader of quotas', () => {
  it("reads all of Bedrock's", async () => {
    const name = 'Model invocation max tokens per day for Amazon Nova Micro';
    const quota = { serviceCode: 'bedrock', region, code: 'L-1', name, value: 0 };
    mock.state.serviceQuotas.push(
      ...Array.from({ length: 100 }, () => ({ ...quota, name: 'another' })),
      quota,
    );
    const found = await account.quotas.bedrockQuotas();
    expect(found).toHaveLength(101);
    expect(found.at(-1)).toEqual({ name, value: 0 });
  });
});
