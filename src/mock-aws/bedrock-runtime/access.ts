import { decide } from '../authorisation.js';
import type { FoundationModel } from '../bedrock/catalogue.js';
import { modelAccess, needsAgreement, subscribe } from '../bedrock/model-access.js';
import { AwsError } from '../errors.js';
import type { Context } from '../service.js';

const MARKETPLACE_ACTIONS = ['aws-marketplace:ViewSubscriptions', 'aws-marketplace:Subscribe'];

/**
 * Throws what Bedrock answers when the account has no access to a model: a legacy model that was not in use, Anthropic's
 * form not handed in, no subscription and no right to make one, or one that is still being made. A caller with the right
 * to subscribe starts the subscription by calling
 * (https://docs.aws.amazon.com/bedrock/latest/userguide/model-access.html).
 */
export function requireAccess(model: FoundationModel, context: Context): void {
  if (model.endOfLife !== undefined) throw legacy();
  if (model.provider === 'Anthropic' && context.state.useCaseForm === undefined) throw formMissing();
  const { agreement, authorized } = modelAccess(model, context);
  if (!authorized) {
    throw new AwsError(
      'AccessDeniedException',
      "You don't have access to the model with the specified model ID.",
      403,
    );
  }
  if (!needsAgreement(model) || agreement === 'AVAILABLE') return;
  if (agreement === 'PENDING') throw subscriptionPending();
  if (!maySubscribe(context)) throw marketplaceDenied();
  subscribe(model, context);
}

function maySubscribe(context: Context): boolean {
  const keys = { 'aws:CalledViaLast': 'bedrock.amazonaws.com' };
  return MARKETPLACE_ACTIONS.every((action) => decide(context, action, '*', keys).allowed);
}

function legacy(): AwsError {
  return new AwsError(
    'ResourceNotFoundException',
    'Access denied. This Model is marked by provider as Legacy and you have not been actively using the model ' +
      'in the last 30 days. Please upgrade to an active model on Amazon Bedrock',
    404,
  );
}

function formMissing(): AwsError {
  return new AwsError(
    'ResourceNotFoundException',
    'Model use case details have not been submitted for this account. Fill out the Anthropic use case details form ' +
      'before using the model. If you have already filled out the form, try again in 15 minutes.',
    404,
  );
}

function subscriptionPending(): AwsError {
  return new AwsError(
    'AccessDeniedException',
    'Access denied. Your AWS Marketplace subscription for the model is still being processed.',
    403,
  );
}

function marketplaceDenied(): AwsError {
  return new AwsError(
    'AccessDeniedException',
    'Model access is denied due to IAM user or service role is not authorized to perform the required AWS Marketplace ' +
      'actions (aws-marketplace:ViewSubscriptions, aws-marketplace:Subscribe) to enable access to this model. Refer to ' +
      'the Amazon Bedrock documentation for further details. Your AWS Marketplace subscription for this model cannot be ' +
      'completed at this time. If you recently fixed this issue, try again after 2 minutes.',
    403,
  );
}
