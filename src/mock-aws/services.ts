import { autoScaling } from './auto-scaling/index.js';
import { bedrock } from './bedrock/index.js';
import { bedrockRuntime } from './bedrock-runtime/index.js';
import { ec2 } from './ec2/index.js';
import { iam } from './iam/index.js';
import { metadata } from './metadata/index.js';
import type { Service } from './service.js';
import { serviceQuotas } from './service-quotas/index.js';
import { ssm } from './ssm/index.js';
import { sts } from './sts/index.js';

/** Every service that is served, in the order in which they are asked whether a request is theirs. */
export const SERVICES: readonly Service[] = [
  metadata,
  iam,
  sts,
  ec2,
  autoScaling,
  ssm,
  serviceQuotas,
  bedrock,
  bedrockRuntime,
];
