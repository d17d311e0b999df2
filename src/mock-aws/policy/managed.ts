import type { MockSettings } from '../settings.js';
import type { ManagedPolicy } from '../iam/state.js';
import type { MockState } from '../state.js';

interface PolicyText {
  readonly versionId: string;
  readonly createdAt: string;
  readonly statements: readonly object[];
}

const MARKETPLACE = [
  'aws-marketplace:Subscribe',
  'aws-marketplace:ViewSubscriptions',
  'aws-marketplace:Unsubscribe',
];

const calledVia = (...services: string[]) => ({ StringEquals: { 'aws:CalledViaLast': services } });

// The statements that bear on Bedrock, Systems Manager and reading; the SageMaker and KMS parts are left out.
const TEXTS: Readonly<Record<string, PolicyText>> = {
  AmazonBedrockFullAccess: {
    versionId: 'v10',
    createdAt: '2023-12-06T15:47:17Z',
    statements: [
      { Sid: 'BedrockAll', Effect: 'Allow', Action: ['bedrock:*'], Resource: '*' },
      { Sid: 'BedrockMantleAll', Effect: 'Allow', Action: ['bedrock-mantle:*'], Resource: '*' },
      {
        Sid: 'APIsWithAllResourceAccess',
        Effect: 'Allow',
        Action: ['iam:ListRoles', 'ec2:DescribeVpcs', 'ec2:DescribeSubnets', 'ec2:DescribeSecurityGroups'],
        Resource: '*',
      },
      {
        Sid: 'MarketplaceOperationsFromBedrockFor3pModels',
        Effect: 'Allow',
        Action: MARKETPLACE,
        Resource: '*',
        Condition: calledVia('bedrock.amazonaws.com'),
      },
    ],
  },
  AmazonBedrockLimitedAccess: {
    versionId: 'v9',
    createdAt: '2025-06-29T22:22:06Z',
    statements: [
      {
        Sid: 'BedrockAPIs',
        Effect: 'Allow',
        Action: [
          'bedrock:Get*',
          'bedrock:List*',
          'bedrock:CallWithBearerToken',
          'bedrock:ApplyGuardrail',
          'bedrock:InvokeModel',
          'bedrock:InvokeModelWithResponseStream',
        ],
        Resource: '*',
      },
      {
        Sid: 'MarketplaceOperationsFromBedrockFor3pModels',
        Effect: 'Allow',
        Action: MARKETPLACE,
        Resource: '*',
        Condition: calledVia('bedrock.amazonaws.com', 'bedrock-mantle.amazonaws.com'),
      },
    ],
  },
  AmazonBedrockReadOnly: {
    versionId: 'v7',
    createdAt: '2023-12-06T15:48:19Z',
    statements: [
      {
        Sid: 'AmazonBedrockReadOnly',
        Effect: 'Allow',
        Action: ['bedrock:Get*', 'bedrock:List*'],
        Resource: '*',
      },
    ],
  },
  AmazonSSMManagedInstanceCore: {
    versionId: 'v2',
    createdAt: '2019-03-15T17:22:12Z',
    statements: [
      {
        Effect: 'Allow',
        Action: [
          'ssm:UpdateInstanceInformation',
          'ssm:ListAssociations',
          'ssm:GetDocument',
          'ssm:GetParameter*',
        ],
        Resource: '*',
      },
      { Effect: 'Allow', Action: ['ssmmessages:*', 'ec2messages:*'], Resource: '*' },
    ],
  },
  ReadOnlyAccess: {
    versionId: 'v182',
    createdAt: '2015-02-06T18:39:48Z',
    statements: [
      {
        Effect: 'Allow',
        Action: ['bedrock:Get*', 'bedrock:List*', 'ec2:Describe*', 'iam:Get*', 'iam:List*', 'ssm:Describe*'],
        Resource: '*',
      },
    ],
  },
};

/** A managed policy by ARN: AWS's own, or one of the account's that the state holds. */
export function findManagedPolicy(
  arn: string,
  state: MockState,
  settings: MockSettings,
): ManagedPolicy | undefined {
  const own = Object.hasOwn(state.policies, arn) ? state.policies[arn] : undefined;
  if (own !== undefined) return own;
  const prefix = `arn:${settings.partition}:iam::aws:policy/`;
  if (!arn.startsWith(prefix)) return undefined;
  const name = arn.slice(prefix.length);
  const text = Object.hasOwn(TEXTS, name) ? TEXTS[name] : undefined;
  if (text === undefined) return undefined;
  return {
    name,
    id: `ANPAMOCK${name
      .toUpperCase()
      .replaceAll(/[^A-Z]/g, '')
      .slice(0, 13)}`,
    arn,
    path: '/',
    versionId: text.versionId,
    document: JSON.stringify({ Version: '2012-10-17', Statement: text.statements }, undefined, 4),
    createdAt: Date.parse(text.createdAt),
  };
}
