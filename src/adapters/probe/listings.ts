import type { BedrockClient } from '@aws-sdk/client-bedrock';
import type { BedrockReader, FoundationModel, InferenceProfile } from '../../ports/bedrock.js';
import { makeBedrockReader } from '../aws/bedrock.js';

/** The list, or the signal's reason as soon as it aborts. */
async function bounded<Value>(
  client: BedrockClient,
  signal: AbortSignal,
  list: (reader: BedrockReader) => Promise<Value>,
): Promise<Value> {
  signal.throwIfAborted();
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
  return Promise.race([list(makeBedrockReader(client)), aborted]);
}

/** ListFoundationModels. Rejects with the SDK's own errors. */
export async function listFoundationModels(
  client: BedrockClient,
  signal: AbortSignal,
): Promise<readonly FoundationModel[]> {
  return bounded(client, signal, (reader) => reader.listFoundationModels());
}

/** ListInferenceProfiles, all pages. Rejects with the SDK's own errors. */
export async function listInferenceProfiles(
  client: BedrockClient,
  signal: AbortSignal,
): Promise<readonly InferenceProfile[]> {
  return bounded(client, signal, (reader) => reader.listInferenceProfiles());
}
