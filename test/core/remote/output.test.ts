import { brotliCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../../../src/core/remote/outcome.js';
import { readHostOutput } from '../../../src/core/remote/output.js';
import type { InvocationStatus } from '../../../src/ports/systems-manager.js';

const report = {
  schemaVersion: 1,
  ok: true,
  changes: [
    {
      step: 'shell-profile',
      lane: 'host',
      title: 't',
      action: 'update',
      target: 'f',
      detail: 'd',
      status: 'applied',
    },
    {
      step: 'iam-role',
      lane: 'cloud',
      title: 't',
      action: 'create',
      target: 'f',
      detail: 'd',
      status: 'applied',
    },
    { step: 'shell-profile', status: 'wonderful' },
    'nonsense',
  ],
  checks: [
    { id: 'converse', status: 'ok', message: 'it answered' },
    { id: 'x', status: 'splendid' },
  ],
};

function line(value: unknown, exitCode = 0): string {
  const packed = brotliCompressSync(typeof value === 'string' ? value : JSON.stringify(value)).toString(
    'base64',
  );
  return `openclaw-bedrock-setup-report: ${exitCode} ${packed} end`;
}

describe('the output of a host', () => {
  it('is read wherever in it our line stands, and only what can be a report of a host', () => {
    const read = readHostOutput(`Welcome!\nlast login …\n${line(report, 3)}\n----------ERROR-------\nnoise`);
    expect(read).toMatchObject({ kind: 'report', exitCode: 3, report: { ok: true } });
    if (read.kind !== 'report') throw new Error('no report');
    expect(read.report.changes.map(({ step }) => step)).toEqual(['shell-profile']);
    expect(read.report.checks).toEqual([{ id: 'converse', status: 'ok', message: 'it answered' }]);
  });

  it.each([
    ['cut off in the middle', line(report).slice(0, 90), 'cut'],
    [
      'cut off, with the words of Systems Manager',
      `${line(report).slice(0, 90)}\n---Output truncated---`,
      'cut',
    ],
    ['somebody else', 'Done. Everything went very well.\n', 'nothing'],
    ['empty', '', 'nothing'],
    ['another version', line({ ...report, schemaVersion: 2 }), 'nothing'],
    ['no JSON', line('{'), 'nothing'],
    ['a list', line([]), 'nothing'],
    ['not packed', 'openclaw-bedrock-setup-report: 0 e30= end', 'nothing'],
    ['larger than any report', line(`[${'0,'.repeat(2_000_000)}0]`), 'nothing'],
    ['why the tool did not run', 'openclaw-bedrock-setup-trouble: NO_NODE ubuntu\n', 'trouble'],
  ])('%s', (_name, output, kind) => {
    expect(readHostOutput(output).kind).toBe(kind);
  });

  it('never breaks on what a host sends', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), fc.boolean(), (text, packed) => {
        expect(['report', 'nothing', 'cut', 'trouble']).toContain(
          readHostOutput(packed ? line(text) : text).kind,
        );
      }),
    );
  });

  it.each<[InvocationStatus, string, string | undefined, number]>([
    ['success', line(report), undefined, 0],
    ['failed', line({ ...report, ok: false }, 1), undefined, 1],
    ['failed', line(report, 0), undefined, 1],
    ['success', 'Done.', 'NO_HOST_REPORT', 1],
    ['failed', 'sh: 1: syntax error', 'NO_HOST_REPORT', 1],
    ['timed-out', line(report), 'HOST_TIMED_OUT', 1],
    ['undelivered', '', 'AGENT_OFFLINE', 1],
    ['cancelled', '', 'COMMAND_CANCELLED', 1],
    ['stopped', '', 'COMMAND_STOPPED', 1],
    ['failed', 'openclaw-bedrock-setup-trouble: OLD_NODE v18.2.0', 'HOST_WITHOUT_NODE', 1],
    ['failed', 'openclaw-bedrock-setup-trouble: SEVERAL_OWNERS a b', 'OWNER_UNCLEAR', 1],
    [
      'failed',
      'openclaw-bedrock-setup-trouble: NO_REPORT 1\nnpm error code ENOTFOUND',
      'TOOL_NOT_FETCHED',
      1,
    ],
    ['failed', 'openclaw-bedrock-setup-trouble: NO_REPORT 1\nSegmentation fault', 'NO_HOST_REPORT', 1],
  ])('with the status %s and %s comes to %s', (status, output, code, exitCode) => {
    const invocation = { instanceId: 'i-0abc1234def567890', status, output };
    const outcome = outcomeOf('c-1', invocation, readHostOutput(output));
    expect(outcome).toMatchObject({ commandId: 'c-1', exitCode });
    expect(outcome.trouble?.code).toBe(code);
  });
});
