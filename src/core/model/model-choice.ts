import type { FoundationModel, InferenceProfile } from '../../ports/bedrock.js';
import { parseArn } from '../policy/arn.js';
import type { SetupError } from '../errors.js';
import { usageError } from '../errors.js';
import { byNewest, isNamedBy } from './model-names.js';
import { bare, modelIdOf, reach, throughProfile } from './model-reach.js';
import type { ModelChoice } from './model-reach.js';
import { bedrockModelOf } from '../openclaw/config.js';
import { nearest } from '../text/nearest.js';

export type { ModelChoice } from './model-reach.js';

/** Amazon's own small models, the smallest first: no agreement is needed for them. */
const probeModels = ['nova-micro', 'nova-lite', 'nova-2-lite', 'nova-pro'] as const;

/**
 * The smallest model of Amazon's that can be called in the region: a call to it proves role and network, without an
 * agreement with anybody. `null` where the region has none.
 */
export function probeModel(
  profiles: readonly InferenceProfile[],
  models: readonly FoundationModel[],
): ModelChoice | null {
  for (const name of probeModels) {
    const named = models.filter((model) => model.provider === 'Amazon' && isNamedBy(model.id, name));
    for (const model of named.filter(isConversational).sort(byNewest)) {
      const choice = reach(model, profiles);
      if (choice !== null) return choice;
    }
  }
  return null;
}

/**
 * Resolves `--model` against what the region has: a model id, an inference profile's id, an ARN, one of these with
 * OpenClaw's provider in front, or a short name (`opus`, `sonnet-4-6`, `nova`), which means the newest. A model is called
 * through an active profile, a geographic one before the global one, and by its bare id only where that is allowed.
 * Throws BAD_MODEL_ID with the nearest that exist.
 */
export function resolveModel(
  asked: string,
  profiles: readonly InferenceProfile[],
  models: readonly FoundationModel[],
): ModelChoice {
  const named = asked.trim();
  const wanted = bedrockModelOf(named) ?? named;
  const profile = profiles.find(({ id, arn, active }) => active && (id === wanted || arn === wanted));
  if (profile !== undefined) return throughProfile(profile, models);
  const model = models.find(({ id, arn }) => id === wanted || arn === wanted);
  const exact = model === undefined ? null : model.onDemand ? bare(model) : reach(model, profiles);
  if (exact !== null) return exact;
  if (isOwnResource(wanted)) return ownResource(wanted);
  const newest = models
    .filter((one) => one.lifecycle === 'ACTIVE' && isConversational(one) && isNamedBy(one.id, wanted))
    .sort(byNewest)
    .flatMap((one) => reach(one, profiles) ?? []);
  if (newest[0] !== undefined) return newest[0];
  throw badModelId(wanted, profiles, models);
}

function isConversational({ output, input }: FoundationModel): boolean {
  return output.includes('TEXT') && input.includes('TEXT');
}

/** Kinds of resource that the lists do not hold and that are called by their ARN. */
function isOwnResource(wanted: string): boolean {
  const arn = parseArn(wanted);
  return (
    arn?.service === 'bedrock' &&
    /^(?:application-inference-profile|provisioned-model|custom-model-deployment|imported-model|default-prompt-router|prompt-router)\//u.test(
      arn.resource,
    )
  );
}

/** What stands behind a profile of another account, or behind a router, is not known here; a policy for it alone would not do. */
function ownResource(arn: string): ModelChoice {
  const arns = /:(?:application-inference-profile|(?:default-)?prompt-router)\//u.test(arn) ? [] : [arn];
  return { id: arn, arns, name: arn, provider: '', input: ['TEXT'], endOfLife: null };
}

function badModelId(
  wanted: string,
  profiles: readonly InferenceProfile[],
  models: readonly FoundationModel[],
): SetupError {
  const callable = [
    ...profiles.filter(({ active }) => active).map(({ id }) => id),
    ...models.filter(({ onDemand }) => onDemand).map(({ id }) => id),
  ];
  const bareWanted = modelIdOf(wanted).replace(/^[a-z-]+\.(?=[\w-]+\.)/u, '');
  const sameModel = callable.filter((id) => id.endsWith(bareWanted) && bareWanted !== '');
  const close = [...new Set([...sameModel, ...nearest(wanted, callable, 3)])].slice(0, 3);
  return usageError(
    'BAD_MODEL_ID',
    `the region has no model ${JSON.stringify(wanted)}`,
    'ids differ from model to model and from region to region, and Bedrock takes them to the letter',
    close.length === 0
      ? 'name one that the region has, e.g. --model nova or --model sonnet'
      : `did you mean ${close.join(' or ')}`,
  );
}
