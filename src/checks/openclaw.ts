import { bedrockModelOf } from '../core/openclaw/config.js';
import type { Finding } from '../core/finding.js';
import { explainCode, explainFailure } from '../failures/index.js';
import type { OpenClawInstallation, OpenClawModels, OpenClawReader } from '../ports/openclaw.js';
import type { CheckContext } from './context.js';
import { failureContext } from './context.js';
import { explained, passed } from './finding.js';
import type { OpenClawSettings } from './openclaw-config.js';

/** Seconds that OpenClaw may take to list its models: up to 27 where it starts without a gateway. */
const listSeconds = 55;

/** Lines of OpenClaw's standard error that are shown. */
const shownLines = 5;

function judgeEmpty(
  context: CheckContext,
  { command, exitCode, stderr }: OpenClawModels,
  { hasModel, era }: OpenClawSettings,
): Finding {
  if (exitCode < 0) {
    const slow = explainCode(
      'OPENCLAW_SLOW',
      `${command} gave no answer in time`,
      failureContext(context, { command }),
    );
    return explained('openclaw', 'warn', slow, stderr);
  }
  const seen = `${command} ended with ${exitCode} and no Bedrock model`;
  const known = failureContext(context, { command, seen });
  const told = explainFailure({ name: 'Error', message: stderr, status: 0 }, known);
  const detail = stderr.trim().split('\n').slice(-shownLines).join('\n');
  if (told.code !== 'UNKNOWN') return explained('openclaw', 'fail', told, detail);
  if (!hasModel && era !== 'core')
    return explained('openclaw', 'warn', explainCode('NO_MODEL_CONFIGURED', seen, known), detail);
  return explained('openclaw', 'fail', explainCode('NO_MODELS_LISTED', seen, known), detail);
}

/** Whether the wanted model is among the keys; short names and ids without a profile's prefix count as well. */
function lists(keys: readonly string[], model: string): boolean {
  const wanted = bedrockModelOf(model) ?? model;
  return keys.some((key) => key.endsWith(`/${wanted}`) || key.includes(wanted));
}

function judgeModels(
  context: CheckContext,
  models: OpenClawModels,
  { version }: OpenClawInstallation,
  settings: OpenClawSettings,
): Finding {
  const { keys, discovered, command } = models;
  const found = discovered ?? keys;
  if (found.length === 0) return judgeEmpty(context, models, settings);
  const { model } = context;
  if (model !== null && !lists([...keys, ...found], model)) {
    const known = failureContext(context, { unknownModel: model, command });
    const words = `${command} shows ${found.length} Bedrock models, ${model} not among them`;
    return explained('openclaw', 'warn', explainCode('UNKNOWN_MODEL', words, known));
  }
  return passed('openclaw', `OpenClaw ${version} lists ${found.length} Bedrock models`, command);
}

/** Asks OpenClaw itself what Bedrock models it sees. Takes seconds. */
export async function checkOpenClaw(
  context: CheckContext,
  openclaw: OpenClawReader,
  settings: OpenClawSettings,
): Promise<Finding> {
  const installation = await openclaw.installation();
  if (installation === null) {
    const missing = explainCode('OPENCLAW_NOT_INSTALLED', 'openclaw was not found', failureContext(context));
    return explained('openclaw', 'fail', missing);
  }
  if ((await openclaw.pluginState()) === 'missing') {
    const words = `OpenClaw ${installation.version} lacks its Bedrock plug-in`;
    return explained('openclaw', 'fail', explainCode('NO_PROVIDER', words, failureContext(context)));
  }
  const { blocked } = settings;
  if (blocked !== null) {
    const words = `${blocked} in ${installation.configPath}`;
    return explained('openclaw', 'fail', explainCode('PLUGIN_BLOCKED', words, failureContext(context)));
  }
  const models = await openclaw.listBedrockModels(context.timeoutSeconds ?? listSeconds);
  return judgeModels(context, models, installation, settings);
}
