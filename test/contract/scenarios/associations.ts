import {
  AssociateIamInstanceProfileCommand,
  DescribeIamInstanceProfileAssociationsCommand,
  DescribeInstancesCommand,
  DisassociateIamInstanceProfileCommand,
  ReplaceIamInstanceProfileAssociationCommand,
} from '@aws-sdk/client-ec2';
import type { Account } from '../account.js';
import { outcome, type Scenario } from '../scenario.js';
import { createFilledProfile, createProfile } from './instance-profiles.js';

function associate({ ec2 }: Account, InstanceId: string, Name: string) {
  return ec2.send(new AssociateIamInstanceProfileCommand({ InstanceId, IamInstanceProfile: { Name } }));
}

async function associateId(account: Account, instanceId: string): Promise<string> {
  const answer = await associate(account, instanceId, account.name);
  return answer.IamInstanceProfileAssociation?.AssociationId ?? '';
}

function replaceWith(account: Account, AssociationId: string, name: string) {
  const command = { AssociationId, IamInstanceProfile: { Name: name } };
  return account.ec2.send(new ReplaceIamInstanceProfileAssociationCommand(command));
}

async function second(account: Account): Promise<string> {
  const other = { ...account, name: `${account.name}-two` };
  await createFilledProfile(other);
  return other.name;
}

async function listed(account: Account, instanceId: string) {
  const answer = await account.ec2.send(
    new DescribeIamInstanceProfileAssociationsCommand({
      Filters: [{ Name: 'instance-id', Values: [instanceId] }],
    }),
  );
  return answer.IamInstanceProfileAssociations ?? [];
}

/** The scenarios on instance profiles of instances. */
export const associationScenarios: readonly Scenario[] = [
  {
    id: 'associate-and-list',
    run: async (account) => {
      await createFilledProfile(account);
      const id = await account.instance('running');
      const made = await associate(account, id, account.name);
      const [found] = await listed(account, id);
      return [
        made.IamInstanceProfileAssociation?.State,
        found?.State,
        found?.IamInstanceProfile?.Arn,
        found?.InstanceId,
      ];
    },
    expected: ['associating', 'associated', 'arn:aws:iam::123456789012:instance-profile/NAME', 'INSTANCE'],
  },
  {
    id: 'associate-stopped-instance',
    run: async (account) => {
      await createFilledProfile(account);
      return outcome(associate(account, await account.instance('stopped'), account.name));
    },
    expected: 'ok',
  },
  {
    id: 'associate-twice',
    run: async (account) => {
      await createFilledProfile(account);
      const id = await account.instance('running');
      await associate(account, id, account.name);
      return outcome(associate(account, id, account.name));
    },
    expected: {
      code: 'IncorrectState',
      status: 400,
      message: 'There is an existing association for instance INSTANCE',
    },
  },
  {
    id: 'associate-unknown-profile',
    run: async (account) => outcome(associate(account, await account.instance('running'), account.name)),
    expected: {
      code: 'InvalidParameterValue',
      status: 400,
      message:
        'Value (NAME) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name',
    },
  },
  {
    id: 'associate-profile-without-role',
    run: async (account) => {
      await createProfile(account);
      return outcome(associate(account, await account.instance('running'), account.name));
    },
    expected: {
      code: 'InvalidParameterValue',
      status: 400,
      message:
        'IAM Instance Profile "arn:aws:iam::123456789012:instance-profile/NAME" has no associated IAM Roles',
    },
  },
  {
    id: 'associate-terminated-instance',
    run: async (account) => {
      await createFilledProfile(account);
      return outcome(associate(account, await account.instance('terminated'), account.name));
    },
    expected: {
      code: 'IncorrectInstanceState',
      status: 400,
      message: "The instance 'INSTANCE' is not in the 'running' or 'stopped' states.",
    },
  },
  {
    id: 'associate-unknown-instance',
    run: async (account) => {
      await createFilledProfile(account);
      return outcome(associate(account, 'i-00000000000000000', account.name));
    },
    expected: {
      code: 'InvalidInstanceID.NotFound',
      status: 400,
      message: "The instance ID 'INSTANCE' does not exist",
    },
  },
  {
    id: 'replace-gives-a-new-association',
    run: async (account) => {
      await createFilledProfile(account);
      const old = await associateId(account, await account.instance('running'));
      const other = await second(account);
      return outcome(replaceWith(account, old, other), ({ IamInstanceProfileAssociation: made }) => ({
        sameId: made?.AssociationId === old,
        state: made?.State,
        profile: made?.IamInstanceProfile?.Arn,
      }));
    },
    expected: {
      sameId: false,
      state: 'associating',
      profile: 'arn:aws:iam::123456789012:instance-profile/NAME-two',
    },
  },
  {
    id: 'replaced-profile-on-instance',
    run: async (account) => {
      await createFilledProfile(account);
      const id = await account.instance('running');
      const old = await associateId(account, id);
      await replaceWith(account, old, await second(account));
      const answer = await account.ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] }));
      return answer.Reservations?.[0]?.Instances?.[0]?.IamInstanceProfile?.Arn;
    },
    expected: 'arn:aws:iam::123456789012:instance-profile/NAME-two',
  },
  {
    id: 'replace-on-stopped-instance',
    run: async (account) => {
      await createFilledProfile(account);
      const old = await associateId(account, await account.instance('stopped'));
      return outcome(replaceWith(account, old, await second(account)));
    },
    expected: {
      code: 'IncorrectState',
      status: 400,
      message: 'The association ASSOCIATION is not the active association',
    },
  },
  {
    id: 'disassociate',
    run: async (account) => {
      await createFilledProfile(account);
      const id = await account.instance('running');
      const AssociationId = await associateId(account, id);
      const answer = await account.ec2.send(new DisassociateIamInstanceProfileCommand({ AssociationId }));
      return [answer.IamInstanceProfileAssociation?.State, await listed(account, id)];
    },
    expected: ['disassociating', []],
  },
  {
    id: 'disassociate-unknown-association',
    run: ({ ec2 }) =>
      outcome(
        ec2.send(new DisassociateIamInstanceProfileCommand({ AssociationId: 'iip-assoc-00000000000000000' })),
      ),
    expected: {
      code: 'InvalidAssociationID.NotFound',
      status: 400,
      message: "An invalid association-id of 'ASSOCIATION' was given",
    },
  },
  {
    id: 'instance-shows-profile-id',
    run: async (account) => {
      await createFilledProfile(account);
      const id = await account.instance('running');
      await associate(account, id, account.name);
      const answer = await account.ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] }));
      return answer.Reservations?.[0]?.Instances?.[0]?.IamInstanceProfile?.Id?.slice(0, 4);
    },
    expected: 'AIPA',
  },
];
