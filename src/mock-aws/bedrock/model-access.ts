import type { Context } from '../service.js';
import type { ModelAccess } from '../state.js';
import type { FoundationModel } from './catalogue.js';

// Providers whose models need no AWS Marketplace subscription:
// https://repost.aws/knowledge-center/bedrock-resolve-marketplace-permission
const WITHOUT_MARKETPLACE = ['Amazon', 'DeepSeek', 'Mistral AI', 'Meta', 'Qwen', 'OpenAI'];

/** Whether a model is sold through AWS Marketplace, so that an agreement is needed. */
export function needsAgreement(model: FoundationModel): boolean {
  return !WITHOUT_MARKETPLACE.includes(model.provider);
}

/** The account's access to a model; a pending agreement becomes available once its time has passed. */
export function modelAccess(model: FoundationModel, context: Context): ModelAccess {
  const access = context.state.modelAccess[model.modelId];
  if (access === undefined) return { agreement: 'AVAILABLE', authorized: true };
  const { agreement, agreementRequestedAt } = access;
  const waited = agreementRequestedAt === undefined ? -1 : context.now() - agreementRequestedAt;
  if (agreement === 'PENDING' && waited >= context.settings.propagation.agreementMilliseconds) {
    access.agreement = 'AVAILABLE';
  }
  return access;
}

/** Begins a subscription, as the first call of an entitled caller or CreateFoundationModelAgreement does. */
export function subscribe(model: FoundationModel, context: Context): void {
  context.state.modelAccess[model.modelId] = {
    agreement: 'PENDING',
    authorized: true,
    agreementRequestedAt: context.now(),
  };
}
