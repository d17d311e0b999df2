import type { Finding } from '../core/finding.js';
import { eraOf } from '../core/openclaw-era.js';
import { explainCode, explainFailure } from '../failures/index.js';
import type { Json } from '../ports/json.js';
import type { OpenClawInstallation, OpenClawModels, OpenClawReader } from '../ports/openclaw.js';
import type { CheckContext } from './context.js';
import { failureContext } from './context.js';
import { explained, passed } from './finding.js';
import type { DiscoveryRegion } from './gateway-environment.js';

/** Seconds that OpenClaw may take to list its models: up to 27 where it starts without a gateway. */
const listSeconds = 40;

function at(value: Json | undefined, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((node, key) => {
    if (typeof node !== 'object' || node === null || Array.isArray(node)) return undefined;
    return (node as { readonly [key: string]: Json | undefined })[key];
  }, value);
}

const discoveryPaths = {
  core: ['models', 'bedrockDiscovery', 'region'],
  bundled: ['plugins', 'entries', 'amazon-bedrock', 'config', 'discovery', 'region'],
  external: ['plugins', 'entries', 'amazon-bedrock', 'config', 'discovery', 'region'],
} as const;

/** The region of OpenClaw's discovery, from its config file. A config that cannot be read says nothing. */
export async function readDiscoveryRegion(openclaw: OpenClawReader): Promise<DiscoveryRegion> {
  const installation = await openclaw.installation();
  if (installation === null) return { region: null, era: null };
  const era = eraOf(installation.version);
  try {
    const region = at((await openclaw.readConfig()) ?? undefined, discoveryPaths[era]);
    return { region: typeof region === 'string' && region !== '' ? region : null, era };
  } catch {
    return { region: null, era };
  }
}

function judgeEmpty(context: CheckContext, { command, exitCode, stderr }: OpenClawModels): Finding {
  const seen = `${command} ended with ${exitCode} and no Bedrock model`;
  const known = failureContext(context, { command, seen });
  const told = explainFailure({ name: 'Error', message: stderr, status: 0 }, known);
  const explanation = told.code === 'UNKNOWN' ? explainCode('NO_MODELS_LISTED', seen, known) : told;
  return explained('openclaw', 'fail', explanation, stderr);
}

/** Whether the wanted model is among the keys; short names and ids without a profile's prefix count as well. */
function lists(keys: readonly string[], model: string): boolean {
  const wanted = model.replace(/^[\w-]*bedrock\//u, '');
  return keys.some((key) => key.endsWith(`/${wanted}`) || key.includes(wanted));
}

function judgeModels(
  context: CheckContext,
  models: OpenClawModels,
  { version }: OpenClawInstallation,
): Finding {
  const { keys, discovered, command } = models;
  const found = discovered ?? keys;
  if (found.length === 0) return judgeEmpty(context, models);
  const { model } = context;
  if (model !== null && !lists([...keys, ...found], model)) {
    const known = failureContext(context, { unknownModel: model, command });
    const words = `${command} shows ${found.length} Bedrock models, ${model} not among them`;
    return explained('openclaw', 'warn', explainCode('UNKNOWN_MODEL', words, known));
  }
  return passed('openclaw', `OpenClaw ${version} lists ${found.length} Bedrock models`, command);
}

/** Asks OpenClaw itself what Bedrock models it sees. Takes seconds. */
export async function checkOpenClaw(context: CheckContext, openclaw: OpenClawReader): Promise<Finding> {
  const installation = await openclaw.installation();
  if (installation === null) {
    const missing = explainCode('OPENCLAW_NOT_INSTALLED', 'openclaw was not found', failureContext(context));
    return explained('openclaw', 'fail', missing);
  }
  if ((await openclaw.pluginState()) === 'missing') {
    const words = `OpenClaw ${installation.version} lacks its Bedrock plug-in`;
    return explained('openclaw', 'fail', explainCode('NO_PROVIDER', words, failureContext(context)));
  }
  const models = await openclaw.listBedrockModels(context.timeoutSeconds ?? listSeconds);
  return judgeModels(context, models, installation);
}
