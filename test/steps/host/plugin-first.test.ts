import { describe, expect, it } from 'vitest';
import { discoveryEdits } from '../../../src/steps/host/config/discovery.js';
import type { JsonObject } from '../../../src/ports/json.js';
import { goalFor, stepsInTurn, temporaryFolder, testHost } from '../../support/host.js';

describe('the plug-in of OpenClaw', () => {
  it.each([
    [
      'before it is named in the config, where OpenClaw would fetch it itself',
      false,
      ['bedrock-plugin', 'openclaw-discovery', 'primary-model'],
    ],
    [
      'once the block is moved because of which OpenClaw refuses every command',
      true,
      ['openclaw-discovery', 'primary-model', 'bedrock-plugin'],
    ],
  ])('is installed %s', async (_when, migrates, turn) => {
    const goal = await goalFor(testHost({ home: await temporaryFolder() }));
    const host = goal.host === null ? null : { ...goal.host, migrates };
    const ids = stepsInTurn({ ...goal, host }).map(({ id }) => id);
    expect(ids.filter((id) => turn.includes(id))).toEqual(turn);
  });
});

describe('a block of an older version', () => {
  const edited = (config: JsonObject) => discoveryEdits('external', config, { enabled: true }).at(-2)?.path;

  it('takes along what would be left empty, and nothing else', () => {
    expect(edited({ models: { bedrockDiscovery: { region: 'x' } } })).toEqual(['models']);
    expect(edited({ models: { bedrockDiscovery: {}, providers: {} } })).toEqual([
      'models',
      'bedrockDiscovery',
    ]);
  });
});
