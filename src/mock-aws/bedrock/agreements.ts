import { AwsError } from '../errors.js';
import { jsonReply } from '../http/reply.js';
import { parseJson } from '../policy/document.js';
import { isRecord } from '../record.js';
import type { RestInput, RestOperation } from '../rest/rest-service.js';
import type { Context } from '../service.js';
import { modelAccess, needsAgreement, subscribe } from './model-access.js';
import { requireModel } from './models.js';
import { rateCard } from './rate-card.js';

const LEGAL_URL = 'https://aws.amazon.com/legal/bedrock/third-party-models/';

/** The operations on access to models: availability, offers, agreements. */
export const agreementOperations: Readonly<Record<string, RestOperation>> = {
  GetFoundationModelAvailability: {
    method: 'GET',
    path: /^\/foundation-model-availability\/([^/]+)$/,
    mutating: false,
    run: ({ parameter }, context) => {
      const model = requireModel(parameter, context);
      const { agreement, authorized } = modelAccess(model, context);
      return jsonReply(200, {
        modelId: model.modelId,
        agreementAvailability: { status: agreement },
        authorizationStatus: authorized ? 'AUTHORIZED' : 'NOT_AUTHORIZED',
        entitlementAvailability: agreement === 'AVAILABLE' ? 'AVAILABLE' : 'NOT_AVAILABLE',
        regionAvailability: 'AVAILABLE',
      });
    },
  },
  ListFoundationModelAgreementOffers: {
    method: 'GET',
    path: /^\/list-foundation-model-agreement-offers\/([^/]+)$/,
    mutating: false,
    run: ({ parameter }, context) => {
      const model = requireModel(parameter, context);
      if (!needsAgreement(model))
        throw new AwsError('ValidationException', 'Agreement not supported for this model.');
      return jsonReply(200, { modelId: model.modelId, offers: [offer(model.modelId)] });
    },
  },
  CreateFoundationModelAgreement: {
    method: 'POST',
    path: /^\/create-foundation-model-agreement$/,
    mutating: true,
    run: createAgreement,
  },
};

function createAgreement({ body }: RestInput, context: Context) {
  const input = parseJson(body.toString());
  const modelId = isRecord(input) ? input['modelId'] : undefined;
  const model = requireModel(typeof modelId === 'string' ? modelId : '', context);
  if (!isRecord(input) || input['offerToken'] !== offer(model.modelId).offerToken) {
    throw new AwsError('ValidationException', 'The provided offer token is invalid.');
  }
  if (modelAccess(model, context).agreement === 'AVAILABLE') {
    throw new AwsError('ConflictException', 'An agreement already exists for this model.');
  }
  subscribe(model, context);
  return jsonReply(202, { modelId: model.modelId });
}

function offer(modelId: string) {
  return {
    offerId: 'offer-mock',
    offerToken: Buffer.from(`offer:${modelId}`).toString('base64'),
    termDetails: {
      usageBasedPricingTerm: { rateCard: rateCard(modelId) },
      legalTerm: { url: LEGAL_URL },
      supportTerm: { refundPolicyDescription: 'No refunds' },
    },
  };
}
