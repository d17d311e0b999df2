import { expect, it } from 'vitest';
import { partitionOfRegion, refuseRegion } from '../../../src/core/model/bedrock-regions.js';

it.each([
  'us-east-1',
  'eu-central-1',
  'ap-southeast-7',
  'us-gov-west-1',
  'eusc-de-east-1',
  'us-iso-east-1',
  'xx-new-9',
])('allows %s', (region) => {
  expect(refuseRegion(region)).toBeNull();
});

it.each([
  ['ap-east-1', 'BEDROCK_NOT_IN_REGION', 'ap-east-2'],
  ['us-isob-west-1', 'BEDROCK_NOT_IN_REGION', 'us-isob-east-1'],
  ['cn-north-1', 'BEDROCK_NOT_IN_PARTITION', 'us-east-1'],
  ['eu-isoe-west-1', 'BEDROCK_NOT_IN_PARTITION', 'us-east-1'],
])('refuses %s with %s and names %s', (region, code, instead) => {
  const refused = refuseRegion(region);
  expect(refused).toMatchObject({ code, exitCode: 2 });
  expect(refused?.message).toContain(region);
  expect(refused?.fix).toContain(instead);
  expect(refused?.why).toMatch(
    code === 'BEDROCK_NOT_IN_REGION' ? /no endpoint/u : /nothing in this partition/u,
  );
});

it.each([
  ['us-east-1', 'aws'],
  ['us-gov-east-1', 'aws-us-gov'],
  ['cn-northwest-1', 'aws-cn'],
  ['us-iso-east-1', 'aws-iso'],
  ['us-isob-east-1', 'aws-iso-b'],
  ['us-isof-south-1', 'aws-iso-f'],
  ['eu-isoe-west-1', 'aws-iso-e'],
  ['eusc-de-east-1', 'aws-eusc'],
])('%s lies in %s', (region, partition) => {
  expect(partitionOfRegion(region)).toBe(partition);
});
