import type { Context } from '../service.js';
import type { FoundationModel } from './catalogue.js';
import { modelArn, modelsHere } from './models.js';
import { destinationsOf, reaches } from './regions.js';

/** A system-defined inference profile as the region of the request sees it. */
export interface InferenceProfile {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly model: FoundationModel;
  /** Where the model may run: foundation-model ARNs by region; a global profile's second one has an empty region. */
  readonly destinations: readonly { readonly region: string; readonly arn: string }[];
}

/** The profiles that can be called from the region of the request. */
export function profilesHere(context: Pick<Context, 'settings' | 'region'>): readonly InferenceProfile[] {
  return modelsHere(context).flatMap((model) =>
    model.geographies
      .filter((prefix) => reaches(prefix, context.region))
      .map((prefix) => inferenceProfile(prefix, model, context)),
  );
}

/** A profile by id or ARN, if it can be called from here. */
export function findProfile(
  identifier: string,
  context: Pick<Context, 'settings' | 'region'>,
): InferenceProfile | undefined {
  return profilesHere(context).find((profile) => profile.id === identifier || profile.arn === identifier);
}

/** A profile as ListInferenceProfiles and GetInferenceProfile show it. */
export function inferenceProfileView(profile: InferenceProfile) {
  return {
    inferenceProfileName: profile.name,
    description: `Routes requests to ${profile.model.name} in ${profile.destinations.map(({ region }) => region || 'all commercial regions').join(', ')}.`,
    createdAt: '2025-01-01T00:00:00Z',
    updatedAt: '2025-01-01T00:00:00Z',
    inferenceProfileArn: profile.arn,
    models: profile.destinations.map(({ arn }) => ({ modelArn: arn })),
    inferenceProfileId: profile.id,
    status: 'ACTIVE',
    type: 'SYSTEM_DEFINED',
  };
}

function inferenceProfile(
  prefix: string,
  model: FoundationModel,
  context: Pick<Context, 'settings' | 'region'>,
): InferenceProfile {
  const { account, partition } = context.settings;
  const id = `${prefix}.${model.modelId}`;
  const vendor = model.provider === 'Amazon' ? '' : `${model.provider} `;
  return {
    id,
    arn: `arn:${partition}:bedrock:${context.region}:${account}:inference-profile/${id}`,
    name: `${prefix === 'global' ? 'Global' : prefix.toUpperCase()} ${vendor}${model.name}`,
    model,
    destinations: destinationsOf(prefix, context.region).map((region) => ({
      region,
      arn: modelArn(model, region, context),
    })),
  };
}
