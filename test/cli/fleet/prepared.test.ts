import { describe, expect, it } from 'vitest';
import type { FleetGroup, PreparedFleet, Refused } from '../../../src/cli/fleet/prepared.js';
import { stoppingError } from '../../../src/cli/fleet/prepared.js';
import type { ErrorDetails } from '../../../src/core/errors.js';

const error = (code: string): ErrorDetails => ({
  code,
  message: 'm',
  why: `why ${code}`,
  fix: `fix ${code}`,
  exitCode: 1,
});
const refused = (...codes: readonly string[]): readonly Refused[] =>
  codes.map((code, index) => ({ id: `i-${index}`, instance: null, error: error(code) }));
const group = (scope?: 'run' | 'step'): FleetGroup => {
  const conflict = scope === undefined ? null : { ...error('CONFLICT'), scope };
  const step = { step: 'iam-role', title: 'IAM role', subject: 'r', changes: [], conflict };
  return { shared: [step], members: [] } as unknown as FleetGroup;
};
const stopping = (groups: readonly FleetGroup[], others: readonly Refused[]): ErrorDetails | null =>
  stoppingError({ groups, refused: others } as unknown as PreparedFleet);

describe('a run about many instances', () => {
  it.each([
    ['nothing is refused', [group()], refused()],
    ['some are refused', [group()], refused('A', 'B')],
    ['there is none', [], refused()],
    ['a step of a group cannot be done', [group('step')], refused()],
  ])('goes on where %s', (_what, groups, others) => {
    expect(stopping(groups, others)).toBeNull();
  });

  it('stops at what stops a group, with its error', () => {
    expect(stopping([group(), group('run')], refused('A'))).toMatchObject({ code: 'CONFLICT' });
  });

  it('stops with the error of the only one', () => {
    expect(stopping([], refused('A'))).toEqual(error('A'));
  });

  it.each([
    [['A', 'A'], 'A', 'none of the 2 instances can be set up: A'],
    [['A', 'B', 'A'], 'NO_INSTANCE_LEFT', 'none of the 3 instances can be set up: A, B'],
  ])('stops where all are refused: %j', (codes, code, message) => {
    expect(stopping([], refused(...codes))).toEqual({
      code,
      message,
      why: 'why A',
      fix: 'fix A',
      exitCode: 1,
    });
  });
});
