import { describe, expect, it } from 'vitest';
import { hasCode, saysText } from '../../src/core/failure/aws-error.js';
import { ExitCode, SetupError, errorMessage, errorName, usageError } from '../../src/core/errors.js';

describe('an expected error', () => {
  const details = { code: 'X', message: 'm', why: 'w', fix: 'f', exitCode: ExitCode.blocked } as const;

  it('keeps what it says and where it comes from', () => {
    const cause = new Error('below');
    const error = new SetupError(details, { cause });
    expect(error.details).toStrictEqual(details);
    expect({ ...details, name: 'SetupError', cause }).toMatchObject({ name: error.name, cause: error.cause });
    expect(String(error)).toBe('SetupError: m');
  });

  it('about a value of the user ends with 2', () => {
    expect(usageError('X', 'm', 'w', 'f').details).toStrictEqual({ ...details, exitCode: 2 });
  });
});

describe('anything thrown', () => {
  it.each([
    [{ Code: 'NoSuchEntity', name: 'Error', code: 'E' }, 'NoSuchEntity'],
    [{ Code: '', name: 'Throttling', code: 'E' }, 'Throttling'],
    [{ Code: 7, name: 'Throttling' }, 'Throttling'],
    [Object.assign(new Error('x'), { code: 'ENOENT' }), 'ENOENT'],
    [Object.assign(new TypeError('x'), { code: 'ERR_X' }), 'TypeError'],
    [new Error('x'), 'Error'],
    [{ name: '' }, 'Error'],
    [{}, 'Error'],
    [null, 'Error'],
    [undefined, 'Error'],
    ['text', 'Error'],
  ])('%j has the name %s', (error, name) => {
    expect(errorName(error)).toBe(name);
  });

  it('has a message', () => {
    expect([new Error('x'), 'text', 7, null].map(errorMessage)).toEqual(['x', 'text', '7', 'null']);
  });

  it('carries a code, with or without Exception behind it, not inside it', () => {
    expect(hasCode({ name: 'NoSuchEntityException' }, 'Other', 'NoSuchEntity')).toBe(true);
    expect(hasCode({ Code: 'NoSuchEntity' }, 'NoSuchEntity')).toBe(true);
    expect(hasCode({ Code: 'NoSuchEntity' }, 'Other')).toBe(false);
    expect(hasCode({ name: 'ExceptionHandled' }, 'Handled')).toBe(false);
  });

  it('says a text in any case', () => {
    expect(saysText(new Error('Rate EXCEEDED'), 'rate exceeded')).toBe(true);
    expect(saysText('nothing', 'rate exceeded')).toBe(false);
  });
});
