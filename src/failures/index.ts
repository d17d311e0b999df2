export { catalogue } from './catalogue.js';
export type { FailureContext } from './entry.js';
export { toErrorDetails } from './error-details.js';
export type { Explanation } from './explain.js';
export { explainCode, explainFailure } from './explain.js';
export { toolCommand } from './fill.js';
