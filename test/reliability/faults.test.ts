import { afterEach, describe, expect, it, vi } from 'vitest';
import { strikeAll } from '../support/fault-matrix.js';
import type { FaultScenario } from '../support/fault-runs.js';
import { openFaultStage } from '../support/fault-runs.js';
import { everything } from '../support/part.js';

// One cell of four is tried where not everything is; FAULTS=all strikes every one.
const oneOf = everything || process.env['FAULTS'] === 'all' ? 1 : 4;

/**
 * Other regions are searched for users of a profile where that is allowed and possible; who may not look a policy up finds
 * out whether it is there when it is attached.
 */
const dispensable: ReadonlySet<string> = new Set(['DescribeRegions', 'GetPolicy']);

/** After a lost answer it is looked whether it took effect. */
const looked: ReadonlySet<string> = new Set(['CreateAssociation']);

const held = 'i-0abc1234def567893';
const scenarios: readonly FaultScenario[] = [
  { name: 'set-up', instanceId: 'i-0abc1234def567890', settings: { ssm: true, hopLimit: 3 } },
  { name: 'replace', instanceId: held, settings: { replaceProfile: true }, after: 'i-0abc1234def567890' },
  {
    name: 'replace on a stopped instance',
    instanceId: held,
    settings: { replaceProfile: true },
    prepare: ({ state }) => {
      const instance = state.instances[held];
      if (instance !== undefined) instance.state = 'stopped';
    },
  },
  {
    name: 'a named policy, and an enrollment',
    instanceId: 'i-0abc1234def567890',
    settings: {
      policy: { kind: 'managed', arn: 'arn:aws:iam::aws:policy/AmazonBedrockLimitedAccess' },
      enroll: { key: 'openclaw', value: 'yes' },
    },
  },
];

afterEach(() => vi.unstubAllEnvs());

describe('every operation, struck by every fault', () => {
  it('ends well or with the right error, and with a receipt that is true', { timeout: 900_000 }, async () => {
    const { wrong, found, known } = await strikeAll({
      openings: scenarios.map((scenario) => async () => openFaultStage(scenario)),
      meant: () => true,
      alsoFine: ({ operation }) => [
        ...(dispensable.has(operation) || looked.has(operation) ? [null] : []),
        ...(operation === 'DescribeRegions' ? ['USERS_UNKNOWN'] : []),
      ],
      byChance: () => false,
      mark: 'faults',
      oneOf,
    });
    expect(wrong).toEqual([]);
    expect(known).toBe(found);
  });
});
