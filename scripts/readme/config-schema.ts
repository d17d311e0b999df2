import { configKeys } from '../../src/cli/arguments/config-file.js';
import type { AnyFlag } from '../../src/cli/arguments/flag.js';
import { flagOf } from '../../src/cli/arguments/flag-table.js';

type Schema = Readonly<Record<string, unknown>>;

function valueSchema(flag: AnyFlag): Schema {
  if (flag.kind === 'switch') return { type: 'boolean' };
  const texts = [{ type: 'string' }, { type: 'number' }];
  return { anyOf: flag.kind === 'list' ? [...texts, { type: 'array', items: { anyOf: texts } }] : texts };
}

/** The JSON schema of the config file, from the flags. */
export function configSchema(): Schema {
  const properties = configKeys.flatMap((key): readonly (readonly [string, Schema])[] => {
    const flag = flagOf(key);
    return flag === null ? [] : [[key, { description: flag.help, ...valueSchema(flag) }]];
  });
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'openclaw-bedrock-setup.json',
    description:
      'Flags of openclaw-bedrock-setup for repeated use; the command line and variables come before it.',
    type: 'object',
    properties: { $schema: { type: 'string' }, ...Object.fromEntries(properties) },
    additionalProperties: false,
  };
}

/** Its text, as it stands in the file. */
export function configSchemaText(): string {
  return `${JSON.stringify(configSchema(), null, 2)}\n`;
}
