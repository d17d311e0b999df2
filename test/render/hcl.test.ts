import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/ports/json.js';
import { hclText, toHcl } from '../../src/render/hcl.js';
import { commandRequirement } from '../support/requirements.js';
import { run, withFolder, writeFiles } from './programs.js';

const present = await commandRequirement('terraform');

const traps = [
  '${path.cwd}',
  '%{ if true }a%{ endif }',
  '$${a}',
  '$',
  '%',
  '$$',
  '"',
  '\\',
  '\n',
  '\u2028',
  '😀',
  '\t',
];
// A zero byte and what Unicode would write in another way are no text to Terraform.
const sound = (text: string): boolean => !text.includes('\0') && text.normalize('NFC') === text;
const text = fc.oneof(
  fc.constantFrom(...traps),
  fc.string().filter(sound),
  fc.string({ unit: 'binary' }).filter(sound),
  fc
    .array(fc.constantFrom('$', '%', '{', '}', '"', '\\', 'a'), { maxLength: 8 })
    .map((parts) => parts.join('')),
);
const value = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    text,
    fc.boolean(),
    fc.integer(),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(text, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

describe('HCL', () => {
  it('interpolates nothing that it is given', () => {
    expect(hclText('${a} %{b} $${c}')).toBe('"$${a} %%{b} $$${c}"');
  });
});

describe.skipIf(!present)('HCL before Terraform', () => {
  it('is read back as what was written, and is formatted as Terraform formats it', async () => {
    const values = [...traps, ...fc.sample(value, 300)];
    const outputs = values.map(
      (one, index) => `output "o${index}" {\n  value = ${toHcl(one, '  ', hclText)}\n}\n`,
    );
    await withFolder(async (folder) => {
      await writeFiles(folder, { 'main.tf': outputs.join('\n') });
      const variables = { HOME: folder, CHECKPOINT_DISABLE: '1' };
      const terraform = async (...words: readonly string[]): Promise<string> => {
        const { exitCode, stdout, stderr } = await run('terraform', words, { folder, variables });
        expect({ words, exitCode, stderr }).toStrictEqual({ words, exitCode: 0, stderr: '' });
        return stdout;
      };
      await terraform('fmt', '-check');
      await terraform('apply', '-auto-approve', '-no-color');
      const read = JSON.parse(await terraform('output', '-json')) as Record<string, { value: unknown }>;
      expect(values.map((_, index) => read[`o${index}`]?.value)).toStrictEqual(values);
    });
  });
});
