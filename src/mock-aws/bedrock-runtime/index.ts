import { AwsError } from '../errors.js';
import { bedrockErrors } from '../bedrock/errors.js';
import { jsonReply, type MockReply } from '../http/reply.js';
import { type RestInput, restService } from '../rest/rest-service.js';
import type { Context } from '../service.js';
import type { ModelFault } from '../settings.js';
import { requireAccess } from './access.js';
import { type Answer, answerConversation } from './answer.js';
import { authoriseTarget, type InvokeAction, requireOnDemand, resolveTarget } from './target.js';

/** Amazon Bedrock's data plane, for models that take messages. */
export const bedrockRuntime = restService('bedrock-runtime', bedrockErrors, {
  Converse: {
    method: 'POST',
    path: /^\/model\/([^/]+)\/converse$/,
    mutating: false,
    resource: null,
    run: (input, context) => {
      const fault = prepare(input, 'bedrock:InvokeModel', context);
      if (fault !== undefined) throw modelError(fault);
      return converseReply(answerConversation(input.body, context));
    },
  },
  ConverseStream: {
    method: 'POST',
    path: /^\/model\/([^/]+)\/converse-stream$/,
    mutating: false,
    resource: null,
    run: async (input, context) => {
      const fault = prepare(input, 'bedrock:InvokeModelWithResponseStream', context);
      if (fault !== undefined && fault.midStream !== true) throw modelError(fault);
      // Loaded when it is first needed: the event stream codec would double the time that the server takes to start.
      const { brokenStreamReply, streamReply } = await import('./converse-stream.js');
      return fault === undefined
        ? streamReply(answerConversation(input.body, context))
        : brokenStreamReply(fault);
    },
  },
});

function prepare({ parameter }: RestInput, action: InvokeAction, context: Context): ModelFault | undefined {
  const fault = context.settings.modelFaults[parameter];
  if (fault !== undefined) return fault;
  const target = resolveTarget(parameter, context);
  authoriseTarget(target, action, context);
  requireOnDemand(target, context);
  requireAccess(target.model, context);
  if (!target.model.output.includes('TEXT')) {
    throw new AwsError('ValidationException', "This action doesn't support the model that you provided.");
  }
  return undefined;
}

function modelError({ name, message, status }: ModelFault): AwsError {
  return new AwsError(name, message, status);
}

function converseReply({ text, stopReason, usage }: Answer): MockReply {
  return jsonReply(200, {
    metrics: { latencyMs: 1 },
    output: { message: { content: [{ text }], role: 'assistant' } },
    stopReason,
    usage,
  });
}
