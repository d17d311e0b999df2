import type { CatalogueEntry } from './entry.js';

/** Failures of running on the host from afar through Systems Manager. */
export const ssmFailures: readonly CatalogueEntry[] = [
  {
    code: 'NOT_MANAGED',
    matchers: [
      { names: ['InvalidInstanceId'] },
      { text: 'not in a valid state for account' },
      { names: ['TargetNotConnected'] },
      { text: '{instanceId} is not connected' },
    ],
    cause:
      'Systems Manager does not reach {instanceId}: its agent does not run or is not registered, the role lacks AmazonSSMManagedInstanceCore, there is no route to Systems Manager, or it is in another account or region than {region}',
    who: 'you',
    fix: 'see what it knows: aws ssm describe-instance-information --filters Key=InstanceIds,Values={instanceId} --region {region}{profileFlag}; --ssm adds the policy, then wait 5 minutes; or run the tool on the instance itself with --cloud skip',
  },
  {
    code: 'NOT_THERE_YET',
    matchers: [{ names: ['InvocationDoesNotExist'] }],
    cause: 'Systems Manager has taken the command but does not know of it on the instance yet',
    who: 'wait',
    fix: 'ask again in a second',
    waitSeconds: 1,
  },
];
