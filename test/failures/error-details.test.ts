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

  it('explains a full disk and a missing right on a file', () => {
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    const denied = Object.assign(new Error("EACCES: permission denied, open '/x'"), { code: 'EACCES' });
    expect(toErrorDetails(full, context).code).toBe('DISK_FULL');
    expect(toErrorDetails(denied, context)).toMatchObject({
      code: 'FILE_NOT_ALLOWED',
      message: expect.stringContaining("'/x'") as unknown,
    });
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
