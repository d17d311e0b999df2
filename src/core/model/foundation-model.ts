import { parseArn } from '../policy/arn.js';
import type { ModelGoal } from '../goal.js';

const prefix = 'foundation-model/';

/**
 * The foundation model's own id behind a model that is called by its id, through an inference profile or by an ARN;
 * `null` where it cannot be told, as for a custom model.
 */
export function foundationModelId({ id, arns }: ModelGoal): string | null {
  const resources = [...arns, id].flatMap((arn) => parseArn(arn)?.resource ?? []);
  const named = resources.find((resource) => resource.startsWith(prefix));
  if (named !== undefined) return named.slice(prefix.length);
  if (id.startsWith('arn:')) return null;
  // An inference profile's id is the model's with a geography in front: us.anthropic.claude-…
  const bare = /^(?:[a-z-]+\.)?(?<model>[a-z0-9]+\.[\w.:-]+)$/u.exec(id)?.groups?.['model'];
  return bare ?? null;
}

/** Whether Amazon itself provides the model, so that there is nobody else's agreement to accept. */
export function isAmazonsModel(modelId: string): boolean {
  return modelId.startsWith('amazon.');
}

/** Whether a model is the account's own, so that whatever there was to agree to was agreed to when it was made. */
export function isOwnModel(id: string): boolean {
  return /^(?:custom-model-deployment|imported-model|provisioned-model)\//u.test(
    parseArn(id)?.resource ?? '',
  );
}

/** Whether the model's provider wants a use-case form (Bedrock user guide, model access: Anthropic). */
export function wantsUseCase(modelId: string): boolean {
  return modelId.startsWith('anthropic.');
}
