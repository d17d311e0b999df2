import { attachingFailures } from './attaching.js';
import { bedrockFailures } from './bedrock.js';
import { credentialFailures } from './credentials.js';
import { deniedFailures, plainlyDenied } from './denied.js';
import type { CatalogueEntry } from './entry.js';
import { fromAfarFailures } from './from-afar.js';
import { gatewayFailures } from './gateway.js';
import { metadataFailures } from './metadata.js';
import { clockFailures, networkFailures } from './network.js';
import { openClawFailures } from './openclaw.js';

/** Every failure that the tool recognises, the more telling ones first: the first that fits is the one. */
export const catalogue: readonly CatalogueEntry[] = [
  ...clockFailures,
  ...bedrockFailures,
  ...deniedFailures,
  ...metadataFailures,
  ...gatewayFailures,
  ...openClawFailures,
  ...attachingFailures,
  ...credentialFailures,
  ...fromAfarFailures,
  ...networkFailures,
  ...plainlyDenied,
];
