import { tokenQuotas } from '../core/model/token-quota.js';
import type { Explanation } from '../failures/index.js';
import { explainCode } from '../failures/index.js';
import type { Asked } from './ask.js';
import type { CheckContext, CheckPorts } from './context.js';
import { failureContext } from './context.js';
import type { Conversation } from './conversation.js';

/** Codes of failures behind which a quota of zero may stand. */
const ofQuotas: ReadonlySet<string> = new Set(['QUOTA_DAY', 'THROTTLED']);

function isOfQuota<Value>(asked: Asked<Value>): boolean {
  return !asked.ok && ofQuotas.has(asked.explanation.code);
}

/** Waiting does not help against a quota of zero, whatever AWS calls it. */
function blamingZero(
  explanation: Explanation,
  name: string,
  modelId: string,
  context: CheckContext,
): Explanation {
  const { fix } = explainCode('QUOTA_DAY', explanation.message, failureContext(context, {}, modelId));
  const cause = `the quota "${name}" of the account ${context.account ?? ''} is 0`.replace(/ {2}/u, ' ');
  const { code, message, blocks } = explanation;
  return { code, message, blocks, cause: `${cause}, so that waiting does not help`, who: 'AWS Support', fix };
}

/**
 * Both answers, of which one that was refused for a quota names the quota that is zero. The quotas are read once, and only
 * after such a refusal; where none is zero or they cannot be read, the answers stay as they are.
 */
export async function withQuotas(
  answers: Conversation,
  modelId: string,
  context: CheckContext,
  { quotas }: Pick<CheckPorts, 'quotas'>,
): Promise<Conversation> {
  const { converse, stream } = answers;
  if (quotas === undefined || !(isOfQuota(converse) || isOfQuota(stream))) return answers;
  const zero = tokenQuotas(modelId, await quotas.bedrockQuotas()).find(({ value }) => value === 0);
  if (zero === undefined) return answers;
  const blame = <Value>(asked: Asked<Value>): Asked<Value> =>
    asked.ok || !isOfQuota(asked)
      ? asked
      : { ok: false, explanation: blamingZero(asked.explanation, zero.name, modelId, context) };
  return { converse: blame(converse), stream: blame(stream) };
}
