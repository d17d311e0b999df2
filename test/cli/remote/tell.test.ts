import { describe, expect, it } from 'vitest';
import { tellHosts, unknownFindings } from '../../../src/cli/remote/tell.js';
import type { Finding } from '../../../src/core/finding.js';
import type { HostOutcome } from '../../../src/core/remote/outcome.js';
import { troubled } from '../../../src/core/remote/outcome.js';
import type { HostReport } from '../../../src/core/remote/report.js';

const known = {
  account: null,
  region: 'us-east-1',
  operatorProfile: null,
  version: '1.0.0',
  place: 'operator',
} as const;
const fail: Finding = {
  id: 'converse',
  status: 'fail',
  code: 'NO_IAM',
  message: 'no role',
  cause: 'c',
  who: 'you',
  fix: 'f',
};
const warn: Finding = { id: 'gateway-env', status: 'warn', code: 'GATEWAY_ENV', message: 'not there' };
const error = { code: 'LOCKED', message: 'another run', why: 'w', fix: 'x', exitCode: 1 } as const;

function outcome(instanceId: string, exitCode: number, report: Partial<HostReport> | null): HostOutcome {
  const whole = report === null ? null : { ok: false, changes: [], checks: [], ...report };
  return { instanceId, commandId: 'c', exitCode, report: whole, trouble: null };
}

const done = (id: string): HostOutcome => outcome(id, 0, { ok: true });

describe('one host', () => {
  it('is told as if it were this one', () => {
    const {
      changes,
      checks,
      error: none,
      left,
    } = tellHosts([outcome('i-1', 0, { ok: true, checks: [warn] })], known);
    expect({ changes, checks, none, left }).toEqual({ changes: [], checks: [warn], none: null, left: [] });
  });

  it('that failed in its checks has them for its error', () => {
    const told = tellHosts([outcome('i-1', 1, { checks: [warn, fail] })], known);
    expect(told).toMatchObject({ checks: [warn, fail], error: null, left: ['i-1'] });
    expect(told.hosts.get('i-1')).toMatchObject({ status: 'failed', command: 'c' });
  });

  it.each([
    [
      'an error',
      outcome('i-1', 1, { error }),
      { code: 'LOCKED', message: 'i-1: another run', why: 'w', fix: 'x' },
    ],
    [
      'nothing at all',
      outcome('i-1', 3, null),
      { code: 'HOST_FAILED', message: 'i-1: the tool ended with 3' },
    ],
    [
      'trouble before it began',
      troubled('i-1', 'AGENT_OFFLINE', 'did not take the command in time'),
      { code: 'AGENT_OFFLINE', message: 'i-1: did not take the command in time' },
    ],
  ])('that came back with %s says so', (_what, one, expected) => {
    const told = tellHosts([one], known);
    expect(told.error).toMatchObject(expected);
    expect(told.hosts.get('i-1')?.status).toBe('failed');
  });
});

describe('several hosts', () => {
  it('that are all done are one row', () => {
    expect(tellHosts([done('i-1'), done('i-2')], known)).toMatchObject({
      checks: [{ id: 'hosts', status: 'ok', message: '2 of 2 hosts are done' }],
      error: null,
      left: [],
    });
  });

  it('that fare alike are told together, by what is wrong', () => {
    const told = tellHosts(
      [
        done('i-1'),
        outcome('i-2', 1, { checks: [fail] }),
        outcome('i-3', 1, { checks: [fail] }),
        outcome('i-4', 1, { checks: [warn] }),
        outcome('i-5', 1, {}),
        troubled('i-6', 'NO_HOST_REPORT', 'cut'),
      ],
      known,
    );
    expect(told.checks.map(({ status, code, message }) => [status, code, message])).toEqual([
      ['ok', undefined, '1 of 6 hosts are done'],
      ['fail', 'NO_IAM', 'i-2, i-3: no role'],
      ['fail', 'GATEWAY_ENV', 'i-4: not there'],
      ['fail', undefined, 'i-5: the tool ended with 1'],
      ['fail', 'NO_HOST_REPORT', 'i-6: cut'],
    ]);
    expect(told.error).toMatchObject({
      code: 'HOSTS_LEFT',
      message: '5 of 6 hosts are not done',
      why: 'what was met: NO_IAM, GATEWAY_ENV, NO_HOST_REPORT',
      exitCode: 1,
    });
    expect(told.left).toEqual(['i-2', 'i-3', 'i-4', 'i-5', 'i-6']);
  });

  it('of which none is done are a warning', () => {
    const told = tellHosts(
      [outcome('i-1', 1, { checks: [fail] }), outcome('i-2', 1, { checks: [fail] })],
      known,
    );
    expect(told.checks[0]).toMatchObject({ status: 'warn', message: '0 of 2 hosts are done' });
  });

  it('that only wait for somebody are no error', () => {
    const pending = { ok: true, checks: [] };
    expect(tellHosts([outcome('i-1', 3, pending), done('i-2')], known).error).toBeNull();
  });

  it('that nobody knows are a warning, and none is none', () => {
    expect(unknownFindings([])).toEqual([]);
    expect(unknownFindings(['i-1'])).toMatchObject([{ status: 'warn', code: 'NOT_REGISTERED' }]);
  });
});
