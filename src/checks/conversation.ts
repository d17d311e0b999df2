import { parseArn } from '../core/policy/arn.js';
import type { CheckId, Finding } from '../core/finding.js';
import type { ModelChoice } from '../core/model/model-choice.js';
import { nearest } from '../core/text/nearest.js';
import type { GatewayProbe, ModelAnswer } from '../ports/gateway-probe.js';
import type { Asked } from './ask.js';
import { ask } from './ask.js';
import type { CheckContext, CheckPorts } from './context.js';
import { explained, passed } from './finding.js';
import type { Listings } from './listings.js';
import { withQuotas } from './token-quota.js';

/** The answers of one model to both kinds of call. */
export interface Conversation {
  readonly converse: Asked<ModelAnswer>;
  readonly stream: Asked<ModelAnswer>;
}

/** The regions that a call to the model may be answered from. */
export function destinationRegions({ arns }: Pick<ModelChoice, 'arns'>): readonly string[] {
  const regions = arns.flatMap((arn) => {
    const parsed = parseArn(arn);
    return parsed?.resource.startsWith('foundation-model/') === true ? [parsed.region] : [];
  });
  return [...new Set(regions)].map((region) => (region === '' ? 'any region (global)' : region)).sort();
}

/** What the texts of the catalogue may say about the model's neighbours. */
function surroundings(choice: ModelChoice, { profiles, models }: Listings): Readonly<Record<string, string>> {
  const callable = [
    ...profiles.filter(({ active }) => active).map(({ id }) => id),
    ...models.filter(({ onDemand, lifecycle }) => onDemand && lifecycle === 'ACTIVE').map(({ id }) => id),
  ].filter((id) => id !== choice.id);
  const close = nearest(choice.id, callable, 3);
  const destinations = destinationRegions(choice);
  return {
    suggestions: close.length === 0 ? '' : `, e.g. ${close.join(' or ')}`,
    destinations: destinations.length < 2 ? '' : `; ${choice.id} is answered from ${destinations.join(', ')}`,
  };
}

/** Calls Converse and ConverseStream of a model side by side. Each costs at most 16 output tokens, a refusal nothing. */
export async function converseWith(
  choice: ModelChoice,
  listings: Listings,
  context: CheckContext,
  ports: CheckPorts,
  probe: GatewayProbe,
): Promise<Conversation> {
  const question = {
    service: 'bedrock-runtime',
    modelId: choice.id,
    more: surroundings(choice, listings),
  } as const;
  const [converse, stream] = await Promise.all([
    ask(context, ports, question, () => probe.converse(choice.id)),
    ask(context, ports, question, () => probe.converseStream(choice.id)),
  ]);
  return withQuotas({ converse, stream }, choice.id, context, ports);
}

/** An answer as a finding. */
export function judgeAnswer(id: CheckId, choice: ModelChoice, asked: Asked<ModelAnswer>): Finding {
  if (!asked.ok) return explained(id, 'fail', asked.explanation);
  const { inputTokens, outputTokens } = asked.value;
  const regions = destinationRegions(choice);
  return passed(
    id,
    `${choice.id} answered in ${asked.milliseconds} ms, ${inputTokens} tokens in, ${outputTokens} out`,
    regions.length < 2 ? '' : `may be answered from ${regions.join(', ')}`,
  );
}
