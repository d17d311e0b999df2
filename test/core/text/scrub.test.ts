import { describe, expect, it } from 'vitest';
import { neutralize, scrub } from '../../../src/core/text/scrub.js';

const secret = 'wJalrXUtnFEMIcanaryK7MDENGbPxRfiCYEXAMPLE';

describe('scrub', () => {
  it.each([
    ['an access key', 'the key AKIAIOSFODNN7CANARY is stale'],
    ['a temporary access key', 'ASIAFAKEIMDSROLECANARY'],
    ['a secret in a credentials file', `aws_secret_access_key = ${secret}`],
    ['a secret in the environment', `AWS_SECRET_ACCESS_KEY=${secret} node`],
    ['a secret in JSON', JSON.stringify({ SecretAccessKey: secret, a: 1 })],
    ['a secret in quotes', `aws_secret_access_key: '${secret}'`],
    ['a session token', `aws_session_token=${secret}`],
    ['a session token by its form', `IQoJb3JpZ2luX2VjECcanary${'x'.repeat(40)}`],
    [
      'an Authorization header',
      `Authorization: AWS4-HMAC-SHA256 Credential=canary/20260101, Signature=canary`,
    ],
    ['an Authorization header in JSON', `{"Authorization":"Bearer canary-token-value"}`],
    ['a bearer token', 'Bearer canary.token.value'],
    ['a Bedrock key in the environment', 'AWS_BEARER_TOKEN_BEDROCK=canary'],
    ['a Bedrock key by its form', 'ABSKcanarycanarycanary=='],
    ['a short-lived Bedrock key', 'bedrock-api-key-canary'],
    ['a metadata token', 'X-aws-ec2-metadata-token: canary=='],
    ['a secret in XML', `<SecretAccessKey>canary</SecretAccessKey>`],
    ['a password in a URL', 'https://user:canary@proxy.example:8080'],
  ])('hides %s', (_, text) => {
    const result = scrub(text);
    expect(result.toLowerCase()).not.toContain('canary');
    expect(result).toContain('[hidden]');
  });

  it('leaves what is no secret', () => {
    const text = [
      'arn:aws:iam::111122223333:role/EC2-Bedrock-Access i-0abc1234def567890 us-east-1',
      'The security token included in the request is expired',
      'AWS_PROFILE=default',
      'User: arn:aws:sts::1:assumed-role/R/i-0 is not authorized to perform: bedrock:InvokeModel',
    ].join('\n');
    expect(scrub(text)).toBe(text);
  });

  it('hides it where control sequences are strewn in', () => {
    expect(scrub('AKIA\u001B[0mIOSFODNN7CANARY')).not.toContain('CANARY');
  });
});

describe('neutralize', () => {
  it('drops what steers a terminal and keeps lines and tabs', () => {
    const text = 'a\u001B[31mred\u001B[0m\u001B]0;title\u0007\u009B2Jb\r\n\tc\u202Ed\u0000';
    expect(neutralize(text)).toBe('aredb\n\tcd');
  });
});
