import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { parseEnv } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ShellName } from '../../../src/ports/host.js';
import { findBlock, putBlock, takeBlock } from '../../../src/steps/host/block/block.js';
import { removeLine, setEntry, writtenValue } from '../../../src/steps/host/dotenv/edit.js';
import { lastEntry } from '../../../src/steps/host/dotenv/last-entry.js';
import { exportLine } from '../../../src/steps/host/shell/quote.js';
import {
  binaryToUtf8,
  fromBinary,
  jointOf,
  toBinary,
  unjoined,
  utf8ToBinary,
} from '../../../src/steps/host/text.js';
import { temporaryFolder } from '../../support/host.js';
import { commandRequirement } from '../../support/requirements.js';

const run = promisify(execFile);
const shells: readonly (readonly [ShellName, boolean])[] = [
  ['bash', true],
  ['zsh', await commandRequirement('zsh')],
  ['fish', await commandRequirement('fish')],
];

/** Bytes of a file as people and accidents make them: lines, CRLF, no end, anything. */
const content = fc
  .array(
    fc.oneof(
      fc.constantFrom('\n', '\r\n', '\r', 'export A=1\n', '# x', ' ', '\\\n', 'AWS_REGION=x\n'),
      fc.uint8Array({ maxLength: 12 }).map(toBinary),
    ),
    { maxLength: 20 },
  )
  .map((parts) => parts.join(''));

const value = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.string({
      unit: fc.constantFrom(...Array.from('\'"`$\\!#;&|<>(){}[]*?~= \u00e9\u{1F600}a')),
      maxLength: 30,
    }),
  )
  .filter((text) => !/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(text));

describe('the marked block', () => {
  it('gives every byte back, whatever the file holds', () => {
    fc.assert(
      fc.property(
        content,
        fc.array(fc.constantFrom('a', 'b c', "d='e'"), { minLength: 1, maxLength: 3 }),
        (text, lines) => {
          fc.pre(findBlock(text).kind === 'none');
          const after = putBlock(text, lines);
          expect(findBlock(after)).toMatchObject({ kind: 'found', lines });
          expect(putBlock(after, lines)).toBe(after);
          expect(takeBlock(after, jointOf(text))).toBe(text);
          expect(toBinary(fromBinary(after))).toBe(after);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('is replaced where it stands and nowhere else', () => {
    fc.assert(
      fc.property(content, content, (before, after) => {
        fc.pre(findBlock(before + after).kind === 'none' && (before === '' || before.endsWith('\n')));
        const mixed = `${before}# >>> openclaw-bedrock-setup >>>\nold\n# <<< openclaw-bedrock-setup <<<\n${after}`;
        const result = putBlock(mixed, ['new']);
        expect(result.startsWith(before)).toBe(true);
        expect(result.endsWith(after)).toBe(true);
        expect(findBlock(result)).toMatchObject({ kind: 'found', lines: ['new'] });
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a value in a shell profile', () => {
  it.each(shells)('arrives in %s as it is', { timeout: 60_000 }, async (shell, present) => {
    if (!present) return;
    const values = fc.sample(value, { numRuns: 400, seed: 7 });
    const file = path.join(await temporaryFolder(), 'profile');
    const lines = values.map((one, index) => exportLine(shell, `V${index}`, one));
    await writeFile(file, `${lines.join('\n')}\n`);
    const env = { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: path.dirname(file), LC_ALL: 'C.UTF-8' };
    const { stdout } = await run(shell, ['-c', `. ${file}; env -0`], { env, maxBuffer: 1 << 24 });
    const seen = new Map(
      stdout.split('\0').map((pair) => [pair.split('=', 1)[0], pair.slice(pair.indexOf('=') + 1)]),
    );
    expect(values.map((_one, index) => seen.get(`V${index}`))).toEqual(values);
  });

  it('is refused where it does not fit on a line', () => {
    for (const bad of ['a\nb', 'a\rb', '\0', '\u001B[2J', '\u2028', '\uD800'])
      expect(() => exportLine('bash', 'X', bad)).toThrow(
        expect.objectContaining({ code: 'VALUE_UNSAFE' }) as Error,
      );
  });
});

describe('a value in a .env file', () => {
  const written = value.filter((text) => {
    try {
      writtenValue('K', text);
      return true;
    } catch {
      return false;
    }
  });

  it('is read back as it is, by this tool and by Node.js', () => {
    fc.assert(
      fc.property(written, (text) => {
        const file = setEntry('FOO=1\n', 'K', utf8ToBinary(writtenValue('K', text)));
        expect(lastEntry(file, 'K')?.value).toBe(text);
        expect(parseEnv(binaryToUtf8(file))).toEqual({ FOO: '1', K: text });
      }),
      { numRuns: 2000 },
    );
  });

  it('comes and goes without a trace', () => {
    fc.assert(
      fc.property(content, (text) => {
        fc.pre(lastEntry(text, 'K') === null);
        const after = setEntry(text, 'K', 'v');
        fc.pre(lastEntry(after, 'K')?.value === 'v');
        const removed = removeLine(after, 'K', 'v') ?? '';
        expect(unjoined(removed, jointOf(text))).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });
});
