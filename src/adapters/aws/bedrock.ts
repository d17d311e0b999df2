import { ListFoundationModelsCommand, ListInferenceProfilesCommand } from '@aws-sdk/client-bedrock';
import type {
  BedrockClient,
  FoundationModelSummary,
  InferenceProfileSummary,
  InferenceProfileType,
} from '@aws-sdk/client-bedrock';
import type { BedrockReader, FoundationModel, InferenceProfile } from '../../ports/bedrock.js';
import { allPages } from './pages.js';

/** Bedrock's control plane through the SDK. Errors are the SDK's own. */
export function makeBedrockReader(client: BedrockClient): BedrockReader {
  return {
    async listFoundationModels() {
      const { modelSummaries } = await client.send(new ListFoundationModelsCommand({}));
      return (modelSummaries ?? []).map(modelOf);
    },
    // Without a type the answer has the system-defined ones alone (aws/aws-cli#9728).
    listInferenceProfiles: async () =>
      (await Promise.all([profilesOf(client, 'SYSTEM_DEFINED'), profilesOf(client, 'APPLICATION')])).flat(),
  };
}

async function profilesOf(
  client: BedrockClient,
  typeEquals: InferenceProfileType,
): Promise<readonly InferenceProfile[]> {
  return allPages(async (nextToken) => {
    const page = await client.send(
      new ListInferenceProfilesCommand({ maxResults: 1000, nextToken, typeEquals }),
    );
    return { items: (page.inferenceProfileSummaries ?? []).map(profileOf), next: page.nextToken };
  });
}

/** Live answers hold inference types that the SDK's model does not know (`INFERENCE_PROFILE`): only one matters. */
function modelOf(model: FoundationModelSummary): FoundationModel {
  const { modelId = '', modelArn = '', modelLifecycle } = model;
  return {
    id: modelId,
    arn: modelArn,
    name: model.modelName ?? modelId,
    provider: model.providerName ?? '',
    input: model.inputModalities ?? [],
    output: model.outputModalities ?? [],
    streaming: model.responseStreamingSupported === true,
    onDemand: (model.inferenceTypesSupported ?? []).includes('ON_DEMAND'),
    lifecycle: modelLifecycle?.status === 'LEGACY' ? 'LEGACY' : 'ACTIVE',
    endOfLife: modelLifecycle?.endOfLifeTime?.toISOString() ?? null,
  };
}

function profileOf(profile: InferenceProfileSummary): InferenceProfile {
  const { inferenceProfileId: id = '', inferenceProfileArn: arn = '' } = profile;
  return {
    id,
    arn,
    name: profile.inferenceProfileName ?? id,
    active: profile.status === 'ACTIVE',
    systemDefined: profile.type === 'SYSTEM_DEFINED',
    modelArns: (profile.models ?? []).flatMap(({ modelArn }) => modelArn ?? []),
  };
}
