import type { GatewayProbe, ProbeAnswer } from '../../ports/gateway-probe.js';

/** What a probe asks AWS, by AWS's own names. */
export type ProbeOperation =
  | 'GetCallerIdentity'
  | 'ListFoundationModels'
  | 'ListInferenceProfiles'
  | 'Converse'
  | 'ConverseStream';

/** Makes a call, and does something before and after it. `modelId` is null where no model is asked. */
type Around = <Value>(
  operation: ProbeOperation,
  modelId: string | null,
  ask: () => Promise<ProbeAnswer<Value>>,
) => Promise<ProbeAnswer<Value>>;

/** A probe each of whose calls goes through `around`. */
export function aroundProbe(probe: GatewayProbe, around: Around): GatewayProbe {
  return {
    identity: async () => around('GetCallerIdentity', null, async () => probe.identity()),
    listFoundationModels: async () =>
      around('ListFoundationModels', null, async () => probe.listFoundationModels()),
    listInferenceProfiles: async () =>
      around('ListInferenceProfiles', null, async () => probe.listInferenceProfiles()),
    converse: async (modelId) => around('Converse', modelId, async () => probe.converse(modelId)),
    converseStream: async (modelId) =>
      around('ConverseStream', modelId, async () => probe.converseStream(modelId)),
    close: async () => probe.close(),
  };
}
