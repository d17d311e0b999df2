import type { Json, JsonObject } from '../../ports/json.js';
import { isObject, valueAt } from '../json.js';
import { parseArn } from './arn.js';
import { listOf, sameMeaning } from './policy-document.js';

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

/** What one statement lets call: profiles alone or models alone. */
interface Grant {
  readonly resources: readonly string[];
  /** The profiles through which alone that may be called; none: directly. */
  readonly through: readonly string[];
  /** The region that a call must ask for; `null`: any. */
  readonly from: string | null;
}

/** The region of a call to a model that has none. */
const noRegion = 'unspecified';

function isProfile(arn: string): boolean {
  return parseArn(arn)?.resource.includes('inference-profile/') === true;
}

/**
 * The right to call only what these ARNs name. Models behind an inference profile may be called through that profile
 * only. A global profile also reaches a model without a region, for which the requested region is `unspecified`
 * (Amazon Bedrock User Guide, "Global cross-Region inference": IAM policy requirements).
 */
export function scopedPolicy(arns: readonly string[], region: string): JsonObject {
  const profiles = arns.filter(isProfile);
  const models = arns.filter((arn) => !isProfile(arn));
  if (profiles.length === 0) return documentOf([{ resources: models, through: [], from: null }]);
  const everywhere = models.filter((arn) => parseArn(arn)?.region === '');
  const regional = models.filter((arn) => !everywhere.includes(arn));
  const from = everywhere.length === 0 ? null : region;
  return documentOf([
    { resources: profiles, through: [], from },
    { resources: regional, through: profiles, from },
    { resources: everywhere, through: profiles, from: noRegion },
  ]);
}

/** Grants as a policy; those that differ in their lists alone are one statement, since a role's policies have 10,240 characters. */
function documentOf(grants: readonly Grant[]): JsonObject {
  const groups = new Map<string, Grant>();
  for (const grant of grants.filter(({ resources }) => resources.length > 0)) {
    const key = `${sidOf(grant)} ${grant.from}`;
    const { resources = [], through = [] } = groups.get(key) ?? {};
    groups.set(key, {
      resources: [...new Set([...resources, ...grant.resources])],
      through: [...new Set([...through, ...grant.through])],
      from: grant.from,
    });
  }
  const sids = [...groups.values()].map(sidOf);
  const statements = [...groups.values()].map((grant, index) => {
    // A Sid may stand once in a policy (IAM User Guide, "IAM JSON policy elements: Sid").
    const nth = sids.slice(0, index).filter((sid) => sid === sids[index]).length;
    return statementOf(grant, `${sidOf(grant)}${nth === 0 ? '' : nth + 1}`);
  });
  return { Version: '2012-10-17', Statement: [...statements, discover] };
}

function sidOf({ resources, through, from }: Grant): string {
  if (through.length === 0) return resources.some(isProfile) ? 'InvokeProfiles' : 'InvokeModels';
  if (from === null) return 'InvokeModelsThroughProfiles';
  return from === noRegion ? 'InvokeModelsAnywhere' : 'InvokeModelsInRegion';
}

function statementOf({ resources, through, from }: Grant, sid: string): JsonObject {
  const condition = {
    ...(through.length === 0 ? {} : { StringLike: { 'bedrock:InferenceProfileArn': through } }),
    ...(from === null ? {} : { StringEquals: { 'aws:RequestedRegion': from } }),
  };
  const base: JsonObject = { Sid: sid, Effect: 'Allow', Action: invoke, Resource: resources };
  return Object.keys(condition).length === 0 ? base : { ...base, Condition: condition };
}

function textsIn(value: Json | undefined): readonly string[] {
  return listOf(value).filter((text) => typeof text === 'string');
}

/** What the statements of a policy seem to let call; whether that is all that they say shows when it is written again. */
function grantsIn(document: JsonObject): readonly Grant[] {
  const statements = listOf(document['Statement']).filter((statement) => isObject(statement));
  return statements.flatMap((statement): readonly Grant[] => {
    const resources = textsIn(statement['Resource']).filter((resource) => resource !== '*');
    const through = textsIn(valueAt(statement, ['Condition', 'StringLike', 'bedrock:InferenceProfileArn']));
    const [from = null] = textsIn(valueAt(statement, ['Condition', 'StringEquals', 'aws:RequestedRegion']));
    return [
      { resources: resources.filter(isProfile), through, from },
      { resources: resources.filter((arn) => !isProfile(arn)), through, from },
    ];
  });
}

/** Whether a document is as this tool writes it: a profile that models are behind may be called itself. */
function isScoped(document: JsonObject): boolean {
  const grants = grantsIn(document);
  const named = grants.flatMap(({ resources }) => resources);
  return (
    grants.every(({ through }) => through.every((profile) => named.includes(profile))) &&
    sameMeaning(document, documentOf(grants))
  );
}

/**
 * A policy for chosen models that allows what both documents do, `null` where one of them is none as this tool writes it. Put
 * together statement by statement: by their ARNs alone, a model that is called directly would end behind the other's profile.
 */
export function joinScoped(document: JsonObject, other: JsonObject): JsonObject | null {
  if (!isScoped(document) || !isScoped(other)) return null;
  return documentOf([...grantsIn(document), ...grantsIn(other)]);
}

/** Whether a document is {@link scopedPolicy} of some models, and allows these ARNs from that region. */
export function isScopedTo(arns: readonly string[], document: JsonObject, region: string): boolean {
  const joined = joinScoped(document, scopedPolicy(arns, region));
  return joined !== null && sameMeaning(document, joined);
}
