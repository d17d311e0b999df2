import { AwsError } from '../errors.js';
import type { Context } from '../service.js';
import { type FoundationModel, MODELS } from './catalogue.js';
import { reaches } from './regions.js';

/** The models that the region of the request has, whichever way they are called. */
export function modelsHere(context: Pick<Context, 'region'>): readonly FoundationModel[] {
  return MODELS.filter(
    (model) =>
      model.onDemand.includes(context.region) ||
      model.geographies.some((prefix) => reaches(prefix, context.region)),
  );
}

/** The model of an id or a foundation-model ARN, if the region has it. */
export function findModel(identifier: string, context: Pick<Context, 'region'>): FoundationModel | undefined {
  const modelId = identifier.replace(/^arn:[^:]*:bedrock:[^:]*::foundation-model\//, '');
  return modelsHere(context).find((model) => model.modelId === modelId);
}

/** {@link findModel}, throwing `ValidationException` in Bedrock's words. */
export function requireModel(identifier: string, context: Pick<Context, 'region'>): FoundationModel {
  const model = findModel(identifier, context);
  if (model === undefined)
    throw new AwsError('ValidationException', 'The provided model identifier is invalid.');
  return model;
}

/** `arn:PARTITION:bedrock:REGION::foundation-model/ID`; a global profile's destination has an empty region. */
export function modelArn(model: FoundationModel, region: string, context: Pick<Context, 'settings'>): string {
  return `arn:${context.settings.partition}:bedrock:${region}::foundation-model/${model.modelId}`;
}

/** A model as ListFoundationModels and GetFoundationModel show it. */
export function modelView(model: FoundationModel, context: Pick<Context, 'settings' | 'region'>) {
  return {
    modelArn: modelArn(model, context.region, context),
    modelId: model.modelId,
    modelName: model.name,
    providerName: model.provider,
    inputModalities: model.input,
    outputModalities: model.output,
    responseStreamingSupported: model.output.includes('TEXT'),
    customizationsSupported: [],
    inferenceTypesSupported: inferenceTypes(model, context.region),
    modelLifecycle:
      model.endOfLife === undefined
        ? { status: 'ACTIVE', startOfLifeTime: '2025-01-01T00:00:00Z' }
        : { status: 'LEGACY', startOfLifeTime: '2024-06-20T00:00:00Z', endOfLifeTime: model.endOfLife },
  };
}

// Live answers say INFERENCE_PROFILE for models that only an inference profile reaches; the API model does not know it.
function inferenceTypes(model: FoundationModel, region: string): readonly string[] {
  const profiled = model.geographies.some((prefix) => reaches(prefix, region));
  return [
    ...(model.onDemand.includes(region) ? ['ON_DEMAND'] : []),
    ...(profiled ? ['INFERENCE_PROFILE'] : []),
  ];
}
