import type { FaultTable, FaultWorld } from '../fault.js';
import { refuse } from '../fault.js';

const beyondAnyBound = 1e12;

/** Gives the instance a profile of the default world, as if somebody had done so long ago. */
export function attach({ aws, instanceId, region }: FaultWorld, profileName: string): void {
  const profile = aws.state.instanceProfiles[profileName];
  if (profile === undefined) return;
  for (const [id, association] of Object.entries(aws.state.associations)) {
    if (association.instanceId === instanceId) delete aws.state.associations[id];
  }
  aws.state.associations['iip-assoc-0fa1700000000000f'] = {
    associationId: 'iip-assoc-0fa1700000000000f',
    instanceId,
    region,
    profileArn: profile.arn,
    profileId: profile.id,
    createdAt: 0,
  };
}

function occupy({ aws, roleName }: FaultWorld): void {
  const other = aws.state.instanceProfiles['web-server'];
  if (other === undefined) return;
  const arn = other.arn.replace(/[^/]+$/u, roleName);
  aws.state.instanceProfiles[roleName] = { ...other, name: roleName, arn, id: 'AIPAFAULT00000000OCC1' };
}

const existing = 'There is an existing association for instance';

/** Failures of IAM, EC2 and STS while the role is made and attached. */
export const attachingFaults: FaultTable = {
  PROFILE_NOT_VISIBLE: {
    strikes: 'first',
    setupOnly: true,
    bend: ({ aws }) => {
      aws.settings.propagation.iamToEc2Milliseconds = beyondAnyBound;
    },
  },
  PROFILE_HAS_NO_ROLE: { strikes: 'first', setupOnly: true, bend: (world) => attach(world, 'no-role') },
  ALREADY_ASSOCIATED: {
    strikes: 'first',
    setupOnly: true,
    bend: (world) =>
      refuse('ec2', 'AssociateIamInstanceProfile', {
        status: 400,
        code: 'IncorrectState',
        message: `${existing} ${world.instanceId}`,
      })(world),
  },
  NOT_ACTIVE_ASSOCIATION: {
    strikes: 'first',
    setupOnly: true,
    replaceProfile: true,
    bend: async (world) => {
      attach(world, 'web-server');
      await refuse('ec2', 'ReplaceIamInstanceProfileAssociation', {
        status: 400,
        code: 'IncorrectState',
        message: 'The association iip-assoc-0fa1700000000000f is not the active association',
      })(world);
    },
  },
  INSTANCE_WRONG_STATE: {
    strikes: 'first',
    setupOnly: true,
    bend: ({ aws, instanceId }) => {
      const instance = aws.state.instances[instanceId];
      if (instance !== undefined) instance.state = 'stopping';
    },
  },
  INSTANCE_NOT_FOUND: {
    strikes: 'first',
    setupOnly: true,
    bend: (world) =>
      refuse('ec2', 'DescribeInstances', {
        status: 400,
        code: 'InvalidInstanceID.NotFound',
        message: `The instance ID '${world.instanceId}' does not exist`,
      })(world),
  },
  NAME_TAKEN: {
    strikes: 'first',
    setupOnly: true,
    bend: (world) =>
      refuse('iam', 'CreateRole', {
        status: 409,
        code: 'EntityAlreadyExists',
        message: `Role with name ${world.roleName} already exists.`,
      })(world),
  },
  PROFILE_OCCUPIED: { strikes: 'first', setupOnly: true, bend: occupy },
  PROFILE_QUOTA: {
    strikes: 'first',
    setupOnly: true,
    bend: refuse('iam', 'CreateInstanceProfile', {
      status: 409,
      code: 'LimitExceeded',
      message: 'Cannot exceed quota for InstanceProfilesPerAccount: 1000',
    }),
  },
  IAM_QUOTA: {
    strikes: 'first',
    setupOnly: true,
    bend: refuse('iam', 'CreateRole', {
      status: 409,
      code: 'LimitExceeded',
      message: 'Cannot exceed quota for RolesPerAccount: 1000',
    }),
  },
  NOT_ALLOWED: {
    strikes: 'first',
    setupOnly: true,
    bend: ({ aws }) => {
      aws.settings.deny.push('iam:CreateRole');
    },
  },
  NO_OPERATOR_CREDENTIALS: {
    strikes: 'first',
    setupOnly: true,
    signedOut: true,
    bend: () => undefined,
  },
  EXPIRED_CREDENTIALS: {
    strikes: 'first',
    bend: ({ aws }) => {
      aws.settings.faults.push({ service: 'sts', kind: 'expired-token' });
    },
  },
  BAD_KEYS: {
    strikes: 'first',
    bend: refuse('sts', 'GetCallerIdentity', {
      status: 403,
      code: 'InvalidClientTokenId',
      message: 'The security token included in the request is invalid.',
    }),
  },
  CLOCK_SKEW: {
    strikes: 'first',
    bend: refuse('sts', 'GetCallerIdentity', {
      status: 403,
      code: 'SignatureDoesNotMatch',
      message:
        'Signature expired: 20261122T094500Z is now earlier than 20261122T101000Z (20261122T102500Z - 15 min.)',
    }),
  },
};
