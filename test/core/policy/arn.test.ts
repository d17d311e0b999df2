import { expect, it } from 'vitest';
import { arnName, parseArn } from '../../../src/core/policy/arn.js';

it.each([
  ['arn:aws:iam::111122223333:role/team/web', 'aws', 'iam', '', '111122223333', 'role/team/web'],
  [
    'arn:aws:bedrock:::foundation-model/amazon.nova-lite-v1:0',
    'aws',
    'bedrock',
    '',
    '',
    'foundation-model/amazon.nova-lite-v1:0',
  ],
  [
    'arn:aws-us-gov:ec2:us-gov-west-1:1:instance/i-1',
    'aws-us-gov',
    'ec2',
    'us-gov-west-1',
    '1',
    'instance/i-1',
  ],
])('takes %s apart', (text, partition, service, region, account, resource) => {
  expect(parseArn(text)).toStrictEqual({ partition, service, region, account, resource });
});

it.each([
  '',
  'arn',
  'arn:aws:iam',
  'i-0abc',
  'arn:aws:iam::1:',
  'xarn:aws:iam::1:role/x',
  'arn:aws:iam::1:role/x\ny',
])('%j is no ARN', (text) => {
  expect(parseArn(text)).toBeNull();
});

it.each([
  ['arn:aws:iam::1:instance-profile/team/web', 'web'],
  ['arn:aws:iam::1:instance-profile/web', 'web'],
  ['web', 'web'],
  ['team/web', 'web'],
  ['arn:aws:sts::1:assumed-role/web/me@example.com', 'me@example.com'],
])('the name in %s is %s', (arn, name) => {
  expect(arnName(arn)).toBe(name);
});
