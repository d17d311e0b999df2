import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { describe, expect, it } from 'vitest';
import { converse, converseStream } from '../../../src/adapters/probe/conversation.js';

describe('a question to a model', () => {
  it('asks for 16 tokens at most, in one piece and as a stream', async () => {
    const inputs: unknown[] = [];
    const send = ({ input }: { readonly input: unknown }): Promise<object> => {
      inputs.push(input);
      return Promise.resolve({});
    };
    const client = { send } as unknown as BedrockRuntimeClient;
    const { signal } = new AbortController();
    await converse(client, 'a-model', signal);
    await converseStream(client, 'a-model', signal);
    expect(inputs).toEqual([
      expect.objectContaining({ modelId: 'a-model', inferenceConfig: { maxTokens: 16 } }),
      expect.objectContaining({ modelId: 'a-model', inferenceConfig: { maxTokens: 16 } }),
    ]);
  });
});
