import type { Finding } from '../core/finding.js';
import { probeModel } from '../core/model/model-choice.js';
import type { GatewayProbe } from '../ports/gateway-probe.js';
import type { CheckContext, CheckPorts } from './context.js';
import { converseWith, judgeAnswer } from './conversation.js';
import { isGood, skipped } from './finding.js';
import type { Listings, ListingsResult } from './listings.js';
import { checkPrimaryModel } from './primary-model.js';

/** The checks of Bedrock, all of them skipped. */
export function skipBedrock(context: CheckContext, reason: string): readonly Finding[] {
  const ids = ['list-models', 'list-inference-profiles'] as const;
  return [...ids.map((id) => skipped(id, reason)), ...skipCalls(context, reason)];
}

function skipCalls(context: CheckContext, reason: string): readonly Finding[] {
  const ids = ['converse', 'converse-stream', ...(context.model === null ? [] : ['primary-model'])];
  return ids.map((id) => skipped(id, reason));
}

/** The refusal of the small model where the one that is wanted was not called either: nobody knows what the policy is for. */
function inDoubt(refusal: Finding, model: string): Finding {
  return {
    ...refusal,
    status: 'warn',
    cause: `the policy of the role does not allow this small model; where it is for ${model} alone, that is as it should be`,
    fix: `ask ${model} itself: verify --accept-model-agreement; if that is refused as well, run setup again`,
  };
}

/**
 * A policy for one model only refuses the small one: no failure when the model that is wanted answers, and none for certain when
 * that was not called for lack of consent.
 */
function forgiveScopedPolicy(findings: readonly Finding[], model: string | null): readonly Finding[] {
  const wanted = findings.find(({ id }) => id === 'primary-model');
  if (wanted === undefined || wanted.status === 'fail' || model === null) return findings;
  return findings.map((finding) => {
    if (finding.status !== 'fail' || finding.code !== 'NO_IAM') return finding;
    if (isGood(wanted))
      return skipped(
        finding.id,
        'the role may call the chosen model only, so the small model of Amazon need not answer',
      );
    return finding.who === 'you' ? inDoubt(finding, model) : finding;
  });
}

async function checkCalls(
  context: CheckContext,
  ports: CheckPorts,
  probe: GatewayProbe,
  listings: Listings,
): Promise<readonly Finding[]> {
  const choice = context.onlyModel ? null : probeModel(listings.profiles, listings.models);
  if (choice === null) {
    const words = context.onlyModel
      ? `the role may call ${context.model ?? 'the wanted model'} only: see primary-model`
      : `${context.region} has no small model of Amazon that could be asked`;
    const primary = await checkPrimaryModel(context, ports, probe, listings, null);
    return [skipped('converse', words), skipped('converse-stream', words), ...primary];
  }
  const conversation = await converseWith(choice, listings, context, ports, probe);
  const findings = [
    judgeAnswer('converse', choice, conversation.converse),
    judgeAnswer('converse-stream', choice, conversation.stream),
  ];
  const blocking = findings.find(({ status, code }) => status === 'fail' && code !== 'NO_IAM');
  if (blocking !== undefined && context.model !== null)
    return [...findings, skipped('primary-model', `not called, because ${blocking.id} failed`)];
  const primary = await checkPrimaryModel(context, ports, probe, listings, { choice, conversation });
  return forgiveScopedPolicy([...findings, ...primary], context.model);
}

/**
 * Bedrock as the gateway reaches it: first what is free, the lists, and only when that works the calls that cost a few tokens, with
 * OpenClaw's own view beside them, which stands on the same lists.
 */
export async function checkBedrock(
  context: CheckContext,
  ports: CheckPorts,
  probe: GatewayProbe,
  listing: Promise<ListingsResult>,
  openclaw: () => Promise<Finding>,
): Promise<readonly Finding[]> {
  const { findings, listings } = await listing;
  if (listings === null) {
    const failed = findings.find(({ status }) => status === 'fail')?.id ?? 'a list';
    const skippedCalls = skipCalls(context, `nothing was asked of a model, because ${failed} failed`);
    return [...findings, ...skippedCalls, skipped('openclaw', `not asked, because ${failed} failed`)];
  }
  const [calls, last] = await Promise.all([checkCalls(context, ports, probe, listings), openclaw()]);
  return [...findings, ...calls, last];
}
