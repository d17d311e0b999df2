import {
  CreateFoundationModelAgreementCommand,
  GetFoundationModelAvailabilityCommand,
  GetUseCaseForModelAccessCommand,
  ListFoundationModelAgreementOffersCommand,
  PutUseCaseForModelAccessCommand,
} from '@aws-sdk/client-bedrock';
import type { BedrockClient } from '@aws-sdk/client-bedrock';
import { errorMessage } from '../../core/errors.js';
import type { AgreementOffer, ModelAccessWriter } from '../../ports/model-access.js';
import { orNull } from './absent.js';

async function listOffers(client: BedrockClient, modelId: string): Promise<readonly AgreementOffer[]> {
  const input = { modelId, offerType: 'PUBLIC' } as const;
  const { offers } = await client.send(new ListFoundationModelAgreementOffersCommand(input));
  return (offers ?? []).flatMap(({ offerToken: token, termDetails }) => {
    if (token === undefined) return [];
    const card = termDetails?.usageBasedPricingTerm?.rateCard ?? [];
    const rates = card.map(({ dimension = '', price = '', unit = '' }) => ({ dimension, price, unit }));
    return [{ token, rates, terms: termDetails?.legalTerm?.url ?? null }];
  });
}

/**
 * Access to Bedrock's models through the SDK. A form that was never submitted is `ResourceNotFoundException`; offers for a model
 * that AWS itself bills are refused with a `ValidationException`, "Agreement not supported for this model".
 */
export function makeModelAccess(client: BedrockClient): ModelAccessWriter {
  return {
    async modelAvailability(modelId) {
      const answer = await client.send(new GetFoundationModelAvailabilityCommand({ modelId }));
      return {
        agreement: answer.agreementAvailability?.status ?? 'NOT_AVAILABLE',
        authorized: answer.authorizationStatus === 'AUTHORIZED',
        entitled: answer.entitlementAvailability === 'AVAILABLE',
        inRegion: answer.regionAvailability === 'AVAILABLE',
      };
    },
    async hasUseCase() {
      const ask = async (): Promise<boolean> => {
        const { formData } = await client.send(new GetUseCaseForModelAccessCommand({}));
        return formData !== undefined && formData.length > 0;
      };
      return (await orNull(ask, 'ResourceNotFound')) ?? false;
    },
    async agreementOffers(modelId) {
      try {
        return await listOffers(client, modelId);
      } catch (error) {
        if (/agreement not supported/iu.test(errorMessage(error))) return null;
        throw error;
      }
    },
    async submitUseCase(form) {
      await client.send(new PutUseCaseForModelAccessCommand({ formData: new TextEncoder().encode(form) }));
    },
    async acceptAgreement(modelId, offerToken) {
      await client.send(new CreateFoundationModelAgreementCommand({ modelId, offerToken }));
    },
  };
}
