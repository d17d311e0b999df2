export type { GatewayProbeOptions } from './parent.js';
export { openGatewayProbe, probeCommand } from './parent.js';
