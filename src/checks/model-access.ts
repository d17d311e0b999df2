import type { Finding } from '../core/finding.js';
import { wantsUseCase } from '../core/model/foundation-model.js';
import { scrub } from '../core/text/scrub.js';
import type { FailureContext } from '../failures/index.js';
import { explainCode } from '../failures/index.js';
import type { ModelAccessReader, ModelAvailability } from '../ports/model-access.js';
import { explained, passed } from './finding.js';

/** Where the account stands with a model. */
export interface AccessFacts {
  /** The foundation model's own id. */
  readonly modelId: string;
  readonly availability: ModelAvailability;
  /** Whether the use-case form was submitted; `null` where the provider wants none. */
  readonly useCase: boolean | null;
}

/** Asks Bedrock where the account stands with a model. Both questions are free. */
export async function readAccess(modelId: string, reader: ModelAccessReader): Promise<AccessFacts> {
  const [availability, useCase] = await Promise.all([
    reader.modelAvailability(modelId),
    wantsUseCase(modelId) ? reader.hasUseCase() : null,
  ]);
  return { modelId, availability, useCase };
}

/** Whether a call is no first call any more: the agreement is there, and so is what it gives. */
export function isAgreed({ availability }: AccessFacts): boolean {
  const { agreement, authorized, entitled } = availability;
  return agreement === 'AVAILABLE' && authorized && entitled;
}

function noAgreement(modelId: string): Finding {
  return {
    id: 'model-access',
    status: 'warn',
    code: 'NO_AGREEMENT',
    message: scrub(`the account has no agreement for ${modelId}`),
    cause:
      'the provider of the model wants its terms accepted, once an account; the role of the instance may not',
    who: 'you',
    fix: `read the terms and run setup as the operator with --model ${modelId} --accept-model-agreement; never give aws-marketplace:Subscribe to the role of the instance`,
  };
}

/**
 * The facts as a finding: a warning at most, since only a call proves access. The availability has been seen to say
 * AVAILABLE while calls failed, and calls to succeed for minutes before a subscription failed.
 */
export function judgeAccess(facts: AccessFacts, context: FailureContext): Finding {
  const { modelId, availability, useCase } = facts;
  const known = { ...context, modelId };
  const warn = (code: string, message: string): Finding =>
    explained('model-access', 'warn', explainCode(code, message, known));
  if (useCase === false)
    return warn('USE_CASE_FORM', "Anthropic's use-case form was not submitted for this account");
  const { agreement, authorized, inRegion } = availability;
  if (agreement === 'PENDING') return warn('SUBSCRIPTION_PENDING', `the agreement for ${modelId} is pending`);
  if (agreement !== 'AVAILABLE') return noAgreement(modelId);
  if (!authorized) return warn('NO_MODEL_ACCESS', `the account is not authorized for ${modelId}`);
  if (!inRegion) return warn('NO_MODEL_ACCESS', `the region does not have ${modelId}`);
  return passed('model-access', `the account may use ${modelId}`);
}
