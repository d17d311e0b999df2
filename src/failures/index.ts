export { catalogue } from './catalogue.js';
export type { Denial, DenialTail } from './denial.js';
export { allowingStatement, parseDenial } from './denial.js';
export type { CatalogueEntry, FailureContext, Matcher, Place } from './entry.js';
export { toErrorDetails } from './error-details.js';
export type { Explanation } from './explain.js';
export { explainCode, explainFailure } from './explain.js';
export { toolCommand } from './fill.js';
