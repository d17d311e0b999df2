import type { BedrockRuntimeClient, ConverseCommandInput } from '@aws-sdk/client-bedrock-runtime';
import type { ModelAnswer } from '../../ports/gateway-probe.js';

/** The smallest question that shows that a model answers: a few tokens in, 16 at most out. */
function question(modelId: string): ConverseCommandInput {
  return {
    modelId,
    messages: [{ role: 'user', content: [{ text: 'Answer with the word: ready' }] }],
    inferenceConfig: { maxTokens: 16 },
  };
}

/** One Converse call. */
export async function converse(
  client: BedrockRuntimeClient,
  modelId: string,
  abortSignal: AbortSignal,
): Promise<ModelAnswer> {
  const { ConverseCommand } = await import('@aws-sdk/client-bedrock-runtime');
  const { output, usage, stopReason } = await client.send(new ConverseCommand(question(modelId)), {
    abortSignal,
  });
  const text = (output?.message?.content ?? []).map((block) => block.text ?? '').join('');
  return {
    text,
    inputTokens: usage?.inputTokens ?? 0,
    outputTokens: usage?.outputTokens ?? 0,
    stopReason: stopReason ?? '',
  };
}

/** One ConverseStream call, read to its end. What fails inside the stream is thrown like any other error. */
export async function converseStream(
  client: BedrockRuntimeClient,
  modelId: string,
  abortSignal: AbortSignal,
): Promise<ModelAnswer> {
  const { ConverseStreamCommand } = await import('@aws-sdk/client-bedrock-runtime');
  const { stream } = await client.send(new ConverseStreamCommand(question(modelId)), { abortSignal });
  const answer = { text: '', inputTokens: 0, outputTokens: 0, stopReason: '' };
  for await (const event of stream ?? []) {
    abortSignal.throwIfAborted();
    answer.text += event.contentBlockDelta?.delta?.text ?? '';
    answer.stopReason = event.messageStop?.stopReason ?? answer.stopReason;
    answer.inputTokens = event.metadata?.usage?.inputTokens ?? answer.inputTokens;
    answer.outputTokens = event.metadata?.usage?.outputTokens ?? answer.outputTokens;
  }
  return answer;
}
