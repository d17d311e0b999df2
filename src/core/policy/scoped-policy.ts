import type { JsonObject } from '../../ports/json.js';
import { parseArn } from './arn.js';
import { namedIn, sameMeaning } from './policy-document.js';

const invoke = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'];

const discover: JsonObject = {
  Sid: 'DiscoverModels',
  Effect: 'Allow',
  Action: [
    'bedrock:ListFoundationModels',
    'bedrock:GetFoundationModel',
    'bedrock:ListInferenceProfiles',
    'bedrock:GetInferenceProfile',
  ],
  Resource: '*',
};

type Condition = { readonly [operator: string]: JsonObject };

function allow(sid: string, resources: readonly string[], condition?: Condition): readonly JsonObject[] {
  if (resources.length === 0) return [];
  const base: JsonObject = { Sid: sid, Effect: 'Allow', Action: invoke, Resource: resources };
  return [condition === undefined ? base : { ...base, Condition: condition }];
}

/**
 * The right to call only what these ARNs name. Models behind an inference profile may be called through that profile
 * only. A global profile also reaches a model without a region, for which the requested region is `unspecified`
 * (Amazon Bedrock User Guide, "Global cross-Region inference": IAM policy requirements).
 */
export function scopedPolicy(arns: readonly string[], region: string): JsonObject {
  const profiles = arns.filter((arn) => parseArn(arn)?.resource.includes('inference-profile/') === true);
  const models = arns.filter((arn) => !profiles.includes(arn));
  const everywhere = models.filter((arn) => parseArn(arn)?.region === '');
  const regional = models.filter((arn) => parseArn(arn)?.region !== '');
  const statements =
    profiles.length === 0
      ? allow('InvokeModels', models)
      : everywhere.length === 0
        ? throughProfile(profiles, regional)
        : throughGlobalProfile(profiles, regional, everywhere, region);
  return { Version: '2012-10-17', Statement: [...statements, discover] };
}

function throughProfile(profiles: readonly string[], models: readonly string[]): readonly JsonObject[] {
  return [
    ...allow('InvokeProfiles', profiles),
    ...allow('InvokeModelsThroughProfiles', models, {
      StringLike: { 'bedrock:InferenceProfileArn': profiles },
    }),
  ];
}

function throughGlobalProfile(
  profiles: readonly string[],
  regional: readonly string[],
  everywhere: readonly string[],
  region: string,
): readonly JsonObject[] {
  const from = (requested: string): JsonObject => ({ 'aws:RequestedRegion': requested });
  const through: Condition = { StringLike: { 'bedrock:InferenceProfileArn': profiles } };
  return [
    ...allow('InvokeProfiles', profiles, { StringEquals: from(region) }),
    ...allow('InvokeModelsInRegion', regional, { ...through, StringEquals: from(region) }),
    ...allow('InvokeModelsAnywhere', everywhere, { ...through, StringEquals: from('unspecified') }),
  ];
}

/** Whether a document is {@link scopedPolicy} of some models, all of these ARNs among them. */
export function isScopedTo(arns: readonly string[], document: JsonObject, region: string): boolean {
  const named = namedIn(document, 'Resource').filter((value) => typeof value === 'string');
  return arns.every((arn) => named.includes(arn)) && sameMeaning(document, scopedPolicy(named, region));
}
