import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../../src/adapters/clock.js';
import { createFiles } from '../../../src/adapters/host/files.js';
import type { ModelAccess } from '../../../src/cli/prove/model-access.js';
import { lookAtModelAccess, obtainModelAccess } from '../../../src/cli/prove/model-access.js';
import type { Runtime } from '../../../src/cli/runtime.js';
import { resolveModel } from '../../../src/core/model/model-choice.js';
import type { Settings } from '../../../src/core/settings.js';
import type { MockAws } from '../../../src/mock-aws/index.js';
import { startMockAws } from '../../../src/mock-aws/index.js';
import type { Prompt } from '../../../src/ports/prompt.js';
import { connectAccount, isolateAws } from '../../support/account.js';
import { steppingClock } from '../../support/memory.js';
import { callNames } from '../../support/mock-aws.js';
import { accountRuntime } from '../../support/runtime.js';

const target = { here: null, instanceId: null, region: 'us-east-1', cloud: true, host: false };
const sonnet = 'anthropic.claude-sonnet-4-6';
const form = {
  companyName: 'Example Corp.',
  companyWebsite: 'https://example.com',
  intendedUsers: '2',
  industryOption: 'Software',
  useCases: 'An assistant',
};

let mock: MockAws;
let account: ReturnType<typeof connectAccount>;
let clock: ReturnType<typeof steppingClock>;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'access-'));
  clock = steppingClock(Date.now());
  mock = await startMockAws({ now: () => clock.now() });
  isolateAws(mock.url);
  account = connectAccount(clock, { answerMilliseconds: 1000 });
});

afterEach(async () => {
  account.close();
  await mock.stop();
  await rm(folder, { recursive: true });
  vi.unstubAllEnvs();
});

function prompting(answer: boolean, questions: string[]): Prompt {
  const never = (): never => {
    throw new Error('nobody asks this');
  };
  return {
    interactive: true,
    select: never,
    consent: never,
    confirm: ({ message }) => {
      questions.push(message);
      return Promise.resolve(answer);
    },
  };
}

const silent: Pick<Prompt, 'interactive'> = { interactive: false };

async function modelGoal(asked: string): Promise<ReturnType<typeof resolveModel>> {
  const { bedrock } = account;
  const found = resolveModel(
    asked,
    await bedrock.listInferenceProfiles(),
    await bedrock.listFoundationModels(),
  );
  mock.calls.length = 0;
  return found;
}

async function obtain(
  settings: Partial<Settings>,
  more: Partial<Runtime> = {},
  asked = 'sonnet-4-6',
): Promise<ModelAccess & { readonly lines: readonly string[] }> {
  const user = {
    name: 'me',
    uid: process.getuid?.() ?? 0,
    gid: process.getgid?.() ?? 0,
    home: folder,
    shell: '',
  };
  const host = { user, files: createFiles(user) } as unknown as Awaited<ReturnType<Runtime['host']>>;
  const runtime = accountRuntime(account, settings, {
    clock,
    prompt: silent as Prompt,
    host: () => Promise.resolve(host),
    ...more,
  });
  return { ...(await obtainModelAccess(runtime, target, await modelGoal(asked))), lines: runtime.lines };
}

function withoutAgreement(): void {
  mock.state.modelAccess[sonnet] = { agreement: 'NOT_AVAILABLE', authorized: true };
}

describe("a model that takes its provider's agreement", () => {
  it('may be called without further consent once the agreement is there', async () => {
    const access = await lookAtModelAccess(accountRuntime(account), target, await modelGoal('sonnet-4-6'));
    expect(access).toMatchObject({ agreed: true, finding: { id: 'model-access', status: 'ok' } });
    expect(access.finding?.detail).toBe('may be answered from us-east-1, us-east-2, us-west-2');
    expect(callNames(mock).toSorted()).toEqual([
      'bedrock:GetFoundationModelAvailability',
      'bedrock:GetUseCaseForModelAccess',
    ]);
  });

  it('is not agreed to without consent: nothing is written and the model is not to be called', async () => {
    withoutAgreement();
    const { finding, agreed } = await obtain({ yes: true }, { clock: systemClock });
    expect(agreed).toBe(false);
    expect(finding).toMatchObject({ status: 'warn', code: 'NO_AGREEMENT' });
    expect(finding?.fix).toContain('--accept-model-agreement');
    expect(callNames(mock, 'mutating')).toEqual([]);
  });

  it('is agreed to with --accept-model-agreement, and waited for', async () => {
    withoutAgreement();
    mock.settings.propagation.agreementMilliseconds = 20_000;
    const { finding, agreed, lines } = await obtain({ acceptModelAgreement: true });
    expect({ agreed, finding }).toMatchObject({ agreed: true, finding: { status: 'ok' } });
    expect(callNames(mock, 'mutating')).toEqual(['bedrock:CreateFoundationModelAgreement']);
    expect(clock.slept.reduce((sum, one) => sum + one, 0)).toBe(20_000);
    expect(lines.join('\n')).toContain('third-party-models');
    expect(lines.join('\n')).toContain(`waiting for the agreement for ${sonnet}, at most 120 s`);
  });

  it('is waited for no longer than two minutes', async () => {
    withoutAgreement();
    mock.settings.propagation.agreementMilliseconds = 900_000;
    const { finding } = await obtain({ acceptModelAgreement: true });
    expect(finding).toMatchObject({ status: 'warn', code: 'SUBSCRIPTION_PENDING', who: 'wait' });
    expect(clock.slept.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(120_000);
  });

  it('is asked about where there is a person, with the terms named', async () => {
    withoutAgreement();
    const questions: string[] = [];
    const declined = await obtain({ yes: false }, { prompt: prompting(false, questions) });
    expect(declined).toMatchObject({ agreed: false, finding: { code: 'NO_AGREEMENT' } });
    expect(callNames(mock, 'mutating')).toEqual([]);
    const accepted = await obtain({ yes: false }, { prompt: prompting(true, questions) });
    expect(accepted).toMatchObject({ agreed: true, finding: { status: 'ok' } });
    expect(questions[0]).toContain('https://aws.amazon.com/legal/bedrock/third-party-models/');
  });

  it('is explained where the operator may not agree', async () => {
    withoutAgreement();
    mock.settings.deny.push('bedrock:CreateFoundationModelAgreement');
    const { finding, agreed } = await obtain({ acceptModelAgreement: true });
    expect(agreed).toBe(false);
    expect(finding).toMatchObject({ status: 'fail', code: 'NO_IAM' });
    expect(finding?.message).toContain('bedrock:CreateFoundationModelAgreement');
  });

  it('never gets marketplace rights onto a role', async () => {
    withoutAgreement();
    await obtain({ acceptModelAgreement: true });
    expect(JSON.stringify(mock.state.roles)).not.toContain('aws-marketplace');
  });
});

describe("Anthropic's use-case form", () => {
  it('is missed, with the flag that submits it', async () => {
    mock.state.useCaseForm = undefined;
    const { finding } = await obtain({}, { clock: systemClock });
    expect(finding).toMatchObject({ status: 'warn', code: 'USE_CASE_FORM' });
    expect(finding?.fix).toContain('--use-case FILE');
    expect(callNames(mock, 'mutating')).toEqual([]);
  });

  it('is submitted from the file of --use-case', async () => {
    mock.state.useCaseForm = undefined;
    const useCase = join(folder, 'form.json');
    await writeFile(useCase, JSON.stringify(form));
    expect(await obtain({ useCase })).toMatchObject({ finding: { status: 'ok' } });
    const submitted: unknown = JSON.parse(Buffer.from(mock.state.useCaseForm ?? '', 'base64').toString());
    expect(submitted).toEqual({ ...form, otherIndustryOption: '' });
  });

  it('is not submitted again where the account has one', async () => {
    const useCase = join(folder, 'form.json');
    await writeFile(useCase, JSON.stringify(form));
    expect(await obtain({ useCase })).toMatchObject({ finding: { status: 'ok' } });
    expect(callNames(mock, 'mutating')).toEqual([]);
  });
});

describe('a look that cannot be made', () => {
  it('is skipped where the credentials may not, and leaves consent to the flag', async () => {
    mock.settings.deny.push('bedrock:GetFoundationModelAvailability');
    const model = await modelGoal('sonnet-4-6');
    const look = async (acceptModelAgreement: boolean): Promise<ModelAccess> =>
      lookAtModelAccess(accountRuntime(account, { acceptModelAgreement }), target, model);
    expect(await look(false)).toMatchObject({ agreed: false, finding: { status: 'skip' } });
    expect(await look(true)).toMatchObject({ agreed: true, finding: { status: 'skip' } });
  });

  it("is not made for Amazon's own models, nor without operator credentials", async () => {
    const nova = await modelGoal('nova-lite');
    expect(await lookAtModelAccess(accountRuntime(account), target, nova)).toEqual({
      finding: null,
      agreed: false,
    });
    const away = { ...target, cloud: false };
    const claude = await modelGoal('sonnet-4-6');
    expect((await lookAtModelAccess(accountRuntime(account), away, claude)).finding).toBeNull();
    expect(callNames(mock)).toEqual([]);
  });
});
