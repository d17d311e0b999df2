import { queryService } from '../query/query-service.js';
import { attachedPolicyOperations } from './attached-policies.js';
import { iamErrors } from './errors.js';
import { inlinePolicyOperations } from './inline-policies.js';
import { instanceProfileOperations } from './instance-profiles.js';
import { membershipOperations } from './membership.js';
import { roleOperations } from './roles.js';
import { simulateOperations } from './simulate.js';
import { userOperations } from './users.js';

/** AWS Identity and Access Management: one for all regions. */
export const iam = queryService({
  name: 'iam',
  version: '2010-05-08',
  namespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
  errors: iamErrors,
  operations: {
    ...roleOperations,
    ...inlinePolicyOperations,
    ...attachedPolicyOperations,
    ...instanceProfileOperations,
    ...membershipOperations,
    ...simulateOperations,
    ...userOperations,
  },
});
