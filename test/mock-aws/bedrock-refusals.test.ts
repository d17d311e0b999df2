import {
  BedrockClient,
  CreateFoundationModelAgreementCommand,
  GetFoundationModelCommand,
  GetInferenceProfileCommand,
  ListFoundationModelAgreementOffersCommand,
  ListFoundationModelsCommand,
  type ListFoundationModelsCommandInput,
  ListInferenceProfilesCommand,
  PutUseCaseForModelAccessCommand,
} from '@aws-sdk/client-bedrock';
import { BedrockRuntimeClient, ConverseCommand, type Message } from '@aws-sdk/client-bedrock-runtime';
import { ListServiceQuotasCommand, ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type MockAws, startMockAws } from '../../src/mock-aws/index.js';
import { operatorClient, outcomeOf, sendSigned } from '../support/mock-aws.js';

const [nova, claude] = ['amazon.nova-micro-v1:0', 'anthropic.claude-sonnet-4-6'];
let mock: MockAws;
let bedrock: BedrockClient;

beforeEach(async () => {
  mock = await startMockAws();
  bedrock = new BedrockClient(operatorClient(mock));
});
afterEach(async () => {
  bedrock.destroy();
  await mock.stop();
});

describe('a foundation model', () => {
  const get = async (modelIdentifier: string) =>
    (await bedrock.send(new GetFoundationModelCommand({ modelIdentifier }))).modelDetails?.modelId;

  it('is found by id and by ARN', async () => {
    expect(await get(nova)).toBe(nova);
    expect(await get(`arn:aws:bedrock:us-east-1::foundation-model/${nova}`)).toBe(nova);
  });

  it('that is not there is refused', async () => {
    expect(await outcomeOf(get('amazon.absent'))).toBe(
      'ResourceNotFoundException: Could not resolve the foundation model from the provided identifier.',
    );
  });

  it.each([
    ['by provider', { byProvider: 'anthropic' }, { providerName: 'Anthropic' }],
    ['by output', { byOutputModality: 'EMBEDDING' }, { outputModalities: ['EMBEDDING'] }],
    [
      'by the way in which it is called',
      { byInferenceType: 'ON_DEMAND' },
      { inferenceTypesSupported: expect.arrayContaining(['ON_DEMAND']) as unknown },
    ],
    [
      'by provider and output',
      { byProvider: 'Amazon', byOutputModality: 'EMBEDDING' },
      { providerName: 'Amazon', outputModalities: ['EMBEDDING'] },
    ],
  ] satisfies [string, ListFoundationModelsCommandInput, object][])(
    'is listed %s',
    async (_what, input, expected) => {
      const all = await bedrock.send(new ListFoundationModelsCommand({}));
      const { modelSummaries: found = [] } = await bedrock.send(new ListFoundationModelsCommand(input));
      expect(found.length).toBeGreaterThan(0);
      expect(found.length).toBeLessThan(all.modelSummaries?.length ?? 0);
      for (const model of found) expect(model).toMatchObject(expected);
    },
  );

  it('is not listed for a provider that has none', async () => {
    const answer = await bedrock.send(new ListFoundationModelsCommand({ byProvider: 'Nobody' }));
    expect(answer.modelSummaries).toStrictEqual([]);
  });

  it('is not asked for by a broken path', async () => {
    const answer = await sendSigned(mock, 'bedrock', { method: 'GET', path: '/foundation-models/%E0' });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toStrictEqual({ message: 'The request path is not valid.' });
  });
});

describe('inference profiles', () => {
  it.each([
    [{ maxResults: 0 }, 'ValidationException: maxResults must be between 1 and 1000, and is 0'],
    [{ maxResults: 1001 }, 'ValidationException: maxResults must be between 1 and 1000, and is 1001'],
    [{ nextToken: 'mine' }, 'ValidationException: The provided nextToken is invalid.'],
  ])('refuse %j', async (input, refusal) => {
    expect(await outcomeOf(bedrock.send(new ListInferenceProfilesCommand(input)))).toBe(refusal);
  });

  it('of the account there are none', async () => {
    const answer = await bedrock.send(new ListInferenceProfilesCommand({ typeEquals: 'APPLICATION' }));
    expect(answer.inferenceProfileSummaries).toStrictEqual([]);
  });

  it('are found by id and by ARN, and not otherwise', async () => {
    const get = async (inferenceProfileIdentifier: string) =>
      bedrock.send(new GetInferenceProfileCommand({ inferenceProfileIdentifier }));
    const { inferenceProfileArn: arn = '' } = await get(`us.${claude}`);
    expect((await get(arn)).inferenceProfileId).toBe(`us.${claude}`);
    expect(await outcomeOf(get(`eu.${claude}`))).toBe(
      'ResourceNotFoundException: Could not find the specified inference profile.',
    );
  });
});

describe('an agreement', () => {
  const offerOf = async (modelId: string) => {
    const answer = await bedrock.send(new ListFoundationModelAgreementOffersCommand({ modelId }));
    return answer.offers?.[0]?.offerToken ?? '';
  };
  const agree = async (modelId: string, offerToken: string) =>
    outcomeOf(bedrock.send(new CreateFoundationModelAgreementCommand({ modelId, offerToken })));

  it('is not offered where none is needed', async () => {
    expect(await outcomeOf(offerOf(nova))).toBe(
      'ValidationException: Agreement not supported for this model.',
    );
  });

  it("is refused with another's offer, for a model that is none, and a second time", async () => {
    const token = await offerOf(claude);
    expect(await agree(claude, 'x')).toBe('ValidationException: The provided offer token is invalid.');
    expect(await agree('absent', token)).toBe(
      'ValidationException: The provided model identifier is invalid.',
    );
    expect(await agree(claude, token)).toBe('ConflictException: An agreement already exists for this model.');
  });

  it.each(['[]', '{}', '{"modelId":7}', 'no'])('is refused for the body %s', async (body) => {
    const answer = await sendSigned(mock, 'bedrock', { path: '/create-foundation-model-agreement', body });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toStrictEqual({ message: 'The provided model identifier is invalid.' });
  });
});

describe("Anthropic's form", () => {
  const whole = {
    companyName: 'A',
    companyWebsite: 'https://a.example',
    intendedUsers: '1',
    industryOption: 'B',
    useCases: 'C',
  };
  const submit = async (form: unknown) => {
    const text = typeof form === 'string' ? form : JSON.stringify(form);
    return outcomeOf(bedrock.send(new PutUseCaseForModelAccessCommand({ formData: Buffer.from(text) })));
  };

  it.each([
    ['too short', 'short', 'formData must have between 10 and 16384 bytes'],
    ['too long', 'x'.repeat(16_385), 'formData must have between 10 and 16384 bytes'],
    ['no JSON', 'not a form at all', 'formData is not a JSON object'],
    ['a list', '["a list of texts"]', 'formData is not a JSON object'],
    ['without a company', { ...whole, companyName: undefined }, 'formData lacks companyName'],
    ['with an empty answer', { ...whole, useCases: '' }, 'formData lacks useCases'],
    ['with users as a number', { ...whole, intendedUsers: 1 }, 'formData lacks intendedUsers'],
    ['with users that are none', { ...whole, intendedUsers: '3' }, 'intendedUsers must be 0, 1 or 2'],
  ])('that is %s is refused', async (_what, form, message) => {
    const before = mock.state.useCaseForm;
    expect(await submit(form)).toBe(`ValidationException: ${message}`);
    expect(mock.state.useCaseForm).toBe(before);
  });

  it('that is whole is kept', async () => {
    expect(await submit(whole)).toBe('done');
    expect(JSON.parse(Buffer.from(mock.state.useCaseForm ?? '', 'base64').toString())).toStrictEqual(whole);
  });
});

describe('a conversation', () => {
  const user: Message = { role: 'user', content: [{ text: 'hello' }] };
  const converse = async (messages: Message[], inferenceConfig?: { maxTokens: number }) => {
    const client = new BedrockRuntimeClient(operatorClient(mock));
    const outcome = await outcomeOf(
      client.send(new ConverseCommand({ modelId: nova, messages, inferenceConfig })),
    );
    client.destroy();
    return outcome;
  };

  it.each([
    ['without a message', [], undefined, 'The value at messages is empty. Provide at least one message.'],
    [
      'that the model begins',
      [{ role: 'assistant', content: [{ text: 'hello' }] } satisfies Message],
      undefined,
      'A conversation must start with a user message. Try again with a conversation that starts with a user message.',
    ],
    [
      'for no word at all',
      [user],
      { maxTokens: 0 },
      "Value '0' at 'inferenceConfig.maxTokens' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ],
  ])('%s is refused', async (_what, messages, limits, message) => {
    expect(await converse(messages, limits)).toBe(`ValidationException: ${message}`);
  });

  it('has no bound where none is set', async () => {
    expect(await converse([user])).toBe('done');
  });

  it('is refused to an account that is not authorized for the model', async () => {
    mock.state.modelAccess[nova] = { agreement: 'AVAILABLE', authorized: false };
    expect(await converse([user])).toBe(
      "AccessDeniedException: You don't have access to the model with the specified model ID.",
    );
  });
});

describe('Service Quotas', () => {
  it('needs to know of which service', async () => {
    const client = new ServiceQuotasClient(operatorClient(mock));
    const list = new ListServiceQuotasCommand({ ServiceCode: undefined });
    expect(await outcomeOf(client.send(list))).toContain('ServiceCode must not be empty');
    client.destroy();
    const headers = { 'x-amz-target': 'ServiceQuotasV20190624.ListServiceQuotas' };
    const answer = await sendSigned(mock, 'servicequotas', { headers, body: '{"ServiceCode":7}' });
    expect(await answer.json()).toMatchObject({ __type: 'IllegalArgumentException' });
  });
});
