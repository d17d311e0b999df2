/** What is known of a model beyond what Bedrock's API tells. Tokens. */
export interface KnownModel {
  readonly contextWindow: number;
  /** Most tokens of one answer; `null` where no source was found. */
  readonly maxOutput: number | null;
  /** Whether it can think before it answers; `null` where no source was found. */
  readonly reasoning: boolean | null;
}

const k = 1000;
const million = 1_000_000;

function limits(contextWindow: number, maxOutput: number | null, reasoning: boolean | null): KnownModel {
  return { contextWindow, maxOutput, reasoning };
}

/**
 * Limits by the beginning of a model's id. Bedrock's API does not tell them. Sources: the model cards of the Amazon Bedrock
 * User Guide ("Context window", "Max output tokens", "Reasoning") and the Claude documentation ("Models overview"); where
 * there is a context window only, the table of known context windows in OpenClaw's Bedrock plug-in.
 */
const known: Readonly<Record<string, KnownModel>> = {
  'anthropic.claude-fable-5': limits(million, 128 * k, true),
  'anthropic.claude-opus-5': limits(million, 128 * k, true),
  'anthropic.claude-sonnet-5': limits(million, 128 * k, true),
  'anthropic.claude-haiku-5-5': limits(million, 128 * k, true),
  'anthropic.claude-opus-4-7': limits(million, 128 * k, true),
  'anthropic.claude-opus-4-6': limits(million, 128 * k, true),
  'anthropic.claude-sonnet-4-6': limits(million, 128 * k, true),
  'anthropic.claude-opus-4-5': limits(200 * k, 64 * k, true),
  'anthropic.claude-sonnet-4-5': limits(200 * k, 64 * k, true),
  'anthropic.claude-haiku-4-5': limits(200 * k, 64 * k, true),
  'anthropic.claude-opus-4-1': limits(200 * k, 32 * k, true),
  'anthropic.claude-sonnet-4-2': limits(200 * k, 64 * k, true),
  'anthropic.claude-3-7-sonnet': limits(200 * k, 64 * k, true),
  'anthropic.claude-3-5-haiku': limits(200 * k, 8 * k, false),
  'anthropic.claude-3-haiku': limits(200 * k, 4 * k, false),
  'amazon.nova-premier': limits(million, null, null),
  'amazon.nova-pro': limits(300 * k, 5 * k, false),
  'amazon.nova-lite': limits(300 * k, 5 * k, false),
  'amazon.nova-micro': limits(128 * k, 5 * k, false),
  'amazon.nova-2-lite': limits(million, null, true),
  'openai.gpt-oss-': limits(128 * k, null, true),
  'meta.llama4-maverick': limits(million, 8 * k, false),
  'meta.llama4-scout': limits(512 * k, null, false),
  'meta.llama3-3-70b': limits(128 * k, null, false),
  'meta.llama3-2-': limits(128 * k, null, false),
  'meta.llama3-1-': limits(128 * k, null, false),
  'deepseek.r1': limits(128 * k, null, true),
  'deepseek.v3.2': limits(128 * k, null, null),
  'mistral.mistral-large-3': limits(128 * k, null, null),
  'mistral.mistral-large-2407': limits(128 * k, null, false),
  'mistral.mistral-small-2402': limits(32 * k, null, false),
  'qwen.qwen3-coder': limits(256 * k, null, null),
  'qwen.qwen3-32b': limits(128 * k, null, null),
  'qwen.qwen3-vl-235b': limits(128 * k, null, null),
  'cohere.command-r': limits(128 * k, null, false),
  'ai21.jamba-1-5-': limits(256 * k, null, false),
  'google.gemma-3-': limits(128 * k, null, false),
  'nvidia.nemotron-super-3': limits(256 * k, null, null),
  'nvidia.nemotron-nano-': limits(128 * k, null, null),
  'zai.glm-': limits(128 * k, null, null),
};

/** What is known of a foundation model, by its id without a geography; `null` where nothing is. */
export function knownModel(modelId: string): KnownModel | null {
  const prefix = Object.keys(known).find((start) => modelId.startsWith(start));
  return prefix === undefined ? null : (known[prefix] ?? null);
}

/** A number of tokens in words: `200K`, `1M`. */
export function tokens(count: number): string {
  return count >= million ? `${count / million}M` : `${count / k}K`;
}
