import {
  CreateRoleCommand,
  DeleteRoleCommand,
  GetRoleCommand,
  ListRoleTagsCommand,
  TagRoleCommand,
  UntagRoleCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { EC2_TRUST } from '../../../src/mock-aws/index.js';
import type { Account } from '../account.js';
import { outcome, type Scenario } from '../scenario.js';

const trust = JSON.stringify(EC2_TRUST);

/** Makes the scenario's role. */
export async function createRole({ iam, name }: Account): Promise<void> {
  await iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: trust }));
}

/** The scenarios on roles. */
export const roleScenarios: readonly Scenario[] = [
  {
    id: 'role-create-and-read',
    run: async ({ iam, name }) => {
      await iam.send(
        new CreateRoleCommand({
          RoleName: name,
          AssumeRolePolicyDocument: trust,
          Description: 'a role & its <description>',
          Tags: [{ Key: 'managed-by', Value: 'contract' }],
        }),
      );
      return outcome(iam.send(new GetRoleCommand({ RoleName: name })), ({ Role }) => ({
        name: Role?.RoleName,
        path: Role?.Path,
        arn: Role?.Arn,
        description: Role?.Description,
        seconds: Role?.MaxSessionDuration,
        tags: Role?.Tags,
        trust: JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')) as unknown,
        id: Role?.RoleId?.slice(0, 4),
      }));
    },
    expected: {
      name: 'NAME',
      path: '/',
      arn: 'arn:aws:iam::123456789012:role/NAME',
      description: 'a role & its <description>',
      seconds: 3600,
      tags: [{ Key: 'managed-by', Value: 'contract' }],
      trust: EC2_TRUST,
      id: 'AROA',
    },
  },
  {
    id: 'role-name-taken',
    run: async (account) => {
      await createRole(account);
      return outcome(createRole(account));
    },
    expected: { code: 'EntityAlreadyExists', status: 409, message: 'Role with name NAME already exists.' },
  },
  {
    id: 'role-missing',
    run: ({ iam, name }) => outcome(iam.send(new GetRoleCommand({ RoleName: name }))),
    expected: { code: 'NoSuchEntity', status: 404, message: 'The role with name NAME cannot be found.' },
  },
  {
    id: 'role-name-malformed',
    run: ({ iam }) =>
      outcome(iam.send(new CreateRoleCommand({ RoleName: 'no spaces', AssumeRolePolicyDocument: trust }))),
    expected: {
      code: 'ValidationError',
      status: 400,
      message:
        "1 validation error detected: Value 'no spaces' at 'roleName' failed to satisfy constraint: " +
        'Member must satisfy regular expression pattern: [\\w+=,.@-]+',
    },
  },
  {
    id: 'trust-policy-not-json',
    run: ({ iam, name }) =>
      outcome(iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: '{' }))),
    expected: { code: 'MalformedPolicyDocument', status: 400, message: 'This policy contains invalid Json' },
  },
  {
    id: 'permissions-boundary-missing',
    run: ({ iam, name }) =>
      outcome(
        iam.send(
          new CreateRoleCommand({
            RoleName: name,
            AssumeRolePolicyDocument: trust,
            PermissionsBoundary: 'arn:aws:iam::123456789012:policy/absent',
          }),
        ),
      ),
    expected: {
      code: 'NoSuchEntity',
      status: 404,
      message: 'Scope ARN: arn:aws:iam::123456789012:policy/absent does not exist or is not attachable.',
    },
  },
  {
    id: 'permissions-boundary-kept',
    run: async ({ iam, name }) => {
      const boundary = 'arn:aws:iam::aws:policy/AmazonBedrockFullAccess';
      await iam.send(
        new CreateRoleCommand({
          RoleName: name,
          AssumeRolePolicyDocument: trust,
          PermissionsBoundary: boundary,
        }),
      );
      return outcome(
        iam.send(new GetRoleCommand({ RoleName: name })),
        ({ Role }) => Role?.PermissionsBoundary?.PermissionsBoundaryArn,
      );
    },
    expected: 'arn:aws:iam::aws:policy/AmazonBedrockFullAccess',
  },
  {
    id: 'role-tags-added-and-removed',
    run: async (account) => {
      const { iam, name } = account;
      await createRole(account);
      const Tags = [
        { Key: 'a', Value: '1' },
        { Key: 'b', Value: '2' },
      ];
      await iam.send(new TagRoleCommand({ RoleName: name, Tags }));
      await iam.send(new UntagRoleCommand({ RoleName: name, TagKeys: ['a'] }));
      return outcome(iam.send(new ListRoleTagsCommand({ RoleName: name })), (answer) => answer.Tags);
    },
    expected: [{ Key: 'b', Value: '2' }],
  },
  {
    id: 'trust-policy-updated',
    run: async (account) => {
      const { iam, name } = account;
      await createRole(account);
      const wider = JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: ['ec2.amazonaws.com', 'ssm.amazonaws.com'] },
            Action: 'sts:AssumeRole',
          },
        ],
      });
      await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: name, PolicyDocument: wider }));
      return outcome(iam.send(new GetRoleCommand({ RoleName: name })), ({ Role }) =>
        decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '').includes('ssm.amazonaws.com'),
      );
    },
    expected: true,
  },
  {
    id: 'role-deleted',
    run: async (account) => {
      const { iam, name } = account;
      await createRole(account);
      await iam.send(new DeleteRoleCommand({ RoleName: name }));
      return outcome(iam.send(new DeleteRoleCommand({ RoleName: name })));
    },
    expected: { code: 'NoSuchEntity', status: 404, message: 'The role with name NAME cannot be found.' },
  },
];
