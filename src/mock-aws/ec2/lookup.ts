import { AwsError } from '../errors.js';
import type { Parameters } from '../query/parameters.js';
import type { Context } from '../service.js';
import type { Instance } from './state.js';

const INSTANCE_ID = /^i-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;

/** A required parameter. Throws `MissingParameter`. */
export function requiredParameter(parameters: Parameters, name: string): string {
  const value = parameters.get(name);
  if (value === undefined || value === '') {
    throw new AwsError('MissingParameter', `The request must contain the parameter ${name}`);
  }
  return value;
}

/** The instance of this region that a request names. Throws `InvalidInstanceID.Malformed` or `.NotFound`. */
export function findInstance(parameters: Parameters, context: Context): Instance {
  const [instance] = findInstances([requiredParameter(parameters, 'InstanceId')], context);
  if (instance === undefined) throw new AwsError('InternalError', 'An internal error has occurred', 500);
  return instance;
}

/** All the instances named, or none: EC2 refuses the whole request and lists the ids that it does not know. */
export function findInstances(ids: readonly string[], context: Context): readonly Instance[] {
  const malformed = ids.find((id) => !INSTANCE_ID.test(id));
  if (malformed !== undefined)
    throw new AwsError('InvalidInstanceID.Malformed', `Invalid id: "${malformed}"`);
  const known = context.state.instances;
  const isHere = (id: string): boolean => Object.hasOwn(known, id) && known[id]?.region === context.region;
  const missing = ids.filter((id) => !isHere(id));
  if (missing.length === 1) {
    throw new AwsError('InvalidInstanceID.NotFound', `The instance ID '${missing.join()}' does not exist`);
  }
  if (missing.length > 1) {
    throw new AwsError('InvalidInstanceID.NotFound', `The instance IDs '${missing.join(', ')}' do not exist`);
  }
  return [...new Set(ids)].flatMap((id) => known[id] ?? []);
}

/** The instances of the region that the request was signed for. */
export function instancesHere(context: Context): readonly Instance[] {
  return Object.values(context.state.instances).filter(({ region }) => region === context.region);
}

/** The ARN of the instance that `InstanceId` names. */
export function instanceResource(parameters: Parameters, context: Context): string {
  return instanceArn(parameters.get('InstanceId') ?? '*', context);
}

/** `arn:PARTITION:ec2:REGION:ACCOUNT:instance/ID` */
export function instanceArn(id: string, context: Context): string {
  return `arn:${context.settings.partition}:ec2:${context.region}:${context.settings.account}:instance/${id}`;
}
