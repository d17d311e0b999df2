import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conditionsHold, requestContext } from '../../../src/mock-aws/policy/condition.js';
import { readStatements } from '../../../src/mock-aws/policy/document.js';
import { evaluate } from '../../../src/mock-aws/policy/evaluate.js';
import { matchesWildcard } from '../../../src/mock-aws/policy/wildcard.js';

const ask = (
  statements: object[],
  action = 'bedrock:InvokeModel',
  resource = 'arn:aws:bedrock:us-east-1::x',
) =>
  evaluate(readStatements({ Version: '2012-10-17', Statement: statements }), {
    action,
    resource,
    context: requestContext({ 'aws:RequestedRegion': 'us-east-1' }),
  });

describe('a policy', () => {
  it.each([
    ['no statement', [], 'implicitDeny'],
    ['an Allow', [{ Effect: 'Allow', Action: 'bedrock:*', Resource: '*' }], 'allowed'],
    [
      'an Allow in other letters',
      [{ Effect: 'Allow', Action: 'BEDROCK:invokemodel', Resource: '*' }],
      'allowed',
    ],
    [
      'an Allow of something else',
      [{ Effect: 'Allow', Action: 'bedrock:Get*', Resource: '*' }],
      'implicitDeny',
    ],
    [
      'a Deny beside an Allow',
      [
        { Effect: 'Allow', Action: '*', Resource: '*' },
        { Effect: 'Deny', Action: 'bedrock:Invoke*', Resource: '*' },
      ],
      'explicitDeny',
    ],
    ['NotAction that names it', [{ Effect: 'Allow', NotAction: 'bedrock:*', Resource: '*' }], 'implicitDeny'],
    ['NotAction that names another', [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }], 'allowed'],
    [
      'NotResource that names it',
      [{ Effect: 'Deny', Action: '*', NotResource: 'arn:aws:bedrock:us-east-1:*' }],
      'implicitDeny',
    ],
    [
      'a condition that fails',
      [
        {
          Effect: 'Allow',
          Action: '*',
          Resource: '*',
          Condition: { StringEquals: { 'aws:RequestedRegion': ['eu-west-1', 'eu-west-3'] } },
        },
      ],
      'implicitDeny',
    ],
  ])('with %s', (_name, statements, decision) => {
    expect(ask(statements)).toBe(decision);
  });
});

describe('conditions', () => {
  const context = requestContext({ 'aws:RequestedRegion': 'us-east-1' });
  it.each([
    ['StringEquals', 'AWS:requestedregion', 'us-east-1', true],
    ['StringEquals', 'aws:RequestedRegion', 'us-*', false],
    ['StringLike', 'aws:RequestedRegion', 'us-*', true],
    ['StringNotEquals', 'aws:RequestedRegion', 'us-east-1', false],
    ['StringNotLike', 'aws:Absent', 'anything', true],
    ['StringEquals', 'aws:Absent', 'anything', false],
    ['StringEqualsIfExists', 'aws:Absent', 'anything', true],
    ['Null', 'aws:Absent', 'true', true],
    ['Null', 'aws:RequestedRegion', 'true', false],
    ['NumericLessThan', 'aws:RequestedRegion', '5', false],
  ])('%s %s %s holds: %s', (operator, key, value, holds) => {
    expect(conditionsHold([{ operator, key, values: [value] }], context)).toBe(holds);
  });
});

describe('wildcards', () => {
  it('match as the equivalent regular expression does', () => {
    const alphabet = fc.string({ unit: fc.constantFrom('a', 'b', ':', '*', '?') });
    const plain = fc.string({ unit: fc.constantFrom('a', 'b', ':') });
    fc.assert(
      fc.property(alphabet, plain, (pattern, text) => {
        const expression = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`);
        expect(matchesWildcard(pattern, text)).toBe(expression.test(text));
      }),
    );
  });
});
