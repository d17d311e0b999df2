import { MODELS } from '../../mock-aws/bedrock/catalogue.js';
import type { FaultTable, FaultWorld, RehearsedFault } from '../fault.js';
import { refuse } from '../fault.js';

/** A third party's model: most refusals befall no other. */
const sonnet = 'sonnet';

/** Models that are not the one with which every check begins. */
const wanted = MODELS.filter(({ modelId }) => !modelId.includes('nova-micro'));
const thirdParty = wanted.filter(({ provider }) => provider !== 'Amazon');

/** A model's own id, and those of its inference profiles. */
function idsOf({ modelId, geographies }: (typeof MODELS)[number]): readonly string[] {
  return [modelId, ...geographies.map((prefix) => `${prefix}.${modelId}`)];
}

/** A model that is wanted answers in these words; `{id}` is the id that was called. */
function answers(status: number, name: string, message: string): RehearsedFault {
  return {
    strikes: 'in place',
    model: sonnet,
    bend: ({ aws }) => {
      for (const id of wanted.flatMap(idsOf))
        aws.settings.modelFaults[id] = { status, name, message: message.replace('{id}', id) };
    },
  };
}

type Access = FaultWorld['aws']['state']['modelAccess'][string];

function access(given: Access): RehearsedFault {
  return {
    strikes: 'in place',
    model: sonnet,
    bend: ({ aws }) => {
      for (const { modelId } of thirdParty) aws.state.modelAccess[modelId] = { ...given };
    },
  };
}

/** An organisation that allows Bedrock in one region only. */
function denyElsewhere({ aws, region }: FaultWorld): void {
  aws.settings.serviceControlPolicies.push({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Deny',
        Action: ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'],
        Resource: '*',
        Condition: { StringNotEquals: { 'aws:RequestedRegion': region } },
      },
    ],
  });
}

/** Failures of Bedrock and Bedrock Runtime. */
export const bedrockFaults: FaultTable = {
  NO_IAM: {
    strikes: 'in place',
    bend: ({ aws, roleName }) => {
      const role = aws.state.roles[roleName];
      if (role !== undefined) Object.assign(role, { inlinePolicies: {}, attachedPolicies: [] });
    },
  },
  DENIED_BY_SCP: { strikes: 'in place', bend: denyElsewhere },
  MARKETPLACE_PERMISSION: access({ agreement: 'NOT_AVAILABLE', authorized: true }),
  SUBSCRIPTION_PENDING: answers(
    403,
    'AccessDeniedException',
    'Access denied. Your AWS Marketplace subscription for the model is still being processed.',
  ),
  RESELLER_ACCOUNT: answers(
    403,
    'AccessDeniedException',
    'Access to this model is not available for channel program accounts. Reach out to your AWS Solution Provider.',
  ),
  NO_MODEL_ACCESS: access({ agreement: 'AVAILABLE', authorized: false }),
  USE_CASE_FORM: {
    strikes: 'in place',
    model: sonnet,
    bend: ({ aws }) => {
      aws.state.useCaseForm = undefined;
    },
  },
  PAYMENT: answers(
    403,
    'AccessDeniedException',
    'Model access is denied due to INVALID_PAYMENT_INSTRUMENT: A valid payment instrument must be provided. Your AWS Marketplace subscription for this model cannot be completed at this time.',
  ),
  ON_DEMAND_UNSUPPORTED: answers(
    400,
    'ValidationException',
    'Invocation of model ID {id} with on-demand throughput isn’t supported. Retry your request with the ID or ARN of an inference profile that contains this model.',
  ),
  BAD_MODEL_ID: answers(400, 'ValidationException', 'The provided model identifier is invalid.'),
  LEGACY_MODEL: answers(
    404,
    'ResourceNotFoundException',
    'Access denied. This Model is marked by provider as Legacy and you have not been actively using the model in the last 30 days. Please upgrade to an active model on Amazon Bedrock',
  ),
  COUNTRY: answers(
    400,
    'ValidationException',
    'Access to Anthropic models is not allowed from unsupported countries, regions, or territories. Please refer to https://www.anthropic.com/supported-countries for more information on the countries and regions Anthropic currently supports.',
  ),
  DATA_RETENTION: answers(
    400,
    'ValidationException',
    "data retention mode 'default' is not available for this model",
  ),
  QUOTA_DAY: answers(429, 'ThrottlingException', 'Too many tokens per day, please wait before trying again.'),
  MODEL_NOT_READY: answers(
    429,
    'ModelNotReadyException',
    'The model is not ready for inference requests. Try again later.',
  ),
  ACCOUNT_UNVERIFIED: {
    strikes: 'in place',
    bend: refuse('bedrock-runtime', null, {
      status: 400,
      code: 'ValidationException',
      message: 'Operation not allowed',
    }),
  },
  THROTTLED: {
    strikes: 'in place',
    bend: refuse('bedrock-runtime', null, {
      status: 429,
      code: 'ThrottlingException',
      message: 'Too many requests, please wait before trying again.',
    }),
  },
  NO_ROUTE: {
    strikes: 'in place',
    bend: ({ aws }) => {
      aws.settings.faults.push({ service: 'bedrock', kind: 'drop-before' });
    },
  },
  BAD_ANSWER: {
    strikes: 'in place',
    bend: ({ aws }) => {
      aws.settings.faults.push({ service: 'bedrock', kind: 'malformed-body' });
    },
  },
  AWS_TROUBLE: {
    strikes: 'in place',
    bend: ({ aws }) => {
      aws.settings.faults.push({ service: 'bedrock', kind: 'internal' });
    },
  },
};
