import { describe, expect, it } from 'vitest';
import { shellUses, startsPrograms } from './child-processes.js';
import { parseSource, sources } from './source.js';

const house = sources('src');

describe('the product', () => {
  it('starts programs in three places only', () => {
    expect(house.filter(startsPrograms).map(({ path }) => path)).toEqual([
      'src/adapters/child.ts',
      'src/adapters/probe/parent.ts',
      'src/mock-host/agent.ts',
    ]);
  });

  it("starts none through a shell, but for the rehearsal's agent, which runs a document's shell script", () => {
    expect(house.flatMap(shellUses).map((use) => use.replace(/:\d+:/u, ':'))).toEqual([
      'src/mock-host/agent.ts: /bin/sh is started',
    ]);
  });
});

describe('the reader of child processes', () => {
  it.each([
    ["import { exec } from 'node:child_process'", 'exec of node:child_process'],
    ["import { execSync as run } from 'node:child_process'", 'execSync of node:child_process'],
    ["import * as all from 'node:child_process'", '* of node:child_process'],
    ["import all from 'node:child_process'", '* of node:child_process'],
    ["export { spawn } from 'node:child_process'", '* of node:child_process'],
    ["import { spawn } from 'child_process'", 'spawn of child_process'],
    ["import { execaCommand } from 'execa'", 'execaCommand of execa'],
    ["const { $ } = await import('execa')", '$ of execa'],
    ["const all = await import('execa')", '* of execa'],
    ['spawn(program, words, { shell: true })', 'the option shell'],
    ["execa(program, words, { 'shell': way })", 'the option shell'],
    ["runChild('bash', ['-c', text], options)", 'bash is started'],
    ["spawn('/bin/sh', ['-c', text])", '/bin/sh is started'],
  ])('sees %s', (text, complaint) => {
    expect(shellUses(parseSource('src/cli/x.ts', text))).toEqual([`src/cli/x.ts:1: ${complaint}`]);
  });

  it.each([
    "import { spawn } from 'node:child_process'",
    "import type { ChildProcess } from 'node:child_process'",
    "const { execa } = await import('execa')",
    'spawn(program, words, { shell: false })',
    "runChild('getent', ['passwd', name], { env })",
    'const state = { shell: true }',
  ])('lets pass: %s', (text) => {
    expect(shellUses(parseSource('src/cli/x.ts', text))).toEqual([]);
  });
});
