import { configKeys } from '../../src/cli/arguments/config-file.js';
import type { AnyFlag } from '../../src/cli/arguments/flag.js';
import { flagOf } from '../../src/cli/arguments/flag-table.js';

type Schema = Readonly<Record<string, unknown>>;

function valueSchema(flag: AnyFlag): Schema {
  if (flag.kind === 'switch') return { type: 'boolean' };
  return { $ref: flag.kind === 'list' ? '#/$defs/list' : '#/$defs/text' };
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
    $defs: {
      text: { anyOf: [{ type: 'string' }, { type: 'number' }] },
      list: { anyOf: [{ $ref: '#/$defs/text' }, { type: 'array', items: { $ref: '#/$defs/text' } }] },
    },
  };
}

/** Its text, as it stands in the file: a flag a line. */
export function configSchemaText(): string {
  const text = JSON.stringify(configSchema(), null, 2);
  const collapsed = text.replaceAll(
    /\{\n([^{}]*)\n *\}/gu,
    (_, inner: string) => `{ ${inner.trim().replaceAll(/\n */gu, ' ')} }`,
  );
  return `${collapsed}\n`;
}
