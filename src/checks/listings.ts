import type { Finding } from '../core/finding.js';
import type { FoundationModel, InferenceProfile } from '../ports/bedrock.js';
import type { GatewayProbe } from '../ports/gateway-probe.js';
import type { Asked } from './ask.js';
import { ask } from './ask.js';
import type { CheckContext, CheckPorts } from './context.js';
import { explained, passed } from './finding.js';

/** What the region has. */
export interface Listings {
  readonly models: readonly FoundationModel[];
  readonly profiles: readonly InferenceProfile[];
}

/** Both lists with their findings; `null` where one of them could not be read. */
export interface ListingsResult {
  readonly findings: readonly Finding[];
  readonly listings: Listings | null;
}

function judge<Item>(
  id: 'list-models' | 'list-inference-profiles',
  asked: Asked<readonly Item[]>,
  count: (items: readonly Item[]) => string,
): Finding {
  return asked.ok ? passed(id, count(asked.value)) : explained(id, 'fail', asked.explanation);
}

/** Lists models and inference profiles side by side. Both are free, and OpenClaw's discovery needs both. */
export async function checkListings(
  context: CheckContext,
  ports: CheckPorts,
  probe: GatewayProbe,
): Promise<ListingsResult> {
  const question = { service: 'bedrock' } as const;
  const [models, profiles] = await Promise.all([
    ask(context, ports, question, () => probe.listFoundationModels()),
    ask(context, ports, question, () => probe.listInferenceProfiles()),
  ]);
  const findings = [
    judge('list-models', models, (items) => `${items.length} foundation models`),
    judge('list-inference-profiles', profiles, (items) => {
      const active = items.filter((profile) => profile.active).length;
      return `${items.length} inference profiles, ${active} of them active`;
    }),
  ];
  const listings = models.ok && profiles.ok ? { models: models.value, profiles: profiles.value } : null;
  return { findings, listings };
}
