import type { GivenSettings, MockSettings, Propagation } from './settings.js';

const OPERATOR_KEY = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};

// The partitions of AWS by the names of their regions.
const PARTITIONS: readonly (readonly [RegExp, string])[] = [
  [/^us-gov-/, 'aws-us-gov'],
  [/^cn-/, 'aws-cn'],
  [/^eusc-/, 'aws-eusc'],
  [/^us-iso-/, 'aws-iso'],
  [/^us-isob-/, 'aws-iso-b'],
];

const REGIONS: Record<string, readonly string[]> = {
  aws: [
    'us-east-1',
    'us-east-2',
    'us-west-2',
    'eu-central-1',
    'eu-north-1',
    'eu-west-1',
    'eu-west-3',
    'ap-northeast-1',
    'ap-southeast-2',
  ],
  'aws-us-gov': ['us-gov-west-1', 'us-gov-east-1'],
  'aws-cn': ['cn-north-1', 'cn-northwest-1'],
};

/** Settings with nothing slow and nothing wrong, overridden by what is given. */
export function resolveSettings(given: GivenSettings = {}): MockSettings {
  const account = given.account ?? '111122223333';
  const partition = given.partition ?? partitionOf(given.region ?? given.regions?.[0] ?? '');
  const { region, propagation, ...rest } = given;
  return {
    now: Date.now,
    account,
    partition,
    latencyMilliseconds: 0,
    ec2TokenBuckets: false,
    faults: [],
    operator: {
      ...OPERATOR_KEY,
      arn: `arn:${partition}:iam::${account}:user/operator`,
      userId: 'AIDACKCEVSQ6C2EXAMPLE',
    },
    deny: [],
    operatorPolicies: undefined,
    serviceControlPolicies: [],
    modelFaults: {},
    modelAnswer: 'Hello from the embedded Amazon Bedrock.',
    bearerTokens: [],
    metadataInstanceId: undefined,
    hopLimitExceeded: false,
    reorderPolicyDocuments: false,
    agents: {},
    ...rest,
    propagation: { ...noDelay(), ...propagation },
    regions: orderRegions(given.regions ?? REGIONS[partition] ?? [], region),
  };
}

function partitionOf(region: string): string {
  const [, partition] = PARTITIONS.find(([pattern]) => pattern.test(region)) ?? [];
  return partition ?? 'aws';
}

function orderRegions(regions: readonly string[], first: string | undefined): string[] {
  if (first === undefined) return [...regions];
  return [first, ...regions.filter((region) => region !== first)];
}

function noDelay(): Propagation {
  return {
    iamToEc2Milliseconds: 0,
    ec2ToMetadataMilliseconds: 0,
    iamToBedrockMilliseconds: 0,
    associationMilliseconds: 0,
    agreementMilliseconds: 0,
    agentMilliseconds: 0,
    commandMilliseconds: 0,
  };
}
