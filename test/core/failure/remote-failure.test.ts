import { describe, expect, it } from 'vitest';
import { isOutsideFailure, remoteFailure } from '../../../src/core/failure/remote-failure.js';

const make = (message: string, more: object): Error => Object.assign(new Error(message), more);
const answered = (httpStatusCode: unknown): object => ({ $metadata: { httpStatusCode } });

describe('a failure taken apart', () => {
  it.each<[string, unknown, string, string, number]>([
    [
      'an answer',
      make('no', { name: 'ThrottlingException', ...answered(429) }),
      'ThrottlingException',
      'no',
      429,
    ],
    [
      'an answer with a code',
      make('no', { name: 'Error', Code: 'AccessDenied', ...answered(403) }),
      'AccessDenied',
      'no',
      403,
    ],
    [
      'an answer that was late',
      make('late', { name: 'RequestTimeout', ...answered(400) }),
      'RequestTimeout',
      'late',
      400,
    ],
    ['an answer without a status', make('no', { name: 'X', ...answered('200') }), 'X', 'no', 0],
    [
      'an answer over a broken line',
      make('x', { name: 'X', code: 'ECONNRESET', ...answered(500) }),
      'X',
      'x',
      500,
    ],
    ['a time-out of the SDK', make('late', { name: 'TimeoutError' }), 'ETIMEDOUT', 'late', 0],
    ['an abort', make('late', { name: 'AbortError' }), 'ETIMEDOUT', 'late', 0],
    ['a system error', make('getaddrinfo', { code: 'ENOTFOUND' }), 'ENOTFOUND', 'getaddrinfo', 0],
    [
      'a system error of another name',
      make('x', { name: 'TypeError', code: 'ECONNREFUSED' }),
      'ECONNREFUSED',
      'x',
      0,
    ],
    ['a certificate', make('x', { code: 'CERT_HAS_EXPIRED' }), 'CERT_HAS_EXPIRED', 'x', 0],
    [
      'a certificate of a proxy',
      make('x', { code: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY' }),
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      'x',
      0,
    ],
    [
      'a self-signed certificate',
      make('x', { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }),
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'x',
      0,
    ],
    ['a code that is none of the system', make('x', { code: 'Odd' }), 'Odd', 'x', 0],
    ['a name before such a code', make('x', { name: 'Named', code: 'Odd' }), 'Named', 'x', 0],
    [
      'several errors behind one',
      make('', { name: 'AggregateError', errors: [new Error('first'), new Error('second')] }),
      'AggregateError',
      'first',
      0,
    ],
    ['an error behind one', make('', { cause: new Error('behind') }), 'Error', 'behind', 0],
    ['one with its own words', make('own', { cause: new Error('behind') }), 'Error', 'own', 0],
    ['one without words', make('', { code: 'EPIPE' }), 'EPIPE', 'EPIPE', 0],
    ['one with a text behind it', make('', { cause: 'text' }), 'Error', '', 0],
    ['no error', 'a text', 'Error', 'a text', 0],
    ['nothing', null, 'Error', 'null', 0],
    ['an empty object', {}, 'Error', '', 0],
  ])('%s', (_what, thrown, name, message, status) => {
    expect(remoteFailure(thrown)).toEqual({ name, message, status });
  });

  it('has no secret in it', () => {
    expect(remoteFailure(new Error('key AKIACANARY0123456789')).message).toBe('key [hidden]');
    expect(remoteFailure('key AKIACANARY0123456789').message).toBe('key [hidden]');
  });
});

describe('a failure that comes from outside', () => {
  it.each<[string, unknown, boolean]>([
    ['an answer', make('x', answered(400)), true],
    ['a modelled error', make('x', { $fault: 'client' }), true],
    ['no credentials', make('x', { name: 'CredentialsProviderError' }), true],
    ['no token', make('x', { name: 'TokenProviderError' }), true],
    ['no provider', make('x', { name: 'ProviderError' }), true],
    ['a time-out', make('x', { name: 'TimeoutError' }), true],
    ['an abort', make('x', { name: 'AbortError' }), true],
    ['no region', new Error('Region is missing'), true],
    ['a system error', make('x', { code: 'ENOSPC' }), true],
    ['a certificate', make('x', { code: 'CERT_HAS_EXPIRED' }), true],
    ['an error of Node.js’s use', make('x', { code: 'ERR_INVALID_ARG_TYPE' }), false],
    ['a bug', new TypeError('x is not a function'), false],
    ['another code', make('x', { code: 'xENOENT' }), false],
    ['a code behind another', make('x', { code: 'ENOENT or so' }), false],
    ['a text', 'ENOENT', false],
    ['an object', answered(400), false],
  ])('%s: %s', (_what, thrown, is) => {
    expect(isOutsideFailure(thrown)).toBe(is);
  });
});
