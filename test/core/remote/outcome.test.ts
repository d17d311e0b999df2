import { describe, expect, it } from 'vitest';
import { isDone, outcomeOf } from '../../../src/core/remote/outcome.js';
import { isShare, shareOf } from '../../../src/core/remote/share.js';
import type { InvocationStatus } from '../../../src/ports/systems-manager.js';

const report = { ok: true, changes: [], checks: [] };

const trouble = (status: InvocationStatus, word: string, detail: string): unknown =>
  outcomeOf('c-1', { instanceId: 'i-1', status, output: '' }, { kind: 'trouble', word, detail }).trouble;

describe('why the tool did not run on a host', () => {
  it.each([
    ['NO_NODE', 'ubuntu', 'HOST_WITHOUT_NODE', 'there is no Node.js for ubuntu'],
    ['NO_NODE', ' ', 'HOST_WITHOUT_NODE', 'there is no Node.js for nothing'],
    ['OLD_NODE', 'v18.2.0', 'HOST_WITHOUT_NODE', 'its Node.js is v18.2.0'],
    ['SEVERAL_OWNERS', 'a\nb', 'OWNER_UNCLEAR', 'several users have a ~/.openclaw: a b'],
    ['NO_OWNER', '', 'OWNER_UNCLEAR', 'nobody has a ~/.openclaw, and there is no first user'],
    ['NO_SUCH_OWNER', 'bob', 'OWNER_UNCLEAR', 'there is no user bob with a home'],
    ['NO_REPORT', 'npm error code E404', 'TOOL_NOT_FETCHED', 'npx did not get the tool: npm error code E404'],
    ['NO_REPORT', 'E4040', 'NO_HOST_REPORT', 'the tool gave no report: E4040'],
    ['NO_REPORT', '', 'NO_HOST_REPORT', 'the tool gave no report: nothing'],
    ['NO_REPORT', 'x'.repeat(500), 'NO_HOST_REPORT', `the tool gave no report: ${'x'.repeat(400)}`],
  ])('%s %j', (word, detail, code, message) => {
    expect(trouble('failed', word, detail)).toEqual({ code, message });
  });

  it.each([
    ['undelivered', 'AGENT_OFFLINE', 'did not take the command in time'],
    ['timed-out', 'HOST_TIMED_OUT', 'did not come to an end in time'],
    ['cancelled', 'COMMAND_CANCELLED', 'cancelled'],
    ['stopped', 'COMMAND_STOPPED', 'not begun, since too many other hosts had failed'],
  ] as const)('%s', (status, code, message) => {
    expect(trouble(status, 'NO_NODE', '')).toEqual({ code, message });
  });

  it('shows what a command said that is none of ours', () => {
    const invocation = { instanceId: 'i-1', status: 'success', output: ' Done.\n\nBye ' } as const;
    expect(outcomeOf('c-1', invocation, { kind: 'nothing' }).trouble).toEqual({
      code: 'NO_HOST_REPORT',
      message: 'the command is said to be a success, and its output is: Done. Bye',
    });
  });
});

describe('whether a host is as it was asked for', () => {
  it.each([
    ['success', 0, true, true],
    ['success', 0, false, false],
    ['success', 2, true, false],
    ['failed', 0, true, false],
  ] as const)('%s, exit code %i, ok: %s', (status, exitCode, ok, is) => {
    const output = { kind: 'report', exitCode, report: { ...report, ok } } as const;
    const outcome = outcomeOf('c-1', { instanceId: 'i-1', status, output: '' }, output);
    expect(isDone(outcome)).toBe(is);
    expect(outcome).toMatchObject({ instanceId: 'i-1', commandId: 'c-1', trouble: null });
  });
});

describe('a share', () => {
  it.each(['0', '1', '50', '9999999', '0%', '9%', '10%', '100%'])('is %s', (text) => {
    expect(isShare(text)).toBe(true);
  });

  it.each(['', '00', '01', '10000000', '101%', '-1', '1.5', '1e3', '%', '05%', 'a1', '1a', '10%%'])(
    'is not %s',
    (text) => {
      expect(isShare(text)).toBe(false);
    },
  );

  it.each([
    ['50', 200, 50],
    ['10%', 200, 20],
    ['10%', 19, 1],
    ['0%', 200, 0],
    ['100%', 7, 7],
  ])('of %s of %i is %i', (share, total, of) => {
    expect(shareOf(share, total)).toBe(of);
  });
});
