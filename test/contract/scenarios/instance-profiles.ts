import {
  AddRoleToInstanceProfileCommand,
  CreateInstanceProfileCommand,
  CreateRoleCommand,
  DeleteInstanceProfileCommand,
  DeleteRoleCommand,
  GetInstanceProfileCommand,
  ListInstanceProfilesForRoleCommand,
  RemoveRoleFromInstanceProfileCommand,
  TagInstanceProfileCommand,
  UntagInstanceProfileCommand,
} from '@aws-sdk/client-iam';
import { EC2_TRUST } from '../../../src/mock-aws/index.js';
import type { Account } from '../account.js';
import { outcome, type Scenario } from '../scenario.js';
import { createRole } from './roles.js';

/** Makes the scenario's instance profile, empty. */
export async function createProfile({ iam, name }: Account): Promise<void> {
  await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: name }));
}

/** Makes the scenario's role and instance profile, the one in the other. */
export async function createFilledProfile(account: Account): Promise<void> {
  await createRole(account);
  await createProfile(account);
  await addRole(account, account.name);
}

async function addRole({ iam, name }: Account, RoleName: string): Promise<void> {
  await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: name, RoleName }));
}

/** The scenarios on instance profiles. */
export const instanceProfileScenarios: readonly Scenario[] = [
  {
    id: 'profile-create-fill-and-read',
    run: async (account) => {
      await createFilledProfile(account);
      return outcome(
        account.iam.send(new GetInstanceProfileCommand({ InstanceProfileName: account.name })),
        ({ InstanceProfile }) => ({
          arn: InstanceProfile?.Arn,
          path: InstanceProfile?.Path,
          roles: InstanceProfile?.Roles?.map((role) => role.Arn),
        }),
      );
    },
    expected: {
      arn: 'arn:aws:iam::123456789012:instance-profile/NAME',
      path: '/',
      roles: ['arn:aws:iam::123456789012:role/NAME'],
    },
  },
  {
    id: 'profile-id-begins-with-aipa',
    run: async (account) => {
      await createProfile(account);
      return outcome(
        account.iam.send(new GetInstanceProfileCommand({ InstanceProfileName: account.name })),
        ({ InstanceProfile }) => InstanceProfile?.InstanceProfileId?.startsWith('AIPA'),
      );
    },
    expected: true,
  },
  {
    id: 'profile-name-taken',
    run: async (account) => {
      await createProfile(account);
      return outcome(createProfile(account));
    },
    expected: { code: 'EntityAlreadyExists', status: 409, message: 'Instance Profile NAME already exists.' },
  },
  {
    id: 'profile-missing',
    run: ({ iam, name }) => outcome(iam.send(new GetInstanceProfileCommand({ InstanceProfileName: name }))),
    expected: { code: 'NoSuchEntity', status: 404, message: 'Instance Profile NAME cannot be found.' },
  },
  {
    id: 'profile-takes-one-role',
    run: async (account) => {
      await createFilledProfile(account);
      const other = `${account.name}-other`;
      await account.iam.send(
        new CreateRoleCommand({ RoleName: other, AssumeRolePolicyDocument: JSON.stringify(EC2_TRUST) }),
      );
      return outcome(addRole(account, other));
    },
    expected: {
      code: 'LimitExceeded',
      status: 409,
      message: 'Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1',
    },
  },
  {
    id: 'missing-role-not-added',
    run: async (account) => {
      await createProfile(account);
      return outcome(addRole(account, 'absent'));
    },
    expected: { code: 'NoSuchEntity', status: 404, message: 'The role with name absent cannot be found.' },
  },
  {
    id: 'role-in-profile-stays',
    run: async (account) => {
      await createFilledProfile(account);
      return outcome(account.iam.send(new DeleteRoleCommand({ RoleName: account.name })));
    },
    expected: {
      code: 'DeleteConflict',
      status: 409,
      message: 'Cannot delete entity, must remove roles from instance profile first.',
    },
  },
  {
    id: 'filled-profile-stays',
    run: async (account) => {
      await createFilledProfile(account);
      return outcome(
        account.iam.send(new DeleteInstanceProfileCommand({ InstanceProfileName: account.name })),
      );
    },
    expected: {
      code: 'DeleteConflict',
      status: 409,
      message: 'Cannot delete entity, must remove roles from instance profile first.',
    },
  },
  {
    id: 'profiles-listed-for-role',
    run: async (account) => {
      await createFilledProfile(account);
      return outcome(
        account.iam.send(new ListInstanceProfilesForRoleCommand({ RoleName: account.name })),
        (answer) => answer.InstanceProfiles?.map((profile) => profile.InstanceProfileName),
      );
    },
    expected: ['NAME'],
  },
  {
    id: 'profile-tags-added-and-removed',
    run: async (account) => {
      const InstanceProfileName = account.name;
      await createProfile(account);
      const Tags = [
        { Key: 'a', Value: '1' },
        { Key: 'b', Value: '2' },
      ];
      await account.iam.send(new TagInstanceProfileCommand({ InstanceProfileName, Tags }));
      await account.iam.send(new UntagInstanceProfileCommand({ InstanceProfileName, TagKeys: ['a'] }));
      return outcome(
        account.iam.send(new GetInstanceProfileCommand({ InstanceProfileName })),
        ({ InstanceProfile }) => InstanceProfile?.Tags,
      );
    },
    expected: [{ Key: 'b', Value: '2' }],
  },
  {
    id: 'torn-down-in-order',
    run: async (account) => {
      const { iam, name } = account;
      await createFilledProfile(account);
      await iam.send(new RemoveRoleFromInstanceProfileCommand({ InstanceProfileName: name, RoleName: name }));
      await iam.send(new DeleteInstanceProfileCommand({ InstanceProfileName: name }));
      return outcome(iam.send(new DeleteRoleCommand({ RoleName: name })));
    },
    expected: 'ok',
  },
];
