import { AwsError } from '../errors.js';
import type { JsonInput } from '../json/json-service.js';
import { isRecord } from '../record.js';
import { pageOf } from '../json/paging.js';
import { requestContext } from '../policy/condition.js';
import { decideForRole } from '../policy/role-access.js';
import type { Context } from '../service.js';
import type { Association, Instance } from '../ec2/state.js';
import { textsOf } from './input.js';

/** An instance that Systems Manager knows. */
export interface ManagedInstance {
  readonly instanceId: string;
  readonly pingStatus: 'Online' | 'ConnectionLost';
}

type World = Pick<Context, 'state' | 'settings' | 'now'>;

function associationOf({ state }: World, instanceId: string): Association | undefined {
  return Object.values(state.associations).find(
    (one) => one.instanceId === instanceId && one.endedAt === undefined,
  );
}

/** Since when the instance's role lets its agent register, or undefined where it does not. */
function allowedSince(world: World, { instanceId, region }: Instance): number | undefined {
  const { state, settings } = world;
  const association = associationOf(world, instanceId);
  const profile = Object.values(state.instanceProfiles).find(({ arn }) => arn === association?.profileArn);
  const role = state.roles[profile?.roles[0]?.roleName ?? ''];
  if (association === undefined || role === undefined) return undefined;
  const request = {
    action: 'ssm:UpdateInstanceInformation',
    resource: '*',
    context: requestContext({ 'aws:RequestedRegion': region, 'aws:PrincipalArn': role.arn }),
  };
  if (!decideForRole(role, request, state, settings).allowed) return undefined;
  return Math.max(association.createdAt, ...role.attachedPolicies.map(({ attachedAt }) => attachedAt));
}

/**
 * What Systems Manager knows of an instance, or undefined: its agent registers once its role allows it, and stays known when it
 * no longer answers (Systems Manager user guide, ping status).
 */
export function managedInstance(world: World, instance: Instance): ManagedInstance | undefined {
  const { state, settings } = world;
  const { instanceId } = instance;
  const agent = settings.agents[instanceId];
  if (agent === undefined || instance.state === 'terminated') return undefined;
  const since = allowedSince(world, instance);
  const delay = settings.propagation.agentMilliseconds;
  const reaches = instance.state === 'running' && since !== undefined && since + delay <= world.now();
  if (reaches) state.registeredAgents[instanceId] = true;
  if (state.registeredAgents[instanceId] !== true) return undefined;
  const lost = !reaches || agent.fault === 'offline' || state.deadAgents[instanceId] === true;
  return { instanceId, pingStatus: lost ? 'ConnectionLost' : 'Online' };
}

function view({ instanceId, pingStatus }: ManagedInstance, context: Context): object {
  const { settings } = context;
  const { platform = 'Linux', version = '3.3.2299.0' } = settings.agents[instanceId] ?? {};
  const lastSeen = context.now() - (pingStatus === 'Online' ? 60_000 : 7_200_000);
  return {
    InstanceId: instanceId,
    PingStatus: pingStatus,
    LastPingDateTime: lastSeen / 1000,
    AgentVersion: version,
    IsLatestVersion: true,
    PlatformType: platform,
    PlatformName: { Linux: 'Amazon Linux', Windows: 'Microsoft Windows Server', MacOS: 'macOS' }[platform],
    ResourceType: 'EC2Instance',
  };
}

/** Those of a filter; Key and Values in `Filters`. Throws AwsError for another key. */
function passes(filters: unknown, one: ManagedInstance): boolean {
  if (filters === undefined) return true;
  if (!Array.isArray(filters))
    throw new AwsError('InvalidInstanceInformationFilterValue', 'Filters must be a list');
  return filters.filter(isRecord).every((filter) => {
    const values = textsOf(filter['Values']);
    if (filter['Key'] === 'InstanceIds') return values.includes(one.instanceId);
    if (filter['Key'] === 'PingStatus') return values.includes(one.pingStatus);
    throw new AwsError('InvalidFilterKey', `The specified key is not valid: ${String(filter['Key'])}`);
  });
}

/** A page has 5 to 50 instances (API reference, DescribeInstanceInformation). */
export function describeInstanceInformation(input: JsonInput, context: Context): Record<string, unknown> {
  const { state, region } = context;
  const { MaxResults: size } = input;
  if (typeof size === 'number' && size < 5)
    throw new AwsError('ValidationException', 'MaxResults must be between 5 and 50');
  const here = Object.values(state.instances)
    .filter((instance) => instance.region === region)
    .flatMap((instance) => managedInstance(context, instance) ?? [])
    .filter((one) => passes(input['Filters'], one));
  const { items, next } = pageOf(here, input, { atMost: 50, invalidToken: 'InvalidNextToken' });
  return { InstanceInformationList: items.map((one) => view(one, context)), ...next };
}
