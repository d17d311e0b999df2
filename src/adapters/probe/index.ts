export { startStandIn, probeCommand } from './parent.js';
