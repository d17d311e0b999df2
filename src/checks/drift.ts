import { goneProfileId } from '../core/account/gone-profile.js';
import { arnName } from '../core/policy/arn.js';
import type { ExpectedState } from '../core/account/expected-state.js';
import { expectedState, rolesOf } from '../core/account/expected-state.js';
import type { Finding } from '../core/finding.js';
import { driftCode } from '../core/finding.js';
import { managersOf } from '../core/account/managers.js';
import { inlinePolicyName } from '../core/policy/policies.js';
import { sameMeaning, trustsEc2 } from '../core/policy/policy-document.js';
import type { Receipt } from '../core/receipt.js';
import { scrub } from '../core/text/scrub.js';
import type { Instance } from '../ports/ec2.js';
import type { CloudReaders } from '../ports/lanes.js';
import type { StateManagerReader } from '../ports/state-manager.js';
import { passed } from './finding.js';
import { findReattaching } from './reattaching.js';

type Readers = Pick<CloudReaders, 'iam' | 'ec2'> & {
  /** Where Systems Manager may be looked at. */
  readonly stateManager?: StateManagerReader;
};

async function roleDrift(
  name: string,
  expected: ExpectedState,
  { iam }: Readers,
): Promise<readonly string[]> {
  const role = await iam.getRole(name);
  if (role === null) return [`the role ${name} is gone`];
  const inline = expected.inline.get(name);
  const attached = expected.attached.get(name) ?? [];
  const [document, policies] = await Promise.all([
    inline === undefined ? null : iam.getRolePolicy(name, inlinePolicyName),
    attached.length === 0 ? null : iam.listAttachedRolePolicies(name),
  ]);
  const gone = attached.filter((arn) => policies?.includes(arn) !== true);
  return [
    ...(trustsEc2(role.trustPolicy) ? [] : [`the trust policy of ${name} no longer lets EC2 assume it`]),
    ...(inline === undefined ? [] : policyDrift(name, inline, document)),
    ...gone.map((arn) => `the policy ${arnName(arn)} was taken off ${name}`),
  ];
}

function policyDrift(
  role: string,
  expected: Parameters<typeof sameMeaning>[0],
  document: Parameters<typeof sameMeaning>[0] | null,
): readonly string[] {
  if (document === null) return [`the inline policy ${inlinePolicyName} of ${role} is gone`];
  return sameMeaning(expected, document)
    ? []
    : [`the inline policy ${inlinePolicyName} of ${role} was changed`];
}

async function memberDrift(profile: string, role: string, { iam }: Readers): Promise<readonly string[]> {
  const found = await iam.getInstanceProfile(profile);
  if (found === null) return [`the instance profile ${profile} is gone`];
  const holds = found.roles[0]?.name;
  if (holds === role) return [];
  return [
    `the instance profile ${profile} holds ${holds === undefined ? 'no role' : holds} instead of ${role}`,
  ];
}

async function profileDrift(
  instanceId: string,
  arn: string,
  { ec2, iam }: Readers,
): Promise<readonly string[]> {
  const found = await ec2.describeAssociation(instanceId);
  if (found?.profileArn === arn) {
    const goneId = goneProfileId(found, await iam.getInstanceProfile(arnName(arn)));
    return goneId === null ? [] : [`${instanceId} still has a deleted instance profile ${arnName(arn)}`];
  }
  const actual = found === null ? 'no instance profile' : `the instance profile ${arnName(found.profileArn)}`;
  return [`${instanceId} has ${actual} instead of ${arnName(arn)}`];
}

async function hopDrift(instanceId: string, limit: number, { ec2 }: Readers): Promise<readonly string[]> {
  const actual = (await ec2.describeInstance(instanceId))?.metadataOptions.hopLimit ?? limit;
  return actual === limit ? [] : [`the metadata hop limit of ${instanceId} is ${actual} instead of ${limit}`];
}

/** What is no longer as the receipt left it, one sentence each. */
async function differences(expected: ExpectedState, readers: Readers): Promise<readonly string[]> {
  const found = await Promise.all([
    ...rolesOf(expected).map(async (role) => roleDrift(role, expected, readers)),
    ...[...expected.members].map(async ([profile, role]) => memberDrift(profile, role, readers)),
    ...[...expected.profiles].map(async ([instance, arn]) => profileDrift(instance, arn, readers)),
    ...[...expected.hopLimits].map(async ([instance, limit]) => hopDrift(instance, limit, readers)),
  ]);
  return found.flat();
}

/** What else manages the instance or a role, by their tags: `i-… belongs to the Auto Scaling group workers`. */
export async function findManagers(
  instance: Instance | null,
  roles: readonly string[],
  { iam }: Pick<Readers, 'iam'>,
): Promise<readonly string[]> {
  const found = await Promise.all(roles.map(async (name) => iam.getRole(name)));
  return [
    ...(instance?.managers ?? []).map((manager) => `${instance?.id ?? ''} belongs to ${manager}`),
    ...found.flatMap((role) =>
      role === null
        ? []
        : managersOf(role.tags).map((manager) => `the role ${role.name} belongs to ${manager}`),
    ),
  ];
}

/** The warning that something else will undo what is done by hand; no finding where nothing will. */
function judgeManagers(managers: readonly string[]): readonly Finding[] {
  if (managers.length === 0) return [];
  return [
    {
      id: 'managed-by',
      status: 'warn',
      code: 'MANAGED_ELSEWHERE',
      message: scrub(managers.join('; ')),
      cause:
        'a stack puts its resources back to what its template says, an Auto Scaling group starts new instances from its launch template, a Systems Manager association attaches its own profile again and again: each undoes what was set up here',
      who: 'you',
      fix: 'put the role into the template or the association as well: render cloudformation and render terraform of this tool print it',
    },
  ];
}

function judgeDrift(changed: readonly string[], managers: readonly string[]): Finding {
  if (changed.length === 0) return passed('drift', 'nothing in the account was changed since the set-up');
  const culprit =
    managers.length === 0 ? 'somebody, or something that manages the account' : managers.join('; ');
  return {
    id: 'drift',
    status: 'warn',
    code: driftCode,
    message: scrub(changed.join('; ')),
    cause: scrub(`changed after this tool had set it up, by ${culprit}`),
    who: 'you',
    fix: 'run setup again to put it back, or undo if it is not wanted any more',
  };
}

/**
 * Compares the account with what the receipts of earlier runs left, and looks for what else manages instance and roles.
 * Reads only; errors are those of the readers.
 */
export async function checkDrift(
  receipt: Receipt | null,
  instanceId: string | null,
  readers: Readers,
): Promise<readonly Finding[]> {
  const expected = receipt === null ? null : expectedState(receipt);
  const [changed, instance] = await Promise.all([
    expected === null ? [] : differences(expected, readers),
    instanceId === null ? null : readers.ec2.describeInstance(instanceId),
  ]);
  const [owners, attaching] = await Promise.all([
    findManagers(instance, expected === null ? [] : rolesOf(expected), readers),
    instanceId === null ? [] : findReattaching(instanceId, readers.stateManager),
  ]);
  const managers = [...owners, ...attaching];
  return [...(expected === null ? [] : [judgeDrift(changed, managers)]), ...judgeManagers(managers)];
}
