import type { BedrockReader } from '../../ports/bedrock.js';
import type { ModelAccessWriter } from '../../ports/model-access.js';
import type { BedrockPorts } from './open-bedrock.js';

/** Bedrock's control plane over a client that is loaded at the first question: few runs ask for models. */
export function bedrockLater(open: () => Promise<BedrockPorts>): BedrockPorts {
  const bedrock = async (): Promise<BedrockReader> => (await open()).bedrock;
  const access = async (): Promise<ModelAccessWriter> => (await open()).modelAccess;
  return {
    bedrock: {
      listFoundationModels: async () => (await bedrock()).listFoundationModels(),
      listInferenceProfiles: async () => (await bedrock()).listInferenceProfiles(),
    },
    modelAccess: {
      modelAvailability: async (modelId) => (await access()).modelAvailability(modelId),
      hasUseCase: async () => (await access()).hasUseCase(),
      agreementOffers: async (modelId) => (await access()).agreementOffers(modelId),
      submitUseCase: async (form) => (await access()).submitUseCase(form),
      acceptAgreement: async (modelId, token) => (await access()).acceptAgreement(modelId, token),
    },
  };
}
