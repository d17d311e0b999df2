import type { Change, Conflict } from '../../core/change.js';
import { foundationModelId } from '../../core/model/foundation-model.js';
import type { ModelGoal } from '../../core/goal.js';
import { knownModel } from '../../core/model/known-models.js';
import { primaryOf } from '../../core/openclaw/config.js';
import { eraOf } from '../../core/openclaw/era.js';
import type { DiscoverySettings } from '../../core/settings.js';
import type { Step } from '../../core/step.js';
import type { HostReaders, HostWriters } from '../../ports/lanes.js';
import type { OpenClawInstallation } from '../../ports/openclaw.js';
import type { ExplicitModel } from './config/model.js';
import { isDiscoverable, modelEdits } from './config/model.js';
import type { ConfigState } from './config/read.js';
import { readConfigState, refusalToWrite } from './config/read.js';
import type { ModelOp } from './model-op.js';
import { applyModelOp, inverseModel, parseModelOp } from './model-op.js';
import { asCommand } from './openclaw-discovery.js';
import { displayPath } from '../../core/text/display-path.js';
import { assertOneLine } from './shell/quote.js';

/** The model that OpenClaw is to use by default. */
export interface PrimaryModelGoal {
  readonly home: string;
  readonly openclaw: OpenClawInstallation;
  /** As OpenClaw names it: `amazon-bedrock/…`. */
  readonly reference: string;
  /** Set where discovery would not list it. */
  readonly explicit: ExplicitModel | null;
}

/** OpenClaw's primary model, with an entry of its own where discovery cannot list it. */
export const primaryModel: Step<PrimaryModelGoal, ConfigState, ModelOp, HostReaders, HostWriters> = {
  id: 'primary-model',
  lane: 'host',
  title: 'primary model',
  after: ['openclaw-discovery'],
  desired({ host, model, region, settings }) {
    const openclaw = host?.openclaw ?? null;
    if (host === null || openclaw === null || model === null) return null;
    assertOneLine('--model', model.id);
    const limits = limitsOf(model, settings.discovery);
    return {
      home: host.home,
      openclaw,
      reference: `amazon-bedrock/${model.id}`,
      explicit: isDiscoverable(eraOf(openclaw.version), model.id)
        ? null
        : { id: model.id, region, ...limits },
    };
  },
  subject: ({ reference }) => reference,
  read: async ({ openclaw }, { host }) => readConfigState(openclaw.configPath, host),
  diff: (goal, actual) => (actual === null ? [] : diffModel(goal, actual)),
  apply: async (op, { host }) => applyModelOp(op, host),
  parseOp: parseModelOp,
};

/** What the user gave, else what is known of the model, else OpenClaw's own defaults. Tokens. */
function limitsOf(
  model: ModelGoal,
  given: DiscoverySettings,
): Pick<ExplicitModel, 'contextWindow' | 'maxTokens'> {
  const id = foundationModelId(model);
  const known = id === null ? null : knownModel(id);
  return {
    contextWindow: given.defaultContextWindow ?? known?.contextWindow ?? 32_000,
    maxTokens: given.defaultMaxTokens ?? known?.maxOutput ?? 4096,
  };
}

function diffModel(goal: PrimaryModelGoal, state: ConfigState): readonly Change<ModelOp>[] | Conflict {
  const { openclaw, home, reference, explicit } = goal;
  const path = openclaw.configPath;
  const edits = state.problem === null ? modelEdits(state.config, reference, explicit) : [];
  if (edits.length === 0 && state.problem === null) return [];
  const refusal = refusalToWrite(state, displayPath(path, home), edits.map(asCommand));
  if (refusal !== null) return refusal;
  const op = { kind: 'set', path, reference, explicit } as const;
  const before = primaryOf(state.config);
  return [
    {
      action: before === null ? 'create' : 'update',
      target: displayPath(path, home),
      detail: `agents.defaults.model.primary = ${reference}${explicit === null ? '' : ', entered by hand'}`,
      op,
      undo: inverseModel(op, state.config, state.folders),
      body: edits.map(({ path, value }) => `${path.join('.')} = ${JSON.stringify(value)}`),
    },
  ];
}
