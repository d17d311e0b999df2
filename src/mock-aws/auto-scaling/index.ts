import { AwsError } from '../errors.js';
import { queryErrors } from '../query/denied.js';
import type { Parameters } from '../query/parameters.js';
import { queryService } from '../query/query-service.js';
import type { XmlObject } from '../query/xml.js';
import type { Context } from '../service.js';
import type { AutoScalingGroup } from '../state.js';
import { findTemplate, findVersion } from '../ec2/launch-template-lookup.js';

/** Amazon EC2 Auto Scaling: groups, as far as what they launch their instances from. */
export const autoScaling = queryService({
  name: 'autoscaling',
  version: '2011-01-01',
  namespace: 'http://autoscaling.amazonaws.com/doc/2011-01-01/',
  errors: queryErrors({
    status: 500,
    code: 'InternalFailure',
    message: 'The request processing has failed because of an unknown error, exception or failure.',
  }),
  operations: {
    DescribeAutoScalingGroups: { mutating: false, run: describeGroups },
    UpdateAutoScalingGroup: { mutating: true, run: updateGroup },
  },
});

const TAG = 'aws:autoscaling:groupName';

function groupsHere(context: Context): readonly AutoScalingGroup[] {
  return Object.values(context.state.autoScalingGroups).filter(({ region }) => region === context.region);
}

/** A page has 50 groups unless asked, 100 at most (API reference, DescribeAutoScalingGroups). */
function describeGroups(parameters: Parameters, context: Context): XmlObject {
  const names = parameters.list('AutoScalingGroupNames');
  const fits = groupsHere(context).filter(({ name }) => names.length === 0 || names.includes(name));
  const size = Math.min(parameters.integer('MaxRecords') ?? 50, 100);
  const start = Number(parameters.get('NextToken') ?? '0');
  if (!Number.isInteger(start) || start < 0) throw new AwsError('InvalidNextToken', 'The token is invalid.');
  const end = start + size;
  return {
    AutoScalingGroups: { member: fits.slice(start, end).map((group) => groupView(group, context)) },
    NextToken: end < fits.length ? String(end) : undefined,
  };
}

function groupView(group: AutoScalingGroup, context: Context): XmlObject {
  const instances = Object.values(context.state.instances).filter(
    ({ tags, region }) => tags[TAG] === group.name && region === group.region,
  );
  const spec = templateView(group, context);
  return {
    AutoScalingGroupName: group.name,
    AutoScalingGroupARN: `arn:${context.settings.partition}:autoscaling:${group.region}:${context.settings.account}:autoScalingGroup:${group.name}`,
    LaunchConfigurationName: group.launchConfiguration,
    ...(group.mixed === true
      ? { MixedInstancesPolicy: { LaunchTemplate: { LaunchTemplateSpecification: spec } } }
      : { LaunchTemplate: spec }),
    MinSize: 0,
    MaxSize: 10_000,
    DesiredCapacity: instances.length,
    DefaultCooldown: 300,
    AvailabilityZones: { member: [`${group.region}a`] },
    HealthCheckType: 'EC2',
    CreatedTime: new Date(group.createdAt),
    Instances: {
      member: instances.map((instance) => ({
        InstanceId: instance.instanceId,
        AvailabilityZone: instance.availabilityZone,
        LifecycleState: 'InService',
        HealthStatus: 'Healthy',
        ProtectedFromScaleIn: false,
        LaunchTemplate: spec,
      })),
    },
  };
}

function templateView({ template }: AutoScalingGroup, { state }: Context): XmlObject | undefined {
  if (template === undefined) return undefined;
  const name = state.launchTemplates[template.id]?.name;
  return { LaunchTemplateId: template.id, LaunchTemplateName: name, Version: template.version };
}

/** Takes a launch template and its version only, which a group then has in place of a launch configuration or of mixed instances. */
function updateGroup(parameters: Parameters, context: Context): undefined {
  const name = parameters.get('AutoScalingGroupName') ?? '';
  const group = groupsHere(context).find((one) => one.name === name);
  if (group === undefined) throw new AwsError('ValidationError', 'AutoScalingGroup name not found - null');
  const id = parameters.get('LaunchTemplate.LaunchTemplateId');
  if (id === undefined) return undefined;
  const version = parameters.get('LaunchTemplate.Version') ?? '$Default';
  try {
    findVersion(findTemplate(id, context), version);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    // Auto Scaling passes on what EC2 says of the template, as an error of its own.
    const message = `You must use a valid fully-formed launch template. ${error.message}`;
    throw new AwsError('ValidationError', message);
  }
  group.template = { id, version };
  delete group.launchConfiguration;
  delete group.mixed;
  return undefined;
}
