export { openGatewayProbe, probeCommand } from './parent.js';
