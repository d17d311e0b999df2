import { AwsError } from '../errors.js';
import { jsonReply, type MockReply } from '../http/reply.js';
import type { RestInput, RestOperation } from '../rest/rest-service.js';
import type { Context } from '../service.js';
import { findProfile, inferenceProfileView, profilesHere } from './inference-profiles.js';
import { findModel, modelArn, modelsHere, modelView } from './models.js';

/** The operations that tell what there is. */
export const discoveryOperations: Readonly<Record<string, RestOperation>> = {
  ListFoundationModels: { method: 'GET', path: /^\/foundation-models$/, mutating: false, run: listModels },
  GetFoundationModel: {
    method: 'GET',
    path: /^\/foundation-models\/([^/]+)$/,
    mutating: false,
    resource: ({ parameter }, context) => {
      const model = findModel(parameter, context);
      return model === undefined ? '*' : modelArn(model, context.region, context);
    },
    run: ({ parameter }, context) => {
      const model = findModel(parameter, context);
      if (model === undefined)
        throw notFound('Could not resolve the foundation model from the provided identifier.');
      return jsonReply(200, { modelDetails: modelView(model, context) });
    },
  },
  ListInferenceProfiles: {
    method: 'GET',
    path: /^\/inference-profiles$/,
    mutating: false,
    run: listProfiles,
  },
  GetInferenceProfile: {
    method: 'GET',
    path: /^\/inference-profiles\/([^/]+)$/,
    mutating: false,
    resource: ({ parameter }, context) => findProfile(parameter, context)?.arn ?? '*',
    run: ({ parameter }, context) => {
      const profile = findProfile(parameter, context);
      if (profile === undefined) throw notFound('Could not find the specified inference profile.');
      return jsonReply(200, inferenceProfileView(profile));
    },
  },
};

function listModels({ query }: RestInput, context: Context): MockReply {
  const provider = query.get('byProvider')?.toLowerCase();
  const output = query.get('byOutputModality');
  const inference = query.get('byInferenceType');
  const modelSummaries = modelsHere(context)
    .map((model) => modelView(model, context))
    .filter(
      (view) =>
        (provider === undefined || view.providerName.toLowerCase() === provider) &&
        (output === null || view.outputModalities.includes(output)) &&
        (inference === null || view.inferenceTypesSupported.includes(inference)),
    );
  return jsonReply(200, { modelSummaries });
}

function listProfiles({ query }: RestInput, context: Context): MockReply {
  const size = Number(query.get('maxResults') ?? 100);
  if (!Number.isInteger(size) || size < 1 || size > 1000) {
    throw new AwsError('ValidationException', `maxResults must be between 1 and 1000, and is ${size}`);
  }
  const token = query.get('nextToken');
  const start = token === null ? 0 : Number(/^offset-(\d{1,9})$/.exec(token)?.[1] ?? Number.NaN);
  if (Number.isNaN(start)) throw new AwsError('ValidationException', 'The provided nextToken is invalid.');
  const all = query.get('type') === 'APPLICATION' ? [] : profilesHere(context);
  const end = start + size;
  return jsonReply(200, {
    inferenceProfileSummaries: all.slice(start, end).map(inferenceProfileView),
    ...(end < all.length ? { nextToken: `offset-${end}` } : {}),
  });
}

function notFound(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', message, 404);
}
