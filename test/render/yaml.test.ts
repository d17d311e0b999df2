import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/ports/json.js';
import { toYaml } from '../../src/render/yaml.js';
import { requirement } from '../support/requirements.js';
import { run } from './programs.js';

const load =
  'import json, sys, yaml; json.dump([yaml.safe_load(t) for t in json.load(sys.stdin)], sys.stdout)';
const present = await requirement('a YAML parser of Python', async () => {
  const { exitCode } = await run('sh', ['-c', `command -v python3 && python3 -c 'import yaml'`]);
  return exitCode === 0;
});

/** Texts that YAML reads in ways of its own when they stand without quotes. */
const traps = [
  '',
  '2012-10-17',
  'yes',
  'No',
  'on',
  'null',
  '~',
  '1e3',
  '0x1f',
  '12:30:45',
  'a: b',
  'a:',
  'a #b',
  '- a',
  '*',
  '&a',
  '!a',
  '@a',
  '%a',
  '`a',
  '{{a}}',
  '[a]',
  '"',
  "'",
  '\\',
  '|',
  '>',
  '--- ',
  '...',
  'a\nb',
  'a\nb\n',
  '#!/bin/sh\nx\n\n  y\n',
  ' a\nb\n',
  'a\n\n',
  '\u2028',
  '\u0085',
  '\t',
  '\u0000',
  '\u007f',
  '😀',
  '\ufeff',
];

const text = fc.oneof(fc.constantFrom(...traps), fc.string({ unit: 'binary' }), fc.string());
const value = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    text,
    fc.boolean(),
    fc.integer(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(text, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

describe('YAML', () => {
  it('quotes what would be read as something else', () => {
    expect(toYaml({ Version: '2012-10-17', yes: ['no', 'sts:AssumeRole', '*'] })).toBe(
      'Version: "2012-10-17"\n"yes":\n  - "no"\n  - sts:AssumeRole\n  - "*"\n',
    );
  });

  it('keeps a script readable', () => {
    expect(toYaml({ content: '#!/bin/sh\n\necho a\n' })).toBe('content: |\n  #!/bin/sh\n\n  echo a\n');
  });

  it('refuses half a character', () => {
    expect(() => toYaml('\ud800')).toThrow('half a surrogate pair');
  });
});

describe.skipIf(!present)('YAML before a parser of another kind', () => {
  it('is read back as what was written', async () => {
    const values = [...traps, ...traps.map((key) => ({ [key]: [key] })), ...fc.sample(value, 500)];
    const { exitCode, stdout, stderr } = await run('python3', ['-c', load], {
      input: JSON.stringify(values.map(toYaml)),
    });
    expect({ exitCode, stderr }).toStrictEqual({ exitCode: 0, stderr: '' });
    const read = JSON.parse(stdout) as readonly unknown[];
    expect(read).toStrictEqual(values);
  });
});
