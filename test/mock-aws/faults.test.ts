import { BedrockClient, ListFoundationModelsCommand } from '@aws-sdk/client-bedrock';
import { DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { CreateInstanceProfileCommand, IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import {
  BedrockRuntimeClient,
  ConverseCommand,
  ConverseStreamCommand,
} from '@aws-sdk/client-bedrock-runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Fault, type MockAws, startMockAws } from '../../src/mock-aws/index.js';
import { callNames, operatorClient } from '../support/mock-aws.js';

let mock: MockAws;
beforeEach(async () => {
  mock = await startMockAws();
});
afterEach(() => mock.stop());

async function createProfile(maxAttempts = 1): Promise<string> {
  const iam = new IAMClient(operatorClient(mock, { maxAttempts }));
  try {
    await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: 'new' }), {
      abortSignal: AbortSignal.timeout(1500),
    });
    return 'ok';
  } catch (error) {
    return error instanceof Error ? ((error as { Code?: string }).Code ?? error.name) : String(error);
  } finally {
    iam.destroy();
  }
}

const wasMade = () => 'new' in mock.state.instanceProfiles;

describe('a fault', () => {
  it.each<[Fault['kind'], RegExp, boolean]>([
    ['throttle', /^Throttling$/, false],
    ['internal', /^ServiceFailure$/, false],
    ['unavailable', /^ServiceUnavailable$/, false],
    ['timeout', /^AbortError$/, false],
    ['drop-before', /^(?:Error|TimeoutError|ECONNRESET)$/, false],
    ['drop-after', /^(?:Error|TimeoutError|ECONNRESET)$/, true],
    ['access-denied', /^AccessDenied$/, false],
    ['expired-token', /^ExpiredToken$/, false],
    ['malformed-body', /Error/, true],
    ['clock-skew', /^SignatureDoesNotMatch$/, false],
    [{ status: 418, code: 'Teapot', message: 'short and stout' }, /^Teapot$/, false],
  ])('%j answers %s; the effect took place: %s', async (kind, error, effect) => {
    mock.settings.faults = [{ service: 'iam', operation: 'CreateInstanceProfile', kind }];
    expect(await createProfile()).toMatch(error);
    expect(wasMade()).toBe(effect);
    expect(callNames(mock)).toStrictEqual(['iam:CreateInstanceProfile']);
  });

  it('slow-body delivers the whole answer, late', async () => {
    mock.settings.faults = [{ kind: 'slow-body', milliseconds: 100 }];
    const started = Date.now();
    expect(await createProfile()).toBe('ok');
    expect(Date.now() - started).toBeGreaterThanOrEqual(200);
  });

  it('is over after the times it was set for, and the SDK’s retry succeeds', async () => {
    mock.settings.faults = [{ kind: 'unavailable', times: 1 }];
    expect(await createProfile(2)).toBe('ok');
    expect(mock.calls.map(({ status }) => status)).toStrictEqual([503, 200]);
  });

  it('clock-skew is corrected by the SDK, which learns AWS’s time from the refusal', async () => {
    mock.settings.faults = [{ kind: 'clock-skew' }];
    expect(await createProfile(2)).toBe('ok');
  });

  it('strikes only what it names', async () => {
    mock.settings.faults = [{ service: 'ec2', kind: 'throttle' }];
    const iam = new IAMClient(operatorClient(mock));
    await expect(iam.send(new ListRolesCommand({}))).resolves.toMatchObject({ IsTruncated: false });
    const ec2 = new EC2Client(operatorClient(mock));
    await expect(ec2.send(new DescribeInstancesCommand({}))).rejects.toMatchObject({
      name: 'RequestLimitExceeded',
    });
  });

  it('slows and spoils HTTP/2 answers too', async () => {
    const command = {
      modelId: 'us.amazon.nova-micro-v1:0',
      messages: [{ role: 'user' as const, content: [{ text: 'hi' }] }],
    };
    const runtime = new BedrockRuntimeClient(operatorClient(mock));
    mock.settings.faults = [
      { kind: 'slow-body', milliseconds: 50, times: 1 },
      { kind: 'malformed-body', times: 1 },
    ];
    await expect(runtime.send(new ConverseCommand(command))).resolves.toMatchObject({
      stopReason: 'end_turn',
    });
    await expect(runtime.send(new ConverseCommand(command))).rejects.toThrow(SyntaxError);
    runtime.destroy();
  });

  it('cuts an HTTP/2 connection too', async () => {
    mock.settings.faults = [{ service: 'bedrock-runtime', kind: 'drop-after', times: 1 }];
    const runtime = new BedrockRuntimeClient(operatorClient(mock));
    const command = {
      modelId: 'us.amazon.nova-micro-v1:0',
      messages: [{ role: 'user' as const, content: [{ text: 'hi' }] }],
    };
    await expect(runtime.send(new ConverseCommand(command))).rejects.toThrow(Error);
    await expect(runtime.send(new ConverseCommand(command))).resolves.toMatchObject({
      stopReason: 'end_turn',
    });
    runtime.destroy();
  });

  it('of a model is answered in place of a message, or inside the stream', async () => {
    const modelId = 'us.amazon.nova-micro-v1:0';
    const fault = {
      status: 429,
      name: 'ThrottlingException',
      message: 'Too many tokens per day, please wait.',
    };
    const messages = [{ role: 'user' as const, content: [{ text: 'hi' }] }];
    const runtime = new BedrockRuntimeClient(operatorClient(mock));
    mock.settings.modelFaults = { [modelId]: fault };
    await expect(runtime.send(new ConverseCommand({ modelId, messages }))).rejects.toMatchObject({
      name: fault.name,
      message: fault.message,
      $metadata: { httpStatusCode: 429 },
    });
    mock.settings.modelFaults = { [modelId]: { ...fault, midStream: true } };
    const { stream } = await runtime.send(new ConverseStreamCommand({ modelId, messages }));
    const seen: string[] = [];
    await expect(async () => {
      for await (const event of stream ?? []) seen.push(...Object.keys(event));
    }).rejects.toMatchObject({ name: 'ThrottlingException' });
    expect(seen).toStrictEqual(['messageStart']);
    runtime.destroy();
  });
});

describe('the server', () => {
  it('adds the latency to every answer', async () => {
    mock.settings.latencyMilliseconds = 120;
    const started = Date.now();
    await new BedrockClient(operatorClient(mock)).send(new ListFoundationModelsCommand({}));
    expect(Date.now() - started).toBeGreaterThanOrEqual(115);
  });

  it('refuses a body beyond 4 MiB and a request that is no operation', async () => {
    const body = 'x'.repeat(5 * 1024 * 1024);
    expect((await fetch(mock.url, { method: 'POST', body })).status).toBe(413);
    expect((await fetch(`${mock.url}/elsewhere`)).status).toBe(404);
  });

  it('stops at once although an answer is outstanding', async () => {
    mock.settings.faults = [{ kind: 'timeout' }];
    const outstanding = fetch(`${mock.url}/foundation-models`).catch(() => 'cut');
    await expect.poll(() => mock.calls.length).toBe(1);
    const started = Date.now();
    await mock.stop();
    expect(await outstanding).toBe('cut');
    expect(Date.now() - started).toBeLessThan(500);
  });

  it('serves many instances in pages of a thousand', async () => {
    const instances = Array.from({ length: 2500 }, (_, index) => ({
      instanceId: `i-${index.toString(16).padStart(17, '0')}`,
    }));
    const large = await startMockAws({ instances });
    const ec2 = new EC2Client(operatorClient(large));
    const sizes: number[] = [];
    let NextToken: string | undefined;
    do {
      const page = await ec2.send(new DescribeInstancesCommand({ MaxResults: 1000, NextToken }));
      sizes.push(page.Reservations?.flatMap((group) => group.Instances ?? []).length ?? 0);
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    await large.stop();
    expect(sizes).toStrictEqual([1000, 1000, 500]);
  });
});
