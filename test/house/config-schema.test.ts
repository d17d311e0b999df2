import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import schema from '../../templates/schema/config.schema.json' with { type: 'json' };
import { configSchema, configSchemaText } from '../../scripts/readme/config-schema.js';
import { parseConfig } from '../../src/cli/arguments/config-file.js';
import { readText } from './source.js';

const contract = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);

function isTaken(content: unknown): boolean {
  try {
    parseConfig('x.json', JSON.stringify(content));
    return true;
  } catch {
    return false;
  }
}

describe('the schema of the config file', () => {
  // What fails here is mended by: npx tsx scripts/readme/main.ts
  it('has the flags of the program', () => {
    expect(schema).toEqual(configSchema());
    expect(readText('templates/schema/config.schema.json')).toBe(configSchemaText());
    expect(Object.keys(schema.properties)).toContain('instance-id');
    expect(Object.keys(schema.properties)).not.toContain('yes');
  });

  it.each([
    { region: 'us-east-1', ssm: true, 'hop-limit': 2 },
    { 'instance-id': ['i-0abc1234def567890'], $schema: 'x' },
    {},
    { ssm: 'true' },
    { region: ['us-east-1'] },
    { yes: true },
    { regoin: 'us-east-1' },
    { 'instance-id': [true] },
    [],
  ])('takes what the program takes: %j', (content) => {
    expect(contract.safeParse(content).success).toBe(isTaken(content));
  });

  it('fits the example in the reference', () => {
    const [, example = ''] = /\n```json\n(\{ "region".*)\n```/u.exec(readText('docs/reference.md')) ?? [];
    expect(contract.safeParse(JSON.parse(example)).success).toBe(true);
    expect(isTaken(JSON.parse(example))).toBe(true);
  });
});
