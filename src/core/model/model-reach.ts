import type { FoundationModel, InferenceProfile } from '../../ports/bedrock.js';
import { parseArn } from '../policy/arn.js';
import type { ModelGoal } from '../goal.js';

/** A model as it can be called in the region. */
export interface ModelChoice extends ModelGoal {
  /** As Bedrock shows it to people, e.g. `Nova Micro`. */
  readonly name: string;
  readonly provider: string;
  /** What goes in, e.g. `TEXT` and `IMAGE`. */
  readonly input: readonly string[];
  /** ISO date after which the model is gone, where AWS says so. */
  readonly endOfLife: string | null;
}

/** A model by its own id. */
export function bare({ id, arn, name, provider, input, endOfLife }: FoundationModel): ModelChoice {
  return { id, arns: [arn], name, provider, input, endOfLife };
}

/** The model's id in its ARN, or the last part of any ARN. */
export function modelIdOf(modelArn: string): string {
  return modelArn.slice(modelArn.lastIndexOf('/') + 1);
}

function isGlobal({ id, modelArns }: InferenceProfile): boolean {
  return id.startsWith('global.') || modelArns.some((arn) => parseArn(arn)?.region === '');
}

/** Geographic before global; of two geographic ones that which stays closer to home. */
function byReach(left: InferenceProfile, right: InferenceProfile): number {
  const byGlobal = Number(isGlobal(left)) - Number(isGlobal(right));
  return byGlobal === 0 ? left.modelArns.length - right.modelArns.length : byGlobal;
}

/**
 * How a model is best called: through an active profile, a geographic one before the global one, else by its bare id where
 * that is allowed; `null` where the region has no way to it.
 */
export function reach(model: FoundationModel, profiles: readonly InferenceProfile[]): ModelChoice | null {
  const [profile] = profiles
    .filter(({ active, systemDefined }) => active && systemDefined)
    .filter(({ modelArns }) => modelArns.some((arn) => modelIdOf(arn) === model.id))
    .sort(byReach);
  if (profile !== undefined) return throughProfile(profile, [model]);
  return model.onDemand ? bare(model) : null;
}

/** A model through a given inference profile, which is called by its ARN where it is one of the account's own. */
export function throughProfile(profile: InferenceProfile, models: readonly FoundationModel[]): ModelChoice {
  const ids = new Set(profile.modelArns.map(modelIdOf));
  const model = models.find(({ id }) => ids.has(id));
  const { id, arn, name, modelArns, systemDefined } = profile;
  return {
    id: systemDefined ? id : arn,
    arns: [arn, ...modelArns],
    name: model?.name ?? name,
    provider: model?.provider ?? '',
    input: model?.input ?? ['TEXT'],
    endOfLife: model?.endOfLife ?? null,
  };
}
