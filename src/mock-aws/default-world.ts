import type { InstanceSeed, World } from './world.js';

/**
 * A small account: `web-1` runs and has no profile (with its neighbours `web-2`, stopped, and `web-3`, terminated),
 * `web-4` has the profile `web-server`, whose role reads a bucket, `web-5` one without a role.
 * `instances` replaces the instances.
 */
export function defaultWorld(instances: readonly InstanceSeed[] = INSTANCES): World {
  return {
    instances,
    roles: [
      {
        roleName: 'web-server',
        inlinePolicies: {
          'read-assets': {
            Version: '2012-10-17',
            Statement: [
              { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::example-assets/*' },
            ],
          },
        },
        attachedPolicies: ['arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore'],
      },
    ],
    instanceProfiles: [{ name: 'web-server', roleName: 'web-server' }, { name: 'no-role' }],
    policies: [],
  };
}

const INSTANCES: readonly InstanceSeed[] = [
  { instanceId: 'i-0abc1234def567890', name: 'web-1' },
  { instanceId: 'i-0abc1234def567891', name: 'web-2', state: 'stopped' },
  { instanceId: 'i-0abc1234def567892', name: 'web-3', state: 'terminated' },
  { instanceId: 'i-0abc1234def567893', name: 'web-4', instanceProfile: 'web-server' },
  { instanceId: 'i-0abc1234def567894', name: 'web-5', instanceProfile: 'no-role' },
];
