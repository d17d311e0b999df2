import { describe, expect, it } from 'vitest';
import { parseHostReport } from '../../../src/core/remote/report.js';

const empty = { schemaVersion: 1, ok: true };
const change = {
  step: 'shell-profile',
  lane: 'host',
  title: 'shell profile',
  action: 'update',
  target: '~/.bashrc',
  detail: 'AWS_REGION',
  status: 'applied',
} as const;
const finding = {
  id: 'converse',
  status: 'fail',
  message: 'm',
  code: 'NO_IAM',
  cause: 'c',
  fix: 'f',
  detail: 'd',
  who: 'admin',
} as const;

describe('what a host says that the tool said', () => {
  it('is taken piece by piece', () => {
    const error = { code: 'E', message: 'm', why: 'w', fix: 'f', exitCode: 5 };
    expect(parseHostReport({ ...empty, ok: false, changes: [change], checks: [finding], error })).toEqual({
      ok: false,
      changes: [change],
      checks: [finding],
      error,
    });
  });

  it.each([
    null,
    [],
    'x',
    {},
    { schemaVersion: 2, ok: true },
    { schemaVersion: 1 },
    { schemaVersion: 1, ok: 1 },
  ])('is none of ours: %j', (value) => {
    expect(parseHostReport(value)).toBeNull();
  });

  it.each([
    'shell-profile',
    'gateway-env',
    'aws-config',
    'bedrock-plugin',
    'openclaw-discovery',
    'primary-model',
  ])('may be about %s', (step) => {
    expect(parseHostReport({ ...empty, changes: [{ ...change, step }] })?.changes).toEqual([
      { ...change, step },
    ]);
  });

  it.each([{ step: 'iam-role' }, { action: 'explode' }, { status: 'wonderful' }, { step: null }])(
    'is no change of a host with %j',
    (odd) => {
      expect(parseHostReport({ ...empty, changes: [{ ...change, ...odd }, 'x', null] })?.changes).toEqual([]);
    },
  );

  it.each(['create', 'update', 'replace', 'delete', 'none'])('may %s', (action) => {
    expect(parseHostReport({ ...empty, changes: [{ ...change, action }] })?.changes).toHaveLength(1);
  });

  it.each(['planned', 'applied', 'in-place', 'failed', 'skipped'])('may be %s', (status) => {
    expect(parseHostReport({ ...empty, changes: [{ ...change, status }] })?.changes).toHaveLength(1);
  });

  it('is of the host, whatever it says itself, and of texts', () => {
    const odd = { ...change, lane: 'cloud', title: 7, target: null, detail: undefined };
    expect(parseHostReport({ ...empty, changes: [odd] })?.changes).toEqual([
      { ...change, title: '', target: '', detail: '' },
    ]);
  });

  it.each(['ok', 'warn', 'fail', 'skip'])('may have found %s', (status) => {
    expect(parseHostReport({ ...empty, checks: [{ id: 'x', status, message: 'm' }] })?.checks).toEqual([
      { id: 'x', status, message: 'm' },
    ]);
  });

  it.each(['you', 'admin', 'billing', 'AWS Support', 'wait'])('may name %s', (who) => {
    expect(parseHostReport({ ...empty, checks: [{ ...finding, who }] })?.checks).toEqual([
      { ...finding, who },
    ]);
  });

  it('leaves out what it does not know of a finding', () => {
    const odd = { ...finding, who: 'somebody', code: 5, cause: '', more: 'x' };
    expect(parseHostReport({ ...empty, checks: [odd, { ...finding, status: 'odd' }, 5] })?.checks).toEqual([
      { id: 'converse', status: 'fail', message: 'm', fix: 'f', detail: 'd' },
    ]);
  });

  it.each([
    ['no code', { message: 'm' }],
    ['an empty one', { code: '' }],
    ['no object', 'E'],
  ])('has no error with %s', (_what, error) => {
    expect(parseHostReport({ ...empty, error })).toEqual({ ok: true, changes: [], checks: [] });
  });

  it('fails with an exit code of ours', () => {
    const error = { code: 'E', message: 5, exitCode: 77 };
    expect(parseHostReport({ ...empty, error })?.error).toEqual({
      code: 'E',
      message: '',
      why: '',
      fix: '',
      exitCode: 1,
    });
  });
});
