import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ExitCode, SetupError } from '../../src/core/errors.js';
import { toErrorDetails } from '../../src/failures/index.js';
import type { ErrorServer } from './error-server.js';
import { startErrorServer } from './error-server.js';

const context = {
  account: '111122223333',
  region: 'us-east-1',
  instanceId: 'i-0abc1234def567890',
  version: '1.2.3',
};

describe('toErrorDetails', () => {
  let server: ErrorServer;
  beforeAll(async () => {
    server = await startErrorServer();
  });
  afterAll(() => server.close());

  it('lets a SetupError pass as it is', () => {
    const details = { code: 'X', message: 'm', why: 'w', fix: 'f', exitCode: ExitCode.usage };
    expect(toErrorDetails(new SetupError(details), context)).toEqual(details);
  });

  it.each([
    [
      'AccessDenied',
      403,
      'User: a is not authorized to perform: iam:CreateRole on resource: b because no identity-based policy allows the iam:CreateRole action',
      'NOT_ALLOWED',
      5,
    ],
    ['ExpiredToken', 403, 'The security token included in the request is expired', 'EXPIRED_CREDENTIALS', 5],
    ['InvalidClientTokenId', 403, 'The security token included in the request is invalid.', 'BAD_KEYS', 5],
    ['EntityAlreadyExists', 409, 'Role with name x already exists.', 'NAME_TAKEN', 1],
    ['Nonsense', 400, 'Never heard of it.', 'UNKNOWN', 1],
  ])('gives %s its code and exit code', async (name, status, text, code, exitCode) => {
    const details = toErrorDetails(await server.provoke({ service: 'iam', status, name, text }), context);
    expect(details).toMatchObject({ code, exitCode });
    expect(details.message).not.toMatch(/\.$/u);
  });

  it('does not take for a failure of AWS what the operating system refuses', () => {
    const error = Object.assign(new Error('EMFILE: too many open files, open'), { code: 'EMFILE' });
    expect(toErrorDetails(error, context)).toMatchObject({ code: 'SYSTEM_ERROR', exitCode: 1 });
  });

  it('names the three ways on where nobody is signed in', () => {
    const error = Object.assign(new Error('Could not load credentials from any providers'), {
      name: 'CredentialsProviderError',
    });
    const details = toErrorDetails(error, context);
    expect(details).toMatchObject({ code: 'NO_OPERATOR_CREDENTIALS', exitCode: 5 });
    expect(details.fix).toContain('aws sso login');
    expect(details.fix).toContain(
      'npx openclaw-bedrock-setup@1.2.3 --instance-id i-0abc1234def567890 --region us-east-1',
    );
    expect(details.fix).toContain('--mock');
  });

  it.each([
    ['ENOSPC', 'ENOSPC: no space left on device, write', 'DISK_FULL', 'the disk is full', 'free some space'],
    [
      'EDQUOT',
      'EDQUOT: disk quota exceeded, write',
      'DISK_FULL',
      'the disk quota of this user',
      'free some space',
    ],
    [
      'EACCES',
      "EACCES: permission denied, open '/x'",
      'FILE_NOT_ALLOWED',
      'does not let this user',
      'as the user that owns it',
    ],
    [
      'EPERM',
      "EPERM: operation not permitted, chown '/x'",
      'FILE_NOT_ALLOWED',
      'does not let this user',
      'as the user that owns it',
    ],
    [
      'EROFS',
      "EROFS: read-only file system, open '/x'",
      'FILE_READ_ONLY',
      'mounted read-only',
      'where the home folder can be written',
    ],
  ])("explains %s in the system's words", (code, message, told, why, fix) => {
    const details = toErrorDetails(Object.assign(new Error(message), { code }), context);
    expect(details).toMatchObject({ code: told, message, exitCode: ExitCode.failed });
    expect(details.why).toContain(why);
    expect(details.fix).toContain(fix);
  });

  it.each([
    ['Rate exceeded', 'rate exceeded'],
    ['Rate exceeded.', 'rate exceeded'],
    ['Request limit exceeded...', 'request limit exceeded'],
    ['The id i-1. is odd', 'the id i-1. is odd'],
    ['IAM says No', 'IAM says No'],
    ['already small', 'already small'],
    ['(Service: Ec2) odd', '(Service: Ec2) odd'],
  ])('begins small and ends without a full stop: %s', (message, told) => {
    const error = Object.assign(new Error(message), {
      name: 'Throttling',
      $metadata: { httpStatusCode: 400 },
    });
    expect(toErrorDetails(error, context)).toMatchObject({ code: 'THROTTLED', message: told });
  });

  it('throws a bug again', () => {
    const bug = new TypeError('x is not a function');
    expect(() => toErrorDetails(bug, context)).toThrow(bug);
    expect(() => toErrorDetails('text', context)).toThrow('text');
  });

  it('never shows a secret', async () => {
    const text =
      'bad key AKIACANARY0123456789, Authorization: AWS4-HMAC-SHA256 Credential=AKIACANARY0123456789/x Signature=deadbeefdeadbeefdeadbeef';
    const details = toErrorDetails(
      await server.provoke({ service: 'iam', status: 400, name: 'Odd', text }),
      context,
    );
    expect(JSON.stringify(details)).not.toMatch(/CANARY|deadbeef/u);
  });
});
