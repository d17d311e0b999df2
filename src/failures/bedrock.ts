import type { CatalogueEntry } from './entry.js';

/** Failures of Bedrock and Bedrock Runtime that are no plain refusal of permission. */
export const bedrockFailures: readonly CatalogueEntry[] = [
  {
    code: 'MARKETPLACE_PERMISSION',
    matchers: [
      { text: 'is not authorized to perform the required AWS Marketplace actions' },
      { text: 'is not authorized to perform: aws-marketplace:' },
      { text: 'does not have an agreement to this model' },
    ],
    cause:
      'the account {account} has not subscribed to {modelId}, and the role of the instance may not subscribe, which is right',
    who: 'you',
    fix: 'accept the agreement once as the operator: run setup with --model {modelId} --accept-model-agreement, or use the Bedrock console (https://{region}.console.aws.amazon.com/bedrock/home?region={region}#/model-catalog); wait 2 minutes, run verify again; never give aws-marketplace:Subscribe to the role of the instance',
    waitSeconds: 120,
  },
  {
    code: 'SUBSCRIPTION_PENDING',
    matchers: [{ text: 'AWS Marketplace subscription for the model is still being processed' }],
    cause: 'the subscription of the account {account} to {modelId} is still being set up',
    who: 'wait',
    fix: 'wait up to 15 minutes and run verify again',
    waitSeconds: 900,
  },
  {
    code: 'PAYMENT',
    matchers: [
      { text: 'INVALID_PAYMENT_INSTRUMENT' },
      { text: 'A valid payment instrument must be provided' },
    ],
    cause: 'the account {account} has no valid payment method, which a subscription to {modelId} needs',
    who: 'billing',
    fix: 'add or renew the payment method: https://console.aws.amazon.com/billing/home#/paymentpreferences, wait 5 minutes, run verify again',
    waitSeconds: 300,
  },
  {
    code: 'USE_CASE_FORM',
    matchers: [
      { text: 'Model use case details have not been submitted for this account' },
      { text: 'You have not filled out the required use-case form' },
    ],
    cause:
      'Anthropic requires a use-case form once per account, and the account {account} has not submitted it (or less than 15 minutes ago)',
    who: 'you',
    fix: "submit it as the operator: run setup with --use-case FILE, or use the Bedrock console (https://{region}.console.aws.amazon.com/bedrock/home?region={region}#/model-catalog); wait 15 minutes, run verify again; an organisation's form counts for its accounts",
    waitSeconds: 900,
  },
  {
    code: 'NO_MODEL_ACCESS',
    matchers: [{ text: "You don't have access to the model with the specified model ID" }],
    cause:
      '{modelId} is not granted to the account {account}, or its inference profile is not meant for calls from {region}',
    who: 'you',
    fix: 'name an inference profile of {region} with --model{suggestions}; all of them: aws bedrock list-inference-profiles --region {region}; or request the model in the Bedrock console',
  },
  {
    code: 'RESELLER_ACCOUNT',
    matchers: [{ text: 'not available for channel program accounts' }],
    cause:
      'the account {account} was bought from a partner of AWS, and {modelId} is not open to such accounts',
    who: 'billing',
    fix: 'ask that partner for access to the model, or name another one with --model, such as one of Amazon',
  },
  {
    code: 'ON_DEMAND_UNSUPPORTED',
    matchers: [
      { text: "Invocation of model ID {modelId} with on-demand throughput isn't supported" },
      { text: "with on-demand throughput isn't supported" },
      { text: "doesn't support on-demand throughput" },
    ],
    cause: '{modelId} can only be called through an inference profile',
    who: 'you',
    fix: 'name the inference profile that contains it with --model{suggestions}; all of them: aws bedrock list-inference-profiles --region {region}',
  },
  {
    code: 'BAD_MODEL_ID',
    matchers: [
      { text: 'The provided model identifier is invalid' },
      { text: 'Could not resolve the foundation model from' },
    ],
    cause: 'Bedrock in {region} knows no model or inference profile {modelId}',
    who: 'you',
    fix: 'name one that {region} has with --model{suggestions}; all of them: aws bedrock list-inference-profiles --region {region}',
  },
  {
    code: 'LEGACY_MODEL',
    matchers: [
      { text: 'This Model is marked by provider as Legacy' },
      { text: 'has reached the end of its life' },
    ],
    cause:
      '{modelId} is at its end, or on its way out (Legacy) and closed to accounts that have not used it lately',
    who: 'you',
    fix: 'name a newer model with --model{suggestions}',
  },
  {
    code: 'COUNTRY',
    matchers: [{ text: 'not allowed from unsupported countries, regions, or territories' }],
    cause: 'Anthropic does not offer its models where this account or this call comes from',
    who: 'you',
    fix: 'use a model of another provider with --model; the countries: https://www.anthropic.com/supported-countries',
  },
  {
    code: 'DATA_RETENTION',
    matchers: [{ text: 'data retention mode … is not available for this model' }],
    cause:
      '{modelId} asks for another data retention mode than the account {account} has; it is an opt-in to sharing data with the provider',
    who: 'admin',
    fix: 'decide with whoever is responsible for your data; the setting is in the Bedrock console, and this tool never changes it. Or name another model with --model',
  },
  {
    code: 'QUOTA_DAY',
    matchers: [{ text: 'Too many tokens per day' }],
    cause:
      'the daily token quota of the account {account} for {modelId} is used up; on a new account it can be 0, and then waiting does not help',
    who: 'AWS Support',
    fix: 'look at the quota (aws service-quotas list-service-quotas --service-code bedrock --region {region}) and ask AWS Support to raise it; until then name another model with --model',
  },
  {
    code: 'ACCOUNT_UNVERIFIED',
    matchers: [
      { names: ['Validation'], text: 'Operation not allowed' },
      { names: ['BadCScore'] },
      { text: 'Your account is not authorized' },
    ],
    cause: 'AWS has not cleared the account {account} for Bedrock yet, as happens with new accounts',
    who: 'AWS Support',
    fix: 'open a case with AWS Support (account and billing, no support plan needed): https://support.console.aws.amazon.com/support/home#/case/create',
  },
  {
    code: 'BAD_KEYS',
    matchers: [
      {
        names: ['UnrecognizedClient', 'InvalidClientTokenId', 'SignatureDoesNotMatch', 'InvalidSignature'],
        place: 'gateway',
      },
      { text: 'The security token included in the request is invalid', place: 'gateway' },
    ],
    cause:
      'AWS does not know the access keys that the gateway uses: stale keys hide the role, or they are of another partition than {partition}',
    who: 'you',
    fix: 'remove the keys that win over the role: look for a [default] section with aws_access_key_id in ~/.aws/credentials, and for AWS_ACCESS_KEY_ID in the environment of the gateway',
  },
  {
    code: 'MODEL_NOT_READY',
    matchers: [
      {
        names: ['ModelNotReady', 'ModelTimeout', 'ModelError', 'ModelStreamError'],
      },
    ],
    cause: '{modelId} did not get ready, or failed inside',
    who: 'wait',
    fix: 'run verify again in a minute',
    waitSeconds: 60,
  },
];
