import {
  BedrockClient,
  CreateFoundationModelAgreementCommand,
  GetFoundationModelAvailabilityCommand,
  GetInferenceProfileCommand,
  GetUseCaseForModelAccessCommand,
  ListFoundationModelAgreementOffersCommand,
  ListFoundationModelsCommand,
  ListInferenceProfilesCommand,
  PutUseCaseForModelAccessCommand,
} from '@aws-sdk/client-bedrock';
import { BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type MockAws, startMockAws } from '../../src/mock-aws/index.js';
import { operatorClient } from '../support/mock-aws.js';

const CLAUDE = 'anthropic.claude-sonnet-4-6';
let mock: MockAws;
beforeEach(async () => {
  mock = await startMockAws();
});
afterEach(() => mock.stop());

const control = (region = 'us-east-1') => new BedrockClient(operatorClient(mock, { region }));

async function converse(modelId: string, region = 'us-east-1', maxTokens = 512): Promise<string> {
  const client = new BedrockRuntimeClient(operatorClient(mock, { region }));
  const messages = [{ role: 'user' as const, content: [{ text: 'hello' }] }];
  try {
    const answer = await client.send(
      new ConverseCommand({ modelId, messages, inferenceConfig: { maxTokens } }),
    );
    return answer.stopReason ?? '';
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  } finally {
    client.destroy();
  }
}

describe('inference profiles', () => {
  it.each([
    ['us-east-1', ['us', 'global']],
    ['eu-west-1', ['eu', 'global']],
    ['ap-northeast-1', ['apac', 'jp', 'global']],
    ['us-gov-west-1', ['us-gov']],
  ])('of %s begin with %j', async (region, prefixes) => {
    const answer = await control(region).send(
      new ListInferenceProfilesCommand({ typeEquals: 'SYSTEM_DEFINED' }),
    );
    const found = answer.inferenceProfileSummaries?.map(
      ({ inferenceProfileId }) => inferenceProfileId?.split('.')[0],
    );
    expect(new Set(found)).toStrictEqual(new Set(prefixes));
  });

  it('come in pages', async () => {
    const all = await control().send(new ListInferenceProfilesCommand({}));
    const ids: unknown[] = [];
    let nextToken: string | undefined;
    do {
      const page = await control().send(new ListInferenceProfilesCommand({ maxResults: 4, nextToken }));
      ids.push(...(page.inferenceProfileSummaries ?? []).map((profile) => profile.inferenceProfileId));
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    expect(ids).toStrictEqual(all.inferenceProfileSummaries?.map((profile) => profile.inferenceProfileId));
  });

  it('tell where they route to', async () => {
    const arns = async (inferenceProfileIdentifier: string) => {
      const answer = await control().send(new GetInferenceProfileCommand({ inferenceProfileIdentifier }));
      return answer.models?.map(({ modelArn }) => modelArn);
    };
    expect(await arns(`us.${CLAUDE}`)).toStrictEqual(
      ['us-east-1', 'us-east-2', 'us-west-2'].map(
        (region) => `arn:aws:bedrock:${region}::foundation-model/${CLAUDE}`,
      ),
    );
    expect(await arns(`global.${CLAUDE}`)).toStrictEqual([
      `arn:aws:bedrock:us-east-1::foundation-model/${CLAUDE}`,
      `arn:aws:bedrock:::foundation-model/${CLAUDE}`,
    ]);
  });
});

describe('foundation models', () => {
  it('say how they are reached in this region', async () => {
    const types = async (region: string) => {
      const answer = await control(region).send(new ListFoundationModelsCommand({}));
      return Object.fromEntries(
        (answer.modelSummaries ?? []).map((model) => [
          model.modelId,
          model.inferenceTypesSupported?.map(String),
        ]),
      );
    };
    expect(await types('us-east-1')).toMatchObject({
      'amazon.nova-micro-v1:0': ['ON_DEMAND', 'INFERENCE_PROFILE'],
      [CLAUDE]: ['INFERENCE_PROFILE'],
      'amazon.titan-embed-text-v2:0': ['ON_DEMAND'],
    });
    expect(await types('us-west-2')).toMatchObject({ 'amazon.nova-micro-v1:0': ['INFERENCE_PROFILE'] });
  });

  it.each([
    ['amazon.nova-micro-v1:0', 'us-east-1', 'end_turn'],
    [
      'amazon.nova-micro-v1:0',
      'us-west-2',
      'ValidationException: Invocation of model ID amazon.nova-micro-v1:0 with on-demand throughput isn’t supported. ' +
        'Retry your request with the ID or ARN of an inference profile that contains this model.',
    ],
    [
      'us.anthropic.claude-opus-4-6-v1:0',
      'us-east-1',
      'ValidationException: The provided model identifier is invalid.',
    ],
    [`eu.${CLAUDE}`, 'us-east-1', 'ValidationException: The provided model identifier is invalid.'],
    [
      'us.anthropic.claude-3-5-sonnet-20240620-v1:0',
      'us-east-1',
      'ResourceNotFoundException: Access denied. This Model is marked by provider as Legacy and you have not been ' +
        'actively using the model in the last 30 days. Please upgrade to an active model on Amazon Bedrock',
    ],
    [
      'amazon.titan-embed-text-v2:0',
      'us-east-1',
      "ValidationException: This action doesn't support the model that you provided.",
    ],
  ])('%s in %s answers a conversation with %s', async (modelId, region, answer) => {
    expect(await converse(modelId, region)).toBe(answer);
  });

  it('stop at the tokens that they are allowed', async () => {
    expect(await converse('us.amazon.nova-micro-v1:0', 'us-east-1', 2)).toBe('max_tokens');
  });
});

describe('access to third-party models', () => {
  it('waits for Anthropic’s form', async () => {
    mock.state.useCaseForm = undefined;
    await expect(control().send(new GetUseCaseForModelAccessCommand({}))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    expect(await converse(`us.${CLAUDE}`)).toContain(
      'Model use case details have not been submitted for this account.',
    );
    const form = {
      companyName: 'A',
      companyWebsite: 'https://a.example',
      industryOption: 'B',
      useCases: 'C',
    };
    const submit = (intendedUsers: string) =>
      control().send(
        new PutUseCaseForModelAccessCommand({
          formData: Buffer.from(JSON.stringify({ ...form, intendedUsers })),
        }),
      );
    await expect(submit('internal')).rejects.toMatchObject({ name: 'ValidationException' });
    await submit('0');
    const kept = await control().send(new GetUseCaseForModelAccessCommand({}));
    expect(JSON.parse(Buffer.from(kept.formData ?? []).toString())).toMatchObject({ companyName: 'A' });
    expect(await converse(`us.${CLAUDE}`)).toBe('end_turn');
  });

  it('is had by an agreement, after a while', async () => {
    let now = Date.now();
    mock.settings.now = () => now;
    mock.settings.propagation.agreementMilliseconds = 60_000;
    mock.settings.deny = ['aws-marketplace:*'];
    mock.state.modelAccess[CLAUDE] = { agreement: 'NOT_AVAILABLE', authorized: true };
    const status = async () => {
      const answer = await control().send(new GetFoundationModelAvailabilityCommand({ modelId: CLAUDE }));
      return answer.agreementAvailability?.status;
    };
    expect(await status()).toBe('NOT_AVAILABLE');
    expect(await converse(`us.${CLAUDE}`)).toContain(
      '(aws-marketplace:ViewSubscriptions, aws-marketplace:Subscribe)',
    );

    const { offers } = await control().send(
      new ListFoundationModelAgreementOffersCommand({ modelId: CLAUDE }),
    );
    const offerToken = offers?.[0]?.offerToken;
    await control().send(new CreateFoundationModelAgreementCommand({ modelId: CLAUDE, offerToken }));
    expect(await status()).toBe('PENDING');
    expect(await converse(`us.${CLAUDE}`)).toContain('is still being processed');
    now += 60_000;
    expect(await status()).toBe('AVAILABLE');
    expect(await converse(`us.${CLAUDE}`)).toBe('end_turn');
  });

  it('is begun by the first call of a caller who may subscribe', async () => {
    mock.state.modelAccess[CLAUDE] = { agreement: 'NOT_AVAILABLE', authorized: true };
    expect(await converse(`us.${CLAUDE}`)).toBe('end_turn');
    expect(mock.state.modelAccess[CLAUDE].agreement).toBe('PENDING');
  });
});
