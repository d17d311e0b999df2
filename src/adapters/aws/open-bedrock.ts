import type { BedrockClientConfig } from '@aws-sdk/client-bedrock';
import { BedrockClient } from '@aws-sdk/client-bedrock';
import type { BedrockReader } from '../../ports/bedrock.js';
import type { ModelAccessWriter } from '../../ports/model-access.js';
import { makeBedrockReader } from './bedrock.js';
import type { Guard } from './middleware.js';
import { makeModelAccess } from './model-access.js';

/** Bedrock's control plane, for looking at models and for obtaining access to them. */
export interface BedrockPorts {
  readonly bedrock: BedrockReader;
  readonly modelAccess: ModelAccessWriter;
}

/** Bedrock's control plane through the SDK. Errors are the SDK's own. */
export function openBedrock(settings: BedrockClientConfig, guard: Guard): BedrockPorts {
  const client = new BedrockClient(settings);
  guard(client);
  return { bedrock: makeBedrockReader(client), modelAccess: makeModelAccess(client) };
}
