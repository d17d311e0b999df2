export {
  BedrockRuntimeClient,
  ConverseCommand,
  ConverseStreamCommand,
} from '@aws-sdk/client-bedrock-runtime';
export { DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
export { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
export { default as enquirer } from 'enquirer';
export { default as json5 } from 'json5';
