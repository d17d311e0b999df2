import { AwsError } from '../errors.js';
import type { JsonInput } from '../json/json-service.js';
import type { Context } from '../service.js';
import { parametersOf, shareOf, targetsOf, textOf, textsOf } from './input.js';
import { managedInstance } from './managed.js';
import type { RunCommand } from './state.js';

/** InstanceIds of one call (API reference, SendCommand). */
const mostInstances = 50;

function refuseUnmanaged(instanceIds: readonly string[], context: Context): void {
  const { state, settings, region } = context;
  const wrong = instanceIds.filter((id) => {
    const instance = state.instances[id];
    return instance?.region !== region || managedInstance(context, instance) === undefined;
  });
  if (wrong.length === 0) return;
  const words = `Instances [[${wrong.join(', ')}]] not in a valid state for account ${settings.account}`;
  throw new AwsError('InvalidInstanceId', words);
}

function targeted(input: JsonInput, { state, region }: Context): readonly string[] {
  const targets = targetsOf(input['Targets']);
  if (targets.length === 0) return [];
  return Object.values(state.instances)
    .filter((instance) => instance.region === region && instance.state === 'running')
    .filter(({ instanceId, tags }) =>
      targets.every(({ key, values }) =>
        key === 'InstanceIds' ? values.includes(instanceId) : values.includes(tags[key.slice(4)] ?? ''),
      ),
    )
    .map(({ instanceId }) => instanceId);
}

function secondsOf(value: unknown, otherwise: number, least: number): number {
  const seconds = value === undefined ? otherwise : Number(value);
  if (Number.isInteger(seconds) && seconds >= least && seconds <= 2_592_000) return seconds;
  throw new AwsError('ValidationException', `not a number of seconds: ${String(value)}`);
}

/**
 * The command that SendCommand asks for, not yet handed out. Throws AwsError as Systems Manager refuses: InvalidDocument,
 * InvalidInstanceId, InvalidParameters, ValidationException.
 */
export function commandOf(input: JsonInput, context: Context): RunCommand {
  const document = textOf(input['DocumentName'], 'DocumentName');
  if (document !== 'AWS-RunShellScript') throw new AwsError('InvalidDocument', '');
  const named = textsOf(input['InstanceIds']);
  if (named.length > mostInstances) {
    const words = `1 validation error detected: Value at 'instanceIds' failed to satisfy constraint: Member must have length less than or equal to ${mostInstances}`;
    throw new AwsError('ValidationException', words);
  }
  refuseUnmanaged(named, context);
  const parameters = parametersOf(input['Parameters']);
  if (parameters['commands'] === undefined)
    throw new AwsError('InvalidParameters', 'Parameter "commands" requires a value.');
  const instanceIds = named.length > 0 ? named : targeted(input, context);
  return {
    id: context.ids.request(),
    region: context.region,
    document,
    comment: typeof input['Comment'] === 'string' ? input['Comment'] : '',
    parameters,
    requestedAt: context.now(),
    timeoutSeconds: secondsOf(input['TimeoutSeconds'], 3600, 30),
    executionSeconds: secondsOf(parameters['executionTimeout']?.[0], 3600, 1),
    maxConcurrency: Math.max(1, shareOf(input['MaxConcurrency'], instanceIds.length, '50')),
    maxErrors: shareOf(input['MaxErrors'], instanceIds.length, '0'),
    invocations: [...new Set(instanceIds)].map((instanceId) => ({
      instanceId,
      details: 'Pending',
      exitCode: -1,
      stdout: '',
      stderr: '',
    })),
  };
}
