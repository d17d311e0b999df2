import type { Who } from '../../src/core/finding.js';

/** A text as AWS sends it, and what the catalogue must make of it. */
export interface Row {
  readonly code: string;
  readonly service: 'iam' | 'ec2' | 'bedrock' | 'bedrock-runtime';
  readonly status: number;
  /** The error as the service names it on the wire. */
  readonly name: string;
  readonly text: string;
  readonly place?: 'gateway';
  readonly who?: Who;
  /** What the explanation must hold. */
  readonly says?: readonly string[];
}

const caller = 'arn:aws:sts::111122223333:assumed-role/EC2-Bedrock-Access/i-0abc1234def567890';
const nova = 'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-micro-v1:0';

/** Failures while the profile is attached: IAM and EC2. */
export const attachingRows: readonly Row[] = [
  {
    code: 'POLICY_NOT_FOUND',
    service: 'iam',
    status: 404,
    name: 'NoSuchEntity',
    text: 'Policy arn:aws:iam::111122223333:policy/Nope does not exist or is not attachable.',
    who: 'you',
    says: ['arn:aws:iam::111122223333:policy/Nope'],
  },
  {
    code: 'PROFILE_NOT_VISIBLE',
    service: 'ec2',
    status: 400,
    name: 'InvalidParameterValue',
    text: 'Value (EC2-Bedrock-Access) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name',
    who: 'wait',
    says: ['EC2-Bedrock-Access'],
  },
  {
    code: 'PROFILE_NOT_VISIBLE',
    service: 'ec2',
    status: 400,
    name: 'InvalidParameterValue',
    text: 'Value (arn:aws:iam::111122223333:instance-profile/x) for parameter iamInstanceProfile.arn is invalid. Invalid IAM Instance Profile ARN',
    who: 'wait',
  },
  {
    code: 'PROFILE_HAS_NO_ROLE',
    service: 'ec2',
    status: 400,
    name: 'InvalidParameterValue',
    text: 'IAM Instance Profile "arn:aws:iam::111122223333:instance-profile/EC2-Bedrock-Access" has no associated IAM Roles',
    who: 'wait',
  },
  {
    code: 'PROFILE_NOT_FOUND_YET',
    service: 'ec2',
    status: 400,
    name: 'IncorrectState',
    text: 'Failed to associate. Code=InstanceIdentityProfileNotFound, Message=InstanceIdentityProfile not found for the key: 111122223333/EC2-Bedrock-Access..',
    who: 'wait',
  },
  {
    code: 'ALREADY_ASSOCIATED',
    service: 'ec2',
    status: 400,
    name: 'IncorrectState',
    text: 'There is an existing association for instance i-0abc1234def567890',
    says: ['--replace-profile', 'i-0abc1234def567890'],
  },
  {
    code: 'NOT_ACTIVE_ASSOCIATION',
    service: 'ec2',
    status: 400,
    name: 'IncorrectState',
    text: 'The association iip-assoc-0123456789abcdef0 is not the active association',
    says: ['--association-id iip-assoc-0123456789abcdef0'],
  },
  {
    code: 'INSTANCE_WRONG_STATE',
    service: 'ec2',
    status: 400,
    name: 'IncorrectInstanceState',
    text: "The instance 'i-0abc1234def567890' is not in the 'running' or 'stopped' states.",
    who: 'you',
  },
  {
    code: 'INSTANCE_NOT_FOUND',
    service: 'ec2',
    status: 400,
    name: 'InvalidInstanceID.NotFound',
    text: "The instance ID 'i-0abc1234def567890' does not exist",
    says: ['111122223333', 'us-east-1', '--region'],
  },
  {
    code: 'INSTANCE_NOT_FOUND',
    service: 'ec2',
    status: 400,
    name: 'InvalidInstanceID.Malformed',
    text: 'Invalid id: "i-xxxxx"',
  },
  {
    code: 'NOT_ALLOWED',
    service: 'ec2',
    status: 403,
    name: 'UnauthorizedOperation',
    text: `You are not authorized to perform this operation. Encoded authorization failure message: ${'Zm9v'.repeat(100)}`,
    who: 'admin',
    says: ['iam:PassRole', 'decode-authorization-message', 'role/EC2-Bedrock-Access'],
  },
  {
    code: 'NOT_ALLOWED',
    service: 'ec2',
    status: 403,
    name: 'UnauthorizedOperation',
    text: `You are not authorized to perform this operation. User: arn:aws:iam::111122223333:user/op is not authorized to perform: ec2:AssociateIamInstanceProfile on resource: arn:aws:ec2:us-east-1:111122223333:instance/i-0abc1234def567890 because no identity-based policy allows the ec2:AssociateIamInstanceProfile action. Encoded authorization failure message: ${'Zm9v'.repeat(100)}`,
    who: 'admin',
    says: [
      '{"Effect":"Allow","Action":"ec2:AssociateIamInstanceProfile","Resource":"arn:aws:ec2:us-east-1:111122223333:instance/i-0abc1234def567890"}',
    ],
  },
  {
    code: 'NOT_ALLOWED',
    service: 'iam',
    status: 403,
    name: 'AccessDenied',
    text: 'User: arn:aws:iam::111122223333:user/op is not authorized to perform: iam:CreateRole on resource: arn:aws:iam::111122223333:role/EC2-Bedrock-Access because no identity-based policy allows the iam:CreateRole action',
    who: 'admin',
    says: ['the user op', '"Action":"iam:CreateRole"'],
  },
  {
    code: 'NOT_ALLOWED',
    service: 'iam',
    status: 403,
    name: 'AccessDenied',
    text: 'User: arn:aws:iam::111122223333:user/op is not authorized to perform: iam:CreateRole on resource: arn:aws:iam::111122223333:role/EC2-Bedrock-Access with an explicit deny in a service control policy: arn:aws:organizations::999999999999:policy/o-x/service_control_policy/p-x',
    who: 'admin',
    says: ['service control policy', 'does not help'],
  },
  {
    code: 'NOT_ALLOWED',
    service: 'iam',
    status: 403,
    name: 'AccessDenied',
    text: 'User: arn:aws:iam::111122223333:user/op is not authorized to perform: iam:CreateRole on resource: role EC2 with an explicit deny in a permissions boundary',
    who: 'admin',
    says: ['permissions boundary'],
  },
  {
    code: 'NOT_ALLOWED',
    service: 'iam',
    status: 403,
    name: 'AccessDenied',
    text: 'User: arn:aws:iam::111122223333:user/op is not authorized to perform: iam:CreateRole on resource: arn:aws:iam::111122223333:role/x with an explicit deny in a resource control policy',
    who: 'admin',
    says: ['resource control policy'],
  },
  {
    code: 'NAME_TAKEN',
    service: 'iam',
    status: 409,
    name: 'EntityAlreadyExists',
    text: 'Role with name EC2-Bedrock-Access already exists.',
    says: ['--role-name'],
  },
  {
    code: 'PROFILE_OCCUPIED',
    service: 'iam',
    status: 409,
    name: 'LimitExceeded',
    text: 'Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1',
  },
  {
    code: 'PROFILE_QUOTA',
    service: 'iam',
    status: 409,
    name: 'LimitExceeded',
    text: 'Cannot exceed quota for InstanceProfilesPerAccount: 1000',
    who: 'admin',
  },
  {
    code: 'IN_USE',
    service: 'iam',
    status: 409,
    name: 'DeleteConflict',
    text: 'Cannot delete entity, must remove roles from instance profile first.',
  },
  {
    code: 'EXPIRED_CREDENTIALS',
    service: 'iam',
    status: 403,
    name: 'ExpiredToken',
    text: 'The security token included in the request is expired',
    says: ['aws sso login'],
  },
  {
    code: 'EXPIRED_CREDENTIALS',
    service: 'bedrock',
    status: 403,
    name: 'ExpiredTokenException',
    text: 'The security token included in the request is expired',
    place: 'gateway',
  },
  {
    code: 'THROTTLED',
    service: 'ec2',
    status: 503,
    name: 'RequestLimitExceeded',
    text: 'Request limit exceeded.',
    who: 'wait',
  },
  {
    code: 'THROTTLED',
    service: 'iam',
    status: 400,
    name: 'Throttling',
    text: 'Rate exceeded',
    who: 'wait',
  },
];

/** Failures of Bedrock and Bedrock Runtime, met in the gateway's environment. */
export const bedrockRows: readonly Row[] = [
  {
    code: 'NO_IAM',
    status: 403,
    name: 'AccessDeniedException',
    text: `User: ${caller} is not authorized to perform: bedrock:InvokeModel on resource: ${nova} because no identity-based policy allows the bedrock:InvokeModel action`,
    says: [`{"Effect":"Allow","Action":"bedrock:InvokeModel","Resource":"${nova}"}`, 'EC2-Bedrock-Access'],
  },
  {
    code: 'NO_IAM',
    status: 403,
    name: 'AccessDeniedException',
    text: `User: ${caller} is not authorized to perform: bedrock:InvokeModelWithResponseStream on resource: ${nova.replace('us-east-1', 'us-west-2')} because no identity-based policy allows the bedrock:InvokeModelWithResponseStream action`,
    says: ['us-west-2 is a destination region'],
  },
  {
    code: 'NO_IAM',
    status: 403,
    name: 'AccessDeniedException',
    text: `User: ${caller} is not authorized to perform: bedrock:InvokeModel on resource: ${nova} because no VPC endpoint policy allows the bedrock:InvokeModel action`,
    who: 'admin',
    says: ['VPC endpoint policy'],
  },
  {
    code: 'DENIED_BY_SCP',
    status: 403,
    name: 'AccessDeniedException',
    text: `User: ${caller} is not authorized to perform: bedrock:InvokeModel on resource: arn:aws:bedrock:us-east-2::foundation-model/amazon.nova-micro-v1:0 with an explicit deny in a service control policy: arn:aws:organizations::999999999999:policy/o-x/service_control_policy/p-x`,
    who: 'admin',
    says: ['us-east-2'],
  },
  {
    code: 'DENIED_BY_SCP',
    status: 403,
    name: 'AccessDeniedException',
    text: `User: ${caller} is not authorized to perform: bedrock:InvokeModel on resource: arn:aws:bedrock:::foundation-model/amazon.nova-2-lite-v1:0 with an explicit deny in a service control policy`,
    who: 'admin',
    says: ['global inference profile'],
  },
  {
    code: 'MARKETPLACE_PERMISSION',
    status: 403,
    name: 'AccessDeniedException',
    text: 'Model access is denied due to IAM user or service role is not authorized to perform the required AWS Marketplace actions (aws-marketplace:ViewSubscriptions, aws-marketplace:Subscribe) to enable access to this model. Refer to the Amazon Bedrock documentation for further details. Your AWS Marketplace subscription for this model cannot be completed at this time. If you recently fixed this issue, try again after 2 minutes.',
    says: ['never give aws-marketplace:Subscribe'],
  },
  {
    code: 'MARKETPLACE_PERMISSION',
    status: 403,
    name: 'AccessDeniedException',
    text: `Model access is denied due to ${caller} is not authorized to perform: aws-marketplace:Subscribe on resource: * because no identity-based policy allows the action.`,
  },
  {
    code: 'SUBSCRIPTION_PENDING',
    status: 403,
    name: 'AccessDeniedException',
    text: 'Model access is denied because your AWS Marketplace subscription for the model is still being processed. Try again after 15 minutes.',
    who: 'wait',
  },
  {
    code: 'PAYMENT',
    status: 403,
    name: 'AccessDeniedException',
    text: 'Model access is denied due to INVALID_PAYMENT_INSTRUMENT: A valid payment instrument must be provided. Your AWS Marketplace subscription for this model cannot be completed at this time. If you recently fixed this issue, try again after 2 minutes.',
    who: 'billing',
  },
  {
    code: 'USE_CASE_FORM',
    status: 404,
    name: 'ResourceNotFoundException',
    text: 'Model use case details have not been submitted for this account. Fill out the Anthropic use case details form before using the model. If you have already filled out the form, try again in 15 minutes.',
    who: 'you',
  },
  {
    code: 'USE_CASE_FORM',
    status: 400,
    name: 'ValidationException',
    text: 'You have not filled out the required use-case form for this model. Complete the form at https://us-east-1.console.aws.amazon.com/bedrock/ before requesting access.',
  },
  {
    code: 'NO_MODEL_ACCESS',
    status: 403,
    name: 'AccessDeniedException',
    text: "You don't have access to the model with the specified model ID.",
  },
  {
    code: 'ON_DEMAND_UNSUPPORTED',
    status: 400,
    name: 'ValidationException',
    text: 'Invocation of model ID anthropic.claude-opus-4-6-v1 with on-demand throughput isn’t supported. Retry your request with the ID or ARN of an inference profile that contains this model.',
    says: ['anthropic.claude-opus-4-6-v1'],
  },
  {
    code: 'BAD_MODEL_ID',
    status: 400,
    name: 'ValidationException',
    text: 'The provided model identifier is invalid.',
  },
  {
    code: 'LEGACY_MODEL',
    status: 404,
    name: 'ResourceNotFoundException',
    text: 'Access denied. This Model is marked by provider as Legacy and you have not been actively using the model in the last 30 days. Please upgrade to an active model on Amazon Bedrock',
  },
  {
    code: 'COUNTRY',
    status: 400,
    name: 'ValidationException',
    text: 'Access to Anthropic models is not allowed from unsupported countries, regions, or territories. Please refer to https://www.anthropic.com/supported-countries for more information.',
  },
  {
    code: 'DATA_RETENTION',
    status: 400,
    name: 'ValidationException',
    text: "data retention mode 'default' is not available for this model",
    who: 'admin',
  },
  {
    code: 'QUOTA_DAY',
    status: 429,
    name: 'ThrottlingException',
    text: 'Too many tokens per day, please wait before trying again.',
    who: 'AWS Support',
  },
  {
    code: 'THROTTLED',
    status: 429,
    name: 'ThrottlingException',
    text: 'Too many tokens, please wait before trying again.',
    who: 'wait',
  },
  {
    code: 'THROTTLED',
    status: 429,
    name: 'ThrottlingException',
    text: 'Too many requests, please wait before trying again.',
    who: 'wait',
  },
  {
    code: 'ACCOUNT_UNVERIFIED',
    status: 400,
    name: 'ValidationException',
    text: 'Operation not allowed',
    who: 'AWS Support',
  },
  {
    code: 'ACCOUNT_UNVERIFIED',
    status: 403,
    name: 'BadCScoreException',
    text: 'Your account is not authorized to use this service.',
    who: 'AWS Support',
  },
  {
    code: 'BAD_KEYS',
    status: 403,
    name: 'UnrecognizedClientException',
    text: 'The security token included in the request is invalid.',
  },
  {
    code: 'SHADOWED_BY_BEARER',
    status: 403,
    name: 'AccessDeniedException',
    text: 'Authentication failed: Please make sure your API Key is valid.',
  },
].map((row) => ({ ...row, service: 'bedrock-runtime', place: 'gateway' }) as Row);

/** Texts that do not come over HTTP: the SDK's own, OpenClaw's, the AWS CLI's, those of Systems Manager. */
export const localRows: readonly Pick<Row, 'code' | 'name' | 'text' | 'place' | 'who' | 'says'>[] = [
  {
    code: 'NO_OPERATOR_CREDENTIALS',
    name: 'CredentialsProviderError',
    text: 'Could not load credentials from any providers',
    says: [
      'aws sso login',
      'npx openclaw-bedrock-setup@1.2.3 --instance-id i-0abc1234def567890 --region us-east-1',
      '--mock',
    ],
  },
  {
    code: 'EXPIRED_CREDENTIALS',
    name: 'CredentialsProviderError',
    text: "The SSO session token associated with profile=ops was not found or is invalid. To refresh this SSO session run 'aws sso login' with the corresponding profile.",
  },
  {
    code: 'SHADOWED_BY_SSO',
    name: 'CredentialsProviderError',
    text: "The SSO session token associated with profile=default was not found or is invalid. To refresh this SSO session run 'aws sso login' with the corresponding profile.",
    place: 'gateway',
  },
  {
    code: 'CLI_PROFILE_MISSING',
    name: 'ProfileNotFound',
    text: 'The config profile (default) could not be found',
  },
  { code: 'GATEWAY_ENV', name: 'Error', text: 'No API key found for amazon-bedrock.' },
  { code: 'GATEWAY_ENV', name: 'Error', text: 'Use /login or set an API key environment variable.' },
  {
    code: 'UNKNOWN_MODEL',
    name: 'Error',
    text: 'Unknown model: amazon-bedrock/us.anthropic.claude-opus-4-6-v1',
    says: ['amazon-bedrock/us.anthropic.claude-opus-4-6-v1'],
  },
  { code: 'NO_PROVIDER', name: 'Error', text: 'No API provider registered for api: bedrock-converse-stream' },
  { code: 'NO_PROVIDER', name: 'Error', text: '[bedrock-discovery] Failed to discover Bedrock models' },
  {
    code: 'NO_ROUTE',
    name: 'ENOTFOUND',
    text: 'getaddrinfo ENOTFOUND bedrock-runtime.eu-south-9.amazonaws.com',
    place: 'gateway',
    says: ['bedrock-runtime', 'VPC endpoints'],
  },
  {
    code: 'NO_ROUTE',
    name: 'ETIMEDOUT',
    text: 'connect ETIMEDOUT bedrock-runtime.us-east-1.amazonaws.com',
    place: 'gateway',
  },
  { code: 'AWS_TROUBLE', name: 'InternalServerError', text: 'An error occurred on the server side.' },
  {
    code: 'NOT_MANAGED',
    name: 'InvalidInstanceId',
    text: 'Instances [[i-0abc1234def567890]] not in a valid state for account 111122223333',
    says: ['AmazonSSMManagedInstanceCore'],
  },
  { code: 'NOT_MANAGED', name: 'TargetNotConnected', text: 'i-0abc1234def567890 is not connected.' },
  { code: 'NOT_THERE_YET', name: 'InvocationDoesNotExist', text: '', who: 'wait' },
];

/** Every code that the catalogue must have, by area. */
export const allCodes: readonly string[] = [
  'PROFILE_NOT_VISIBLE PROFILE_HAS_NO_ROLE PROFILE_NOT_FOUND_YET ALREADY_ASSOCIATED NOT_ACTIVE_ASSOCIATION',
  'INSTANCE_WRONG_STATE INSTANCE_NOT_FOUND NOT_ALLOWED NAME_TAKEN PROFILE_OCCUPIED PROFILE_QUOTA IN_USE',
  'NO_OPERATOR_CREDENTIALS EXPIRED_CREDENTIALS THROTTLED',
  'IMDS_UNREACHABLE IMDS_DISABLED IMDS_HOP_LIMIT NO_PROFILE_YET WRONG_PROFILE TRUST_POLICY SHADOWED_BY_KEYS',
  'SHADOWED_BY_SSO SHADOWED_BY_BEARER METADATA_TURNED_OFF CLI_PROFILE_MISSING GATEWAY_ENV ENV_FILE_READABLE UNKNOWN_MODEL NO_PROVIDER PLUGIN_BLOCKED',
  'NO_IAM DENIED_BY_SCP MARKETPLACE_PERMISSION SUBSCRIPTION_PENDING PAYMENT USE_CASE_FORM NO_MODEL_ACCESS',
  'ON_DEMAND_UNSUPPORTED BAD_MODEL_ID LEGACY_MODEL COUNTRY DATA_RETENTION QUOTA_DAY ACCOUNT_UNVERIFIED BAD_KEYS',
  'NO_ROUTE NOT_MANAGED NOT_THERE_YET',
].flatMap((line) => line.split(' '));
