import { authorise } from '../authorisation.js';
import type { FoundationModel } from '../bedrock/catalogue.js';
import { bedrockErrors } from '../bedrock/errors.js';
import { findProfile, type InferenceProfile } from '../bedrock/inference-profiles.js';
import { modelArn, requireModel } from '../bedrock/models.js';
import { AwsError } from '../errors.js';
import type { Context } from '../service.js';

/** The actions behind Converse and ConverseStream; there is no `bedrock:Converse`. */
export type InvokeAction = 'bedrock:InvokeModel' | 'bedrock:InvokeModelWithResponseStream';

/** What a model identifier stands for here. */
export interface Target {
  /** As the caller gave it. */
  readonly identifier: string;
  readonly model: FoundationModel;
  readonly profile: InferenceProfile | undefined;
  /** ARN of the model of the account that it is. */
  readonly own: string | undefined;
}

/** Throws `ValidationException` for an identifier that this region does not have. */
export function resolveTarget(identifier: string, context: Context): Target {
  const profile = findProfile(identifier, context);
  const own = context.state.ownModels.find(({ arn }) => arn === identifier);
  const model = profile?.model ?? requireModel(own?.modelId ?? identifier, context);
  return { identifier, profile, model, own: own?.arn };
}

/**
 * Checks the caller's permissions: on the model; or on the inference profile and on the model in every region that the
 * profile routes to, with `bedrock:InferenceProfileArn` set
 * (https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-prereq.html).
 */
export function authoriseTarget(
  { model, profile, own }: Target,
  action: InvokeAction,
  context: Context,
): void {
  if (profile === undefined) {
    authorise(context, bedrockErrors, action, own ?? modelArn(model, context.region, context));
    return;
  }
  authorise(context, bedrockErrors, action, profile.arn);
  for (const { region, arn } of profile.destinations) {
    authorise(context, bedrockErrors, action, arn, {
      'bedrock:InferenceProfileArn': profile.arn,
      // A global profile's destination carries no region, which policies see as this word.
      'aws:RequestedRegion': region === '' ? 'unspecified' : region,
    });
  }
}

/** Throws `ValidationException` for a bare id of a model that only an inference profile reaches. */
export function requireOnDemand({ identifier, model, profile, own }: Target, context: Context): void {
  if (profile !== undefined || own !== undefined || model.onDemand.includes(context.region)) return;
  throw new AwsError(
    'ValidationException',
    `Invocation of model ID ${identifier} with on-demand throughput isn’t supported. ` +
      'Retry your request with the ID or ARN of an inference profile that contains this model.',
  );
}
