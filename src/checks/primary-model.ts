import { SetupError } from '../core/errors.js';
import type { Finding } from '../core/finding.js';
import type { ModelChoice } from '../core/model/model-choice.js';
import { resolveModel } from '../core/model/model-choice.js';
import { isOwnModel } from '../core/model/foundation-model.js';
import { arnName } from '../core/policy/arn.js';
import { explainCode } from '../failures/index.js';
import type { GatewayProbe } from '../ports/gateway-probe.js';
import type { CheckContext, CheckPorts } from './context.js';
import { failureContext } from './context.js';
import type { Conversation } from './conversation.js';
import { converseWith, judgeAnswer } from './conversation.js';
import { explained, skipped } from './finding.js';
import type { Listings } from './listings.js';

/** The model behind `--model`, or the finding that there is none. */
function resolve(
  asked: string,
  { profiles, models }: Listings,
  context: CheckContext,
): ModelChoice | Finding {
  try {
    return resolveModel(asked, profiles, models);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    const known = failureContext(context, { suggestions: `: ${error.fix}` }, asked);
    return explained('primary-model', 'fail', explainCode(error.code, error.message, known));
  }
}

/** Whether a first call to it accepts nobody's agreement. */
function isAgreedTo({ provider, id }: ModelChoice): boolean {
  return provider === 'Amazon' || (provider === '' && (isOwnModel(id) || /(?:^|[./])amazon\./u.test(id)));
}

/** A model that works but will be gone. */
function withLifecycle(
  finding: Finding,
  choice: ModelChoice,
  { models }: Listings,
  context: CheckContext,
): Finding {
  const ids = new Set([choice.id, ...choice.arns.map(arnName)]);
  const legacy = models.find(({ id, lifecycle }) => lifecycle === 'LEGACY' && ids.has(id));
  if (legacy === undefined || finding.status !== 'ok') return finding;
  const end =
    legacy.endOfLife === null ? 'AWS names no date' : `its end is on ${legacy.endOfLife.slice(0, 10)}`;
  const words = `${finding.message}; it is marked as Legacy, ${end}`;
  return explained(
    'primary-model',
    'warn',
    explainCode('LEGACY_MODEL', words, failureContext(context, {}, choice.id)),
  );
}

function judge(choice: ModelChoice, { converse, stream }: Conversation): Finding {
  const first = judgeAnswer('primary-model', choice, converse);
  return first.status === 'ok' ? judgeAnswer('primary-model', choice, stream) : first;
}

/**
 * Asks the model that the user wants. A third party's model is called only with consent: a first call accepts its
 * agreement. `known` holds the answers of the model that was asked already. No finding where no model was named.
 */
export async function checkPrimaryModel(
  context: CheckContext,
  ports: CheckPorts,
  probe: GatewayProbe,
  listings: Listings,
  known: { readonly choice: ModelChoice; readonly conversation: Conversation } | null,
): Promise<readonly Finding[]> {
  if (context.model === null) return [];
  const choice = resolve(context.model, listings, context);
  if ('status' in choice) return [choice];
  if (!isAgreedTo(choice) && !context.acceptAgreement) {
    const words = `${choice.id} was not called: a first call accepts the agreement of ${choice.provider || 'its provider'}`;
    return [skipped('primary-model', words, 'agree with --accept-model-agreement')];
  }
  const conversation =
    known?.choice.id === choice.id
      ? known.conversation
      : await converseWith(choice, listings, context, ports, probe);
  return [withLifecycle(judge(choice, conversation), choice, listings, context)];
}
