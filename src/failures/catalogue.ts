import { attachingFailures } from './attaching.js';
import { bedrockFailures } from './bedrock.js';
import { deniedFailures, plainlyDenied } from './denied.js';
import type { CatalogueEntry } from './entry.js';
import { hostFailures } from './host.js';
import { clockFailures, networkFailures } from './network.js';
import { ssmFailures } from './ssm.js';

/** Every failure that the tool recognises, the more telling ones first: the first that fits is the one. */
export const catalogue: readonly CatalogueEntry[] = [
  ...clockFailures,
  ...bedrockFailures,
  ...deniedFailures,
  ...hostFailures,
  ...attachingFailures,
  ...ssmFailures,
  ...networkFailures,
  ...plainlyDenied,
];
