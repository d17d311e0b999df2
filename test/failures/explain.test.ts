import { describe, expect, it } from 'vitest';
import { catalogue, explainCode, explainFailure } from '../../src/failures/index.js';

const context = { account: '111122223333', region: 'us-east-1', roleName: 'Role', version: '1.2.3' };
const caller = 'arn:aws:sts::111122223333:assumed-role/Role/i-0abc1234def567890';

function refused(resource: string, reason: string, action = 'bedrock:InvokeModel') {
  const message = `User: ${caller} is not authorized to perform: ${action}${resource === '' ? '' : ` on resource: ${resource}`} ${reason}`;
  return explainFailure({ name: 'AccessDeniedException', message, status: 403 }, context);
}

describe('a failure that no entry knows', () => {
  const fix = 'run it again with --verbose and report it with the whole message, so that a fix can be added';
  it.each([
    [418, 'TeapotException (HTTP 418): I am a teapot'],
    [0, 'TeapotException: I am a teapot'],
  ])('with status %i', (status, message) => {
    const failure = { name: 'TeapotException', message: 'I am a teapot', status };
    expect(explainFailure(failure, context)).toEqual({
      code: 'UNKNOWN',
      message,
      cause: 'this failure is not in the catalogue; the words are those of AWS',
      who: 'you',
      fix,
      blocks: false,
    });
  });

  it('keeps a code that a check gave it', () => {
    expect(explainCode('BRAND_NEW', 'seen', context)).toMatchObject({
      code: 'BRAND_NEW',
      message: 'seen',
      fix,
    });
  });
});

describe('a refusal of Bedrock says where it applies', () => {
  const model = 'foundation-model/amazon.nova-micro-v1:0';
  const reason = 'because no identity-based policy allows the bedrock:InvokeModel action';
  it.each([
    [`arn:aws:bedrock:us-east-1::${model}`, 'us-east-1 is the region that was called'],
    [`arn:aws-us-gov:bedrock:us-east-1::${model}`, 'us-east-1 is the region that was called'],
    [`arn:aws:bedrock:us-west-2::${model}`, 'us-west-2 is a destination region of the inference profile'],
    [`arn:aws:bedrock:::${model}`, 'an empty region in the ARN means a global inference profile'],
    ['', 'it applies to the whole of Bedrock'],
    ['*', 'it applies to the whole of Bedrock'],
    [`x-arn:aws:bedrock:us-west-2::${model}`, 'it applies to the whole of Bedrock'],
  ])('%j: %s', (resource, where) => {
    const { cause } = refused(resource, reason);
    expect(cause).toBe(
      `the identity policy behind the call does not allow bedrock:InvokeModel on ${resource || 'all resources'}; ${where}. Right after an attach it can take up to 60 s until the rights are there`,
    );
  });
});

describe('who can do something about a refusal', () => {
  it.each([
    ['because no identity-based policy allows the action', 'you'],
    ['', 'you'],
    ['with an explicit deny in an identity-based policy', 'admin'],
    ['with an explicit deny', 'admin'],
    ['because no permissions boundary allows the action', 'admin'],
    ['because no VPC endpoint policy allows the action', 'admin'],
  ])('of Bedrock, %j: %s', (reason, who) => {
    expect(refused('*', reason)).toMatchObject({ code: 'NO_IAM', who, blocks: true, waitSeconds: 60 });
  });

  it('is an administrator for a call of the operator', () => {
    const explanation = refused('*', '', 'iam:CreateRole');
    expect(explanation).toMatchObject({ code: 'NOT_ALLOWED', who: 'admin', blocks: true });
    expect(explanation.cause).toBe('iam:CreateRole on * is not allowed: refused by the policies');
    expect(explanation.denial).toEqual({
      principal: caller,
      action: 'iam:CreateRole',
      resource: '*',
      tail: 'unknown',
      explicit: false,
    });
  });

  it('is the operator where a Deny keeps the role from subscribing, which it is not to do', () => {
    const message = `Model access is denied due to ${caller} is not authorized to perform: aws-marketplace:Subscribe on resource: * with an explicit deny in a service control policy`;
    const told = explainFailure({ name: 'AccessDeniedException', message, status: 403 }, context);
    expect(told).toMatchObject({ code: 'MARKETPLACE_PERMISSION', who: 'you' });
  });

  it('is nobody in particular where a check found a missing right by itself', () => {
    const explanation = explainCode('NO_IAM', 'seen', context);
    expect(explanation.who).toBe('you');
    expect(explanation).not.toHaveProperty('denial');
  });
});

describe('an explanation', () => {
  it('leaves out the encoded message of EC2, which no person reads', () => {
    const encoded = 'a1B2-_'.repeat(200);
    const message = `You are not authorized to perform this operation. Encoded authorization failure message: ${encoded} and more`;
    const told = explainFailure({ name: 'UnauthorizedOperation', message, status: 403 }, context);
    expect(told.code).toBe('NOT_ALLOWED');
    expect(told.message).toBe(
      'You are not authorized to perform this operation. Encoded authorization failure message: [left out] and more',
    );
  });

  it('says in how many seconds it may be over, only where it may', () => {
    const waits = Object.fromEntries(
      catalogue.map(({ code }) => [code, explainCode(code, 'x', context).waitSeconds] as const),
    );
    expect(waits).toMatchObject({ PROFILE_NOT_VISIBLE: 180, THROTTLED: 60, AWS_TROUBLE: 120 });
    expect(explainCode('COUNTRY', 'x', context)).not.toHaveProperty('waitSeconds');
  });

  it('tells the caller’s own values, and the words of AWS before them', () => {
    const more = { service: 'Bedrock', unknownModel: 'theirs', missing: 'AWS_REGION', seen: 'nowhere' };
    expect(explainCode('THROTTLED', 'x', { ...context, more }).cause).toContain(
      'how often Bedrock may be called',
    );
    expect(explainCode('GATEWAY_ENV', 'x', { ...context, more }).cause).toBe(
      'the gateway does not see AWS_REGION: nowhere',
    );
    const words = { name: 'Error', message: 'Unknown model: amazon-bedrock/x', status: 0 };
    expect(explainFailure(words, { ...context, more }).cause).toContain('does not list amazon-bedrock/x:');
  });

  it('hides secrets in what it tells, wherever they came from', () => {
    const more = { where: 'AKIACANARY0123456789', seen: 'AKIACANARY0123456789' };
    for (const { code } of catalogue) {
      const told = explainCode(code, 'x AKIACANARY0123456789', { ...context, more });
      expect(`${told.message}${told.cause}${told.fix}`).not.toContain('CANARY');
    }
  });
});

/** What a text says of something that the caller does not know. */
describe('where nothing is known', () => {
  it.each([
    [
      'GATEWAY_ENV',
      'the gateway does not see AWS_PROFILE and AWS_REGION: they are set nowhere that it reads',
    ],
    [
      'SHADOWED_BY_KEYS',
      'access keys in the environment or the AWS configuration of the gateway win over the role of the instance, which is never asked',
    ],
    ['AWS_TROUBLE', 'AWS has trouble of its own; it was asked again several times'],
    ['WRONG_ROLE', 'the calls of the gateway are made as somebody else, not as the role Role'],
  ])('%s', (code, cause) => {
    expect(explainCode(code, 'x', context).cause).toBe(cause);
  });
});
