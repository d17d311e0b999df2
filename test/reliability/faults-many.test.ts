import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Row } from '../support/fault-matrix.js';
import { strikeAll } from '../support/fault-matrix.js';
import type { RunCode } from '../support/fault-runs.js';
import type { FleetScenario } from '../support/fleet-fault-runs.js';
import { openFleetStage } from '../support/fleet-fault-runs.js';

// FAULTS=all strikes every cell, which takes minutes; else one of four is tried, and the others stay as the page has them.
const oneOf = process.env['FAULTS'] === 'all' ? 1 : 4;

const scenarios: readonly FleetScenario[] = [
  { settings: { asg: 'web', host: 'ssm', ssm: true }, version: '$Default' },
  { settings: { asg: 'web', replaceProfile: true, hopLimit: 3 }, version: '1', held: 'web-server' },
];

/** What each instance has of its own: where it strikes one or two of three, the others are done. */
const own: ReadonlySet<string> = new Set([
  'AssociateIamInstanceProfile',
  'DisassociateIamInstanceProfile',
  'ModifyInstanceMetadataOptions',
  'ReplaceIamInstanceProfileAssociation',
]);

/** Operations with more patience than a fault lasts, or without which a run goes on. */
const patient: ReadonlySet<string> = new Set([
  ...own,
  'DescribeRegions',
  'ListCommandInvocations',
  'SendCommand',
]);

function alsoFine({ operation }: Row): readonly RunCode[] {
  return [
    ...(own.has(operation) ? ['PARTLY_DONE'] : []),
    ...(patient.has(operation) ? [null] : []),
    ...(operation === 'DescribeRegions' ? ['USERS_UNKNOWN'] : []),
    // What may have arrived is not sent a second time.
    ...(operation === 'SendCommand' ? ['NO_ROUTE', 'BAD_ANSWER'] : []),
  ];
}

afterEach(() => vi.unstubAllEnvs());

describe('every operation of many instances, struck by every fault', () => {
  it('ends well or with the right error, and with a receipt that is true', { timeout: 900_000 }, async () => {
    const { wrong, found, known } = await strikeAll({
      openings: scenarios.map((scenario) => async () => openFleetStage(scenario)),
      meant: ({ service }) => service !== 'iam' && service !== 'sts',
      alsoFine,
      byChance: ({ operation }, { fault }) =>
        own.has(operation) && (fault.times === 5 || fault.kind === 'clock-skew'),
      mark: 'faults-many',
      oneOf,
    });
    expect(wrong).toEqual([]);
    expect(known).toBe(found);
  });
});
