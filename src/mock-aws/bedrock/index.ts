import { restService } from '../rest/rest-service.js';
import { agreementOperations } from './agreements.js';
import { discoveryOperations } from './discovery.js';
import { bedrockErrors } from './errors.js';
import { useCaseOperations } from './use-case.js';

/** Amazon Bedrock's control plane. */
export const bedrock = restService('bedrock', bedrockErrors, {
  ...discoveryOperations,
  ...agreementOperations,
  ...useCaseOperations,
});
