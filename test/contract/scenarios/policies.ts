import {
  AttachRolePolicyCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetPolicyCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import type { Account } from '../account.js';
import { outcome, type Scenario } from '../scenario.js';
import { createRole } from './roles.js';

const FULL_ACCESS = 'arn:aws:iam::aws:policy/AmazonBedrockFullAccess';
const MANAGED = [
  'AmazonBedrockFullAccess',
  'AmazonBedrockLimitedAccess',
  'AmazonBedrockReadOnly',
  'AmazonSSMManagedInstanceCore',
  'ReadOnlyAccess',
];
const document = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: 'bedrock:InvokeModel', Resource: 'arn:aws:bedrock:*::foundation-model/*' },
  ],
};

function put({ iam, name }: Account, PolicyDocument: string): Promise<unknown> {
  return iam.send(new PutRolePolicyCommand({ RoleName: name, PolicyName: 'inline', PolicyDocument }));
}

function attach({ iam, name }: Account, PolicyArn: string): Promise<unknown> {
  return iam.send(new AttachRolePolicyCommand({ RoleName: name, PolicyArn }));
}

/** The scenarios on the policies of roles. */
export const policyScenarios: readonly Scenario[] = [
  {
    id: 'managed-policies-known',
    run: async ({ iam }) =>
      Promise.all(
        MANAGED.map((policy) =>
          outcome(
            iam.send(new GetPolicyCommand({ PolicyArn: `arn:aws:iam::aws:policy/${policy}` })),
            (answer) => [answer.Policy?.PolicyName, answer.Policy?.Path, answer.Policy?.IsAttachable],
          ),
        ),
      ),
    expected: MANAGED.map((policy) => [policy, '/', true]),
  },
  {
    id: 'attach-twice-lists-once',
    run: async (account) => {
      await createRole(account);
      await attach(account, FULL_ACCESS);
      await attach(account, FULL_ACCESS);
      return outcome(
        account.iam.send(new ListAttachedRolePoliciesCommand({ RoleName: account.name })),
        (answer) => answer.AttachedPolicies,
      );
    },
    expected: [{ PolicyName: 'AmazonBedrockFullAccess', PolicyArn: FULL_ACCESS }],
  },
  {
    id: 'attach-unknown-policy',
    run: async (account) => {
      await createRole(account);
      return outcome(attach(account, 'arn:aws:iam::aws:policy/NoSuchPolicy'));
    },
    expected: {
      code: 'NoSuchEntity',
      status: 404,
      message: 'Policy arn:aws:iam::aws:policy/NoSuchPolicy does not exist or is not attachable.',
    },
  },
  {
    id: 'detach-what-is-not-attached',
    run: async (account) => {
      await createRole(account);
      return outcome(
        account.iam.send(new DetachRolePolicyCommand({ RoleName: account.name, PolicyArn: FULL_ACCESS })),
      );
    },
    expected: { code: 'NoSuchEntity', status: 404, message: `Policy ${FULL_ACCESS} was not found.` },
  },
  {
    id: 'inline-policy-written-and-read',
    run: async (account) => {
      await createRole(account);
      await put(account, JSON.stringify(document));
      return outcome(
        account.iam.send(new GetRolePolicyCommand({ RoleName: account.name, PolicyName: 'inline' })),
        (answer) => JSON.parse(decodeURIComponent(answer.PolicyDocument ?? '')) as unknown,
      );
    },
    expected: document,
  },
  {
    id: 'inline-policy-listed-and-deleted',
    run: async (account) => {
      const { iam, name } = account;
      await createRole(account);
      await put(account, JSON.stringify(document));
      const before = await iam.send(new ListRolePoliciesCommand({ RoleName: name }));
      await iam.send(new DeleteRolePolicyCommand({ RoleName: name, PolicyName: 'inline' }));
      const after = await iam.send(new ListRolePoliciesCommand({ RoleName: name }));
      return [before.PolicyNames, after.PolicyNames];
    },
    expected: [['inline'], []],
  },
  {
    id: 'inline-policy-missing',
    run: async (account) => {
      await createRole(account);
      return outcome(
        account.iam.send(new GetRolePolicyCommand({ RoleName: account.name, PolicyName: 'inline' })),
      );
    },
    expected: {
      code: 'NoSuchEntity',
      status: 404,
      message: 'The role policy with name inline cannot be found.',
    },
  },
  {
    id: 'inline-policy-not-json',
    run: async (account) => {
      await createRole(account);
      return outcome(put(account, '{'));
    },
    expected: { code: 'MalformedPolicyDocument', status: 400, message: 'Syntax errors in policy.' },
  },
  {
    id: 'inline-policy-too-long',
    run: async (account) => {
      await createRole(account);
      const long = { ...document, Statement: [{ ...document.Statement[0], Sid: 'x'.repeat(10_240) }] };
      return outcome(put(account, JSON.stringify(long)));
    },
    expected: {
      code: 'LimitExceeded',
      status: 409,
      message: 'Maximum policy size of 10240 bytes exceeded for role NAME',
    },
  },
  {
    id: 'role-with-attached-policy-stays',
    run: async (account) => {
      await createRole(account);
      await attach(account, FULL_ACCESS);
      return outcome(account.iam.send(new DeleteRoleCommand({ RoleName: account.name })));
    },
    expected: {
      code: 'DeleteConflict',
      status: 409,
      message: 'Cannot delete entity, must detach all policies first.',
    },
  },
  {
    id: 'role-with-inline-policy-stays',
    run: async (account) => {
      await createRole(account);
      await put(account, JSON.stringify(document));
      return outcome(account.iam.send(new DeleteRoleCommand({ RoleName: account.name })));
    },
    expected: {
      code: 'DeleteConflict',
      status: 409,
      message: 'Cannot delete entity, must delete policies first.',
    },
  },
];
