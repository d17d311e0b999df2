import { AwsError } from '../errors.js';
import { parseJson } from '../policy/document.js';
import { isRecord } from '../record.js';
import type { Context } from '../service.js';

/** What a model says, cut off at the request's `maxTokens`. */
export interface Answer {
  readonly text: string;
  readonly stopReason: 'end_turn' | 'max_tokens';
  readonly usage: {
    readonly inputTokens: number;
    readonly outputTokens: number;
    readonly totalTokens: number;
  };
}

/**
 * Answers a Converse request with the configured text; a word counts as a token. Throws `ValidationException` for a body
 * that is no conversation.
 */
export function answerConversation(body: Buffer, context: Context): Answer {
  const input = parseJson(body.toString());
  if (!isRecord(input)) throw new AwsError('ValidationException', 'The request body is not valid JSON.');
  const messages: unknown = input['messages'];
  if (!Array.isArray(messages) || messages.length === 0) {
    throw new AwsError(
      'ValidationException',
      'The value at messages is empty. Provide at least one message.',
    );
  }
  if (!isRecord(messages[0]) || messages[0]['role'] !== 'user') {
    throw new AwsError(
      'ValidationException',
      'A conversation must start with a user message. Try again with a conversation that starts with a user message.',
    );
  }
  const words = context.settings.modelAnswer.split(' ');
  const limit = maximumTokens(input);
  const text = words.slice(0, limit).join(' ');
  const inputTokens = Math.max(1, Math.ceil(JSON.stringify(messages).length / 8));
  const outputTokens = Math.min(words.length, limit);
  return {
    text,
    stopReason: words.length > limit ? 'max_tokens' : 'end_turn',
    usage: { inputTokens, outputTokens, totalTokens: inputTokens + outputTokens },
  };
}

function maximumTokens(input: Record<string, unknown>): number {
  const config = input['inferenceConfig'];
  const maximum = isRecord(config) ? config['maxTokens'] : undefined;
  if (maximum === undefined) return Number.MAX_SAFE_INTEGER;
  if (typeof maximum === 'number' && Number.isInteger(maximum) && maximum >= 1) return maximum;
  throw new AwsError(
    'ValidationException',
    `Value '${JSON.stringify(maximum)}' at 'inferenceConfig.maxTokens' failed to satisfy constraint: Member must have value greater than or equal to 1`,
  );
}
