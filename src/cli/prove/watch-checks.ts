import type { CheckPorts } from '../../checks/index.js';
import type { ProbeOperation } from '../../core/timing/around-probe.js';
import { aroundProbe } from '../../core/timing/around-probe.js';
import type { GatewayProbe } from '../../ports/gateway-probe.js';
import type { Progress } from '../../ports/progress.js';

/** Which check asks for it, and the service that answers. */
const askedFor: Readonly<Record<ProbeOperation, readonly [what: string, service: string]>> = {
  GetCallerIdentity: ['identity: asking who the gateway is', 'STS'],
  ListFoundationModels: ['list-models: listing the models', 'Bedrock'],
  ListInferenceProfiles: ['list-inference-profiles: listing the inference profiles', 'Bedrock'],
  Converse: ['converse: asking', 'BedrockRuntime'],
  ConverseStream: ['converse-stream: asking', 'BedrockRuntime'],
};

function watchedProbe(probe: GatewayProbe, progress: Progress): GatewayProbe {
  return aroundProbe(probe, async (operation, modelId, ask) => {
    const [what, service] = askedFor[operation];
    const model = modelId === null ? '' : ` ${modelId}`;
    const answer = await progress.during(`${what}${model}`, ask);
    const time = `${Math.round(answer.milliseconds)} ms${answer.ok ? '' : `  ${answer.failure.name}`}`;
    progress.detail(`  AWS  ${service} ${operation}${model}  ${time}, as the gateway`);
    return answer;
  });
}

/** The ports of the checks, each telling what is being asked of it. */
export function watchedPorts(ports: CheckPorts, progress: Progress): CheckPorts {
  const { metadata, environment, openclaw } = ports;
  const during = async <Value>(what: string, work: () => Promise<Value>): Promise<Value> =>
    progress.during(what, work);
  return {
    ...ports,
    metadata: {
      endpoint: metadata.endpoint,
      token: async () => during('metadata: asking for a token', async () => metadata.token()),
      get: async (path, token) => during(`metadata: ${path}`, async () => metadata.get(path, token)),
    },
    environment: {
      read: async () =>
        during("gateway-env: reading the gateway's environment", async () => environment.read()),
    },
    openclaw: {
      installation: async () =>
        during('openclaw: asking for its version', async () => openclaw.installation()),
      readConfig: async () => openclaw.readConfig(),
      pluginState: async () => openclaw.pluginState(),
      runningGateways: async () => openclaw.runningGateways(),
      listBedrockModels: async (seconds) =>
        during('openclaw: asking for its models', async () => openclaw.listBedrockModels(seconds)),
      runTurn: async (variables, seconds) =>
        during("agent-turn: waiting for OpenClaw's agent", async () => openclaw.runTurn(variables, seconds)),
    },
    openProbe: async (...options) =>
      watchedProbe(await during('the probe starts', async () => ports.openProbe(...options)), progress),
  };
}
