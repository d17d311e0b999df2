import { AwsError } from '../errors.js';
import type { Parameters } from '../query/parameters.js';
import type { XmlObject } from '../query/xml.js';
import type { Context } from '../service.js';
import type { MetadataOptions } from './state.js';
import { metadataOptionsView } from './instance-view.js';
import { findInstance, instanceResource } from './lookup.js';
import type { Ec2Operation } from './service.js';

/** ModifyInstanceMetadataOptions: what the request does not name stays as it is. */
export const metadataOptionOperations: Readonly<Record<string, Ec2Operation>> = {
  ModifyInstanceMetadataOptions: { mutating: true, dryRun: true, resource: instanceResource, run: modify },
};

function modify(parameters: Parameters, context: Context): XmlObject {
  const instance = findInstance(parameters, context);
  if (instance.state === 'terminated' || instance.state === 'shutting-down') {
    throw new AwsError(
      'IncorrectInstanceState',
      `The instance '${instance.instanceId}' is not in a valid state for this operation.`,
    );
  }
  const changed: MetadataOptions = {
    httpTokens:
      choice(parameters, 'HttpTokens', ['optional', 'required']) ?? instance.metadataOptions.httpTokens,
    httpPutResponseHopLimit: hopLimit(parameters) ?? instance.metadataOptions.httpPutResponseHopLimit,
    httpEndpoint: onOff(parameters, 'HttpEndpoint') ?? instance.metadataOptions.httpEndpoint,
    httpProtocolIpv6: onOff(parameters, 'HttpProtocolIpv6') ?? instance.metadataOptions.httpProtocolIpv6,
    instanceMetadataTags:
      onOff(parameters, 'InstanceMetadataTags') ?? instance.metadataOptions.instanceMetadataTags,
  };
  instance.metadataOptions = changed;
  return {
    instanceId: instance.instanceId,
    instanceMetadataOptions: metadataOptionsView(changed, 'pending'),
  };
}

function hopLimit(parameters: Parameters): number | undefined {
  const text = parameters.get('HttpPutResponseHopLimit');
  if (text === undefined) return undefined;
  const value = parameters.integer('HttpPutResponseHopLimit') ?? 0;
  if (value < 1 || value > 64) {
    throw new AwsError(
      'InvalidParameterValue',
      `Value (${text}) for parameter HttpPutResponseHopLimit is invalid.`,
    );
  }
  return value;
}

function onOff(parameters: Parameters, name: string): 'enabled' | 'disabled' | undefined {
  return choice(parameters, name, ['enabled', 'disabled']);
}

function choice<Value extends string>(
  parameters: Parameters,
  name: string,
  allowed: readonly Value[],
): Value | undefined {
  const text = parameters.get(name);
  if (text === undefined) return undefined;
  const value = allowed.find((candidate) => candidate === text);
  if (value === undefined) {
    throw new AwsError('InvalidParameterValue', `Value (${text}) for parameter ${name} is invalid.`);
  }
  return value;
}
