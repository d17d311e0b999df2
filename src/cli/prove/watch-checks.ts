import type { CheckPorts } from '../../checks/index.js';
import type { GatewayProbe, ProbeAnswer } from '../../ports/gateway-probe.js';
import type { Progress } from '../../ports/progress.js';

function watchedProbe(probe: GatewayProbe, progress: Progress): GatewayProbe {
  async function ask<Value>(
    what: string,
    call: string,
    work: () => Promise<ProbeAnswer<Value>>,
  ): Promise<ProbeAnswer<Value>> {
    const answer = await progress.during(what, work);
    const end = answer.ok ? '' : `  ${answer.failure.name}`;
    progress.detail(`  AWS  ${call}  ${Math.round(answer.milliseconds)} ms${end}, as the gateway`);
    return answer;
  }
  return {
    identity: async () =>
      ask('identity: asking who the gateway is', 'STS GetCallerIdentity', async () => probe.identity()),
    listFoundationModels: async () =>
      ask('list-models: listing the models', 'Bedrock ListFoundationModels', async () =>
        probe.listFoundationModels(),
      ),
    listInferenceProfiles: async () =>
      ask(
        'list-inference-profiles: listing the inference profiles',
        'Bedrock ListInferenceProfiles',
        async () => probe.listInferenceProfiles(),
      ),
    converse: async (modelId) =>
      ask(`converse: asking ${modelId}`, `BedrockRuntime Converse ${modelId}`, async () =>
        probe.converse(modelId),
      ),
    converseStream: async (modelId) =>
      ask(`converse-stream: asking ${modelId}`, `BedrockRuntime ConverseStream ${modelId}`, async () =>
        probe.converseStream(modelId),
      ),
    close: async () => probe.close(),
  };
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
