import { describe, expect, it } from 'vitest';
import { shownRegion, shownValue } from '../../../src/core/environment/shown.js';
import { oneLine } from '../../../src/core/text/scrub.js';

const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';

describe('a value as it may be shown', () => {
  it.each([
    ['AWS_PROFILE', 'ops', 'ops'],
    ['AWS_DEFAULT_PROFILE', secret, '(a value like a secret)'],
    ['source_profile', secret, '(a value like a secret)'],
    ['AWS_REGION', 'us-east-1', 'us-east-1'],
    ['AWS_DEFAULT_REGION', secret, '(no name of a region)'],
    ['region', secret, '(no name of a region)'],
    ['AWS_ROLE_ARN', 'arn:aws:iam::111122223333:role/x', 'arn:aws:iam::111122223333:role/x'],
    ['AWS_ENDPOINT_URL_STS', 'https://a:b@c', 'https://a:[hidden]@c'],
    ['AWS_SECRET_ACCESS_KEY', secret, null],
    ['MY_AWS_REGION', 'us-east-1', null],
  ])('%s=%s: %s', (name, value, shown) => {
    expect(shownValue(name, value)).toBe(shown);
  });
});

it.each(['us-east-1', 'us-gov-west-1', 'ap-southeast-12', 'mx-central-1'])('%s is a region', (region) => {
  expect(shownRegion(region)).toBe(region);
});

it.each([
  '',
  'u-east-1',
  'abcdef-east-1',
  'us-1',
  'us-east',
  'us-east-123',
  'US-EAST-1',
  'x us-east-1',
  'us-east-1 x',
  '12-east-1',
  'us-1-1',
])('%j is none', (region) => {
  expect(shownRegion(region)).toBe('(no name of a region)');
});

it.each([
  ['a\nb', 'a b'],
  ['a \n\t b', 'a b'],
  ['a  b', 'a  b'],
  ['a\tb\nc', 'a b c'],
])('%j on one line is %j', (text, line) => {
  expect(oneLine(text)).toBe(line);
});
