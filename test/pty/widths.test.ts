import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { nodeBinaries } from '../support/nodes.js';
import { PtyTerminal } from '../support/terminal.js';
import { buildProgram } from './build.js';

const program = await buildProgram('src/bin.ts');
const home = await mkdtemp(path.join(tmpdir(), 'widths-'));
afterAll(async () => {
  await program.remove();
  await rm(home, { recursive: true });
});

async function run(node: string, columns: number, words: readonly string[]): Promise<string> {
  const terminal = new PtyTerminal({
    command: node,
    args: [program.file, ...words],
    env: { HOME: home, LANG: 'C', LC_ALL: 'C', NODE_NO_WARNINGS: '1' },
    columns,
    rows: 24,
  });
  await terminal.ended(60);
  return terminal.raw;
}

/** Everything that was ever written on a line, but for commands, which are pasted whole. */
function lines(raw: string): readonly string[] {
  return stripVTControlCharacters(raw.replaceAll('\r\u001B[2K', '\n'))
    .split(/[\r\n]+/u)
    .filter((line) => !/^(?:next|undo): /u.test(line));
}

describe.each(await nodeBinaries())('on $name', { timeout: 90_000 }, ({ path: node }) => {
  test.each([40, 80, 200])('a rehearsal fits into %d columns, in ASCII', async (columns) => {
    const raw = await run(node, columns, ['--mock', '--yes', '--no-color']);
    expect(lines(raw).filter((line) => line.length > columns)).toEqual([]);
    expect(raw).toContain('proved: us.amazon.nova-micro-v1:0');
    expect(raw).toMatch(/\.\.\. .*of at most/u);
    expect(Math.max(...Array.from(raw, (character) => character.codePointAt(0) ?? 0))).toBeLessThan(127);
  });

  test.each([40, 80])('a failure is told in whole words in %d columns', async (columns) => {
    const raw = await run(node, columns, [
      'verify',
      '--mock',
      '--mock-fault',
      'NO_MODEL_ACCESS',
      '--no-color',
    ]);
    const commands = /^ *(?:npx|aws) /u;
    expect(lines(raw).filter((line) => line.length > columns && !commands.test(line))).toEqual([]);
    expect(lines(raw)).toContainEqual(expect.stringMatching(/^ {2}why {2}\w/u));
    expect(lines(raw)).toContainEqual(expect.stringMatching(/^ {7}\w/u));
  });

  test('a plan is one line a change where there is room for it', async () => {
    const wide = lines(await run(node, 200, ['plan', '--mock']));
    expect(wide.some((line) => /^\+ IAM role +create {2}EC2-Bedrock-Access +trusted by/u.test(line))).toBe(
      true,
    );
    const narrow = lines(await run(node, 40, ['plan', '--mock']));
    expect(narrow).toContain('      EC2-Bedrock-Access');
  });
});
