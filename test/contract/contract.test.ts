import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MockAws, startMockAws } from '../../src/mock-aws/index.js';
import { type Moto, startMoto } from '../support/moto.js';
import { commandRequirement } from '../support/requirements.js';
import { embeddedAccount, motoAccount } from './account.js';
import { readDifferences } from './differences.js';
import { normalise, type Scenario } from './scenario.js';
import { associationScenarios } from './scenarios/associations.js';
import { commandScenarios } from './scenarios/commands.js';
import { groupScenarios } from './scenarios/groups.js';
import { instanceProfileScenarios } from './scenarios/instance-profiles.js';
import { instanceScenarios } from './scenarios/instances.js';
import { launchTemplateScenarios } from './scenarios/launch-templates.js';
import { otherScenarios } from './scenarios/others.js';
import { policyScenarios } from './scenarios/policies.js';
import { roleScenarios } from './scenarios/roles.js';

const scenarios: readonly Scenario[] = [
  ...roleScenarios,
  ...policyScenarios,
  ...instanceProfileScenarios,
  ...associationScenarios,
  ...instanceScenarios,
  ...commandScenarios,
  ...groupScenarios,
  ...launchTemplateScenarios,
  ...otherScenarios,
];

const hasMoto = await commandRequirement('moto_server');
const differences = await readDifferences();
const differing = new Set(differences.map(({ scenario }) => scenario));

describe('the embedded AWS', () => {
  let mock: MockAws;
  beforeAll(async () => {
    mock = await startMockAws({ account: '123456789012' });
  });
  afterAll(() => mock.stop());

  it.each(scenarios)('does as AWS does: $id', async ({ id, run, expected }) => {
    const name = `contract-${id}`;
    expect(normalise(await run(embeddedAccount(mock, name)), name)).toStrictEqual(expected);
  });
});

describe.skipIf(!hasMoto)('moto', () => {
  let moto: Moto;
  beforeAll(async () => {
    moto = await startMoto();
  });
  afterAll(() => moto.stop());

  it.each(scenarios.filter(({ id }) => !differing.has(id)))('agrees: $id', async ({ id, run, expected }) => {
    const name = `contract-${id}`;
    expect(normalise(await run(motoAccount(moto, name)), name)).toStrictEqual(expected);
  });

  it.each(scenarios.filter(({ id }) => differing.has(id)))(
    'differs as listed: $id',
    async ({ id, run, expected }) => {
      const name = `contract-${id}`;
      const observed = await run(motoAccount(moto, name)).catch((error: unknown) => ({
        failed: String(error),
      }));
      expect(normalise(observed, name)).not.toStrictEqual(expected);
    },
  );
});

describe('the table of differences', () => {
  it.each(differences)('names a scenario, both behaviours and a source: $scenario', (difference) => {
    expect(scenarios.map(({ id }) => id)).toContain(difference.scenario);
    expect([difference.embedded, difference.moto, difference.source]).not.toContain('');
  });

  it('names no scenario twice', () => {
    expect(differing.size).toBe(differences.length);
  });
});
