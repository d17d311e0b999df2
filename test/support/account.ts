import {
  DescribeIamInstanceProfileAssociationsCommand,
  DisassociateIamInstanceProfileCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import {
  DeleteInstanceProfileCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetInstanceProfileCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListInstanceProfilesCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  RemoveRoleFromInstanceProfileCommand,
} from '@aws-sdk/client-iam';
import { vi } from 'vitest';
import type { AwsOptions } from '../../src/adapters/aws/clients.js';
import { connectAws } from '../../src/adapters/aws/clients.js';
import type { AutoScalingWriter } from '../../src/ports/auto-scaling.js';
import type { BedrockReader } from '../../src/ports/bedrock.js';
import type { Clock } from '../../src/ports/clock.js';
import type { Ec2Directory, Ec2Writer } from '../../src/ports/ec2.js';
import type { ModelAccessWriter } from '../../src/ports/model-access.js';
import type { QuotaReader } from '../../src/ports/quotas.js';
import type { RightsReader } from '../../src/ports/rights.js';
import type { StateManagerReader } from '../../src/ports/state-manager.js';
import type { SystemsManagerWriter } from '../../src/ports/systems-manager.js';
import type { Account } from './cloud.js';

/** Credentials that a pretended AWS takes. */
export const pretended = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};

const sdkVariables = [
  'AWS_PROFILE',
  'AWS_DEFAULT_PROFILE',
  'AWS_REGION',
  'AWS_DEFAULT_REGION',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_CA_BUNDLE',
  'AWS_MAX_ATTEMPTS',
  'AWS_RETRY_MODE',
  'AWS_BEARER_TOKEN_BEDROCK',
  'AWS_EC2_METADATA_DISABLED',
] as const;

/** Leads every SDK client of this process to `url` and hides the caller's own AWS variables and files. */
export function isolateAws(url: string | null): void {
  for (const name of sdkVariables) vi.stubEnv(name, undefined);
  vi.stubEnv('AWS_CONFIG_FILE', '/nonexistent/config');
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nonexistent/credentials');
  vi.stubEnv('AWS_ENDPOINT_URL', url ?? undefined);
}

/** The account behind AWS_ENDPOINT_URL through the product's own adapters. */
export function connectAccount(
  clock: Clock,
  options: Partial<AwsOptions> = {},
): Account & {
  readonly ec2: Ec2Writer & Ec2Directory;
  readonly bedrock: BedrockReader;
  readonly rights: RightsReader;
  readonly modelAccess: ModelAccessWriter;
  readonly autoScaling: AutoScalingWriter;
  readonly stateManager: StateManagerReader;
  readonly quotas: QuotaReader;
  readonly systemsManager: () => Promise<SystemsManagerWriter>;
  close(): void;
} {
  const credentials = (): Promise<typeof pretended> => Promise.resolve(pretended);
  const aws = connectAws({ region: 'us-east-1', credentials, profile: null, readOnly: false, ...options });
  return { ...aws, clock };
}

/** Plain SDK clients for what stands around a run: preparing an account, and looking at it from outside. */
export function outsideClients(url: string): { readonly iam: IAMClient; readonly ec2: EC2Client } {
  const settings = { endpoint: url, region: 'us-east-1', credentials: pretended, maxAttempts: 1 };
  return { iam: new IAMClient(settings), ec2: new EC2Client(settings) };
}

/** Everything in an account that a set-up may touch, as plain data without ids and times. */
export async function snapshot({ iam, ec2 }: ReturnType<typeof outsideClients>): Promise<unknown> {
  const { Roles: roles = [] } = await iam.send(new ListRolesCommand({}));
  const { InstanceProfiles: profiles = [] } = await iam.send(new ListInstanceProfilesCommand({}));
  const associations = await ec2.send(new DescribeIamInstanceProfileAssociationsCommand({}));
  return {
    roles: await Promise.all(roles.map(async ({ RoleName = '' }) => roleOf(iam, RoleName))),
    profiles: await Promise.all(
      profiles.map(async ({ InstanceProfileName }) => {
        const { InstanceProfile: found } = await iam.send(
          new GetInstanceProfileCommand({ InstanceProfileName }),
        );
        return {
          name: InstanceProfileName,
          tags: found?.Tags ?? [],
          roles: found?.Roles?.map(({ RoleName }) => RoleName),
        };
      }),
    ),
    associations: (associations.IamInstanceProfileAssociations ?? []).map((one) => ({
      instance: one.InstanceId,
      profile: one.IamInstanceProfile?.Arn,
    })),
  };
}

async function roleOf(iam: IAMClient, RoleName: string): Promise<unknown> {
  const { Role: role } = await iam.send(new GetRoleCommand({ RoleName }));
  const { PolicyNames: names = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
  const { AttachedPolicies: attached = [] } = await iam.send(
    new ListAttachedRolePoliciesCommand({ RoleName }),
  );
  const inline = names.map(async (PolicyName) => {
    const { PolicyDocument: text } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
    return [PolicyName, decodeURIComponent(text ?? '')] as const;
  });
  return {
    name: RoleName,
    trust: decodeURIComponent(role?.AssumeRolePolicyDocument ?? ''),
    boundary: role?.PermissionsBoundary?.PermissionsBoundaryArn,
    tags: role?.Tags ?? [],
    inline: await Promise.all(inline),
    attached: attached.map(({ PolicyArn }) => PolicyArn).toSorted((a, b) => ((a ?? '') < (b ?? '') ? -1 : 1)),
  };
}

/**
 * Removes every role, instance profile and association from a pretended account. Quicker than to reset moto, which builds
 * each region anew when it is next asked.
 */
export async function emptyAccount({ iam, ec2 }: ReturnType<typeof outsideClients>): Promise<void> {
  const associations = await ec2.send(new DescribeIamInstanceProfileAssociationsCommand({}));
  for (const { AssociationId } of associations.IamInstanceProfileAssociations ?? []) {
    await ec2.send(new DisassociateIamInstanceProfileCommand({ AssociationId }));
  }
  const { InstanceProfiles: profiles = [] } = await iam.send(new ListInstanceProfilesCommand({}));
  for (const { InstanceProfileName, Roles: roles = [] } of profiles) {
    for (const { RoleName } of roles) {
      await iam.send(new RemoveRoleFromInstanceProfileCommand({ InstanceProfileName, RoleName }));
    }
    await iam.send(new DeleteInstanceProfileCommand({ InstanceProfileName }));
  }
  const { Roles: roles = [] } = await iam.send(new ListRolesCommand({}));
  for (const { RoleName } of roles) await deleteRole(iam, RoleName);
}

async function deleteRole(iam: IAMClient, RoleName: string | undefined): Promise<void> {
  const { PolicyNames: names = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
  for (const PolicyName of names) await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
  const { AttachedPolicies: attached = [] } = await iam.send(
    new ListAttachedRolePoliciesCommand({ RoleName }),
  );
  for (const { PolicyArn } of attached) await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
  await iam.send(new DeleteRoleCommand({ RoleName }));
}
