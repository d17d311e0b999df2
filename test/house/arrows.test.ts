import { describe, expect, it } from 'vitest';
import { roomOf, wrongArrow } from './arrows.js';
import { importsOf } from './imports.js';
import { parseSource, sources } from './source.js';

function complaints(path: string, text: string): readonly (string | null)[] {
  return importsOf(parseSource(path, text)).map(wrongArrow);
}

describe('the house', () => {
  const house = sources('src');

  it('has a room for every file', () => {
    expect(house.filter(({ path }) => roomOf(path) === null).map(({ path }) => path)).toEqual([]);
  });

  it('has no arrow that points back', () => {
    const wrong = house.flatMap(importsOf).flatMap((found) => {
      const complaint = wrongArrow(found);
      return complaint === null ? [] : [`${found.place}: ${complaint} (${found.to})`];
    });
    expect(wrong).toEqual([]);
  });
});

describe('the reader of arrows', () => {
  it('sees every form of import', () => {
    const text = `
      import { a } from './a.js';
      import type { B } from '../core/b.js';
      import '@aws-sdk/client-iam';
      export * from './c.js';
      export { d } from './d.js';
      export type E = import('../ports/e.js').E;
      const f = await import('execa');
      const words = "import { g } from './g.js'"; // import { h } from './h.js'
    `;
    const found = importsOf(parseSource('src/steps/x.ts', text)).map(({ to, kind }) => [to, kind]);
    expect(found).toEqual([
      ['src/steps/a.ts', 'static'],
      ['src/core/b.ts', 'type'],
      ['@aws-sdk/client-iam', 'static'],
      ['src/steps/c.ts', 'static'],
      ['src/steps/d.ts', 'static'],
      ['src/ports/e.ts', 'type'],
      ['execa', 'dynamic'],
    ]);
  });

  it('refuses an import that nobody can follow', () => {
    expect(() => importsOf(parseSource('src/cli/x.ts', 'await import(name)'))).toThrow('src/cli/x.ts:1');
  });

  it.each([
    ['src/core/x.ts', "import '../steps/y.js'", 'core may not import steps'],
    ['src/ports/x.ts', "import type { Y } from '../core/y.js'", 'ports may not import core'],
    ['src/steps/x.ts', "await import('../adapters/y.js')", 'steps may not import adapters'],
    ['src/checks/x.ts', "import '../adapters/aws/y.js'", 'checks may not import adapters'],
    ['src/failures/x.ts', "import '../adapters/y.js'", 'failures may not import adapters'],
    ['src/adapters/x.ts', "export * from '../cli/y.js'", 'adapters may not import cli'],
    ['src/cli/x.ts', "import '../main.js'", 'cli may not import main'],
    ['src/mock-aws/x.ts', "import '../core/y.js'", 'mock-aws imports nothing of the house but itself'],
    ['src/core/x.ts', "import 'node:fs/promises'", 'core may not import node:fs/promises'],
    ['src/core/x.ts', "import 'node:child_process'", 'core may not import node:child_process'],
    [
      'src/ports/x.ts',
      "import type { Y } from '@aws-sdk/client-ec2'",
      'ports may not import @aws-sdk/client-ec2',
    ],
    ['src/core/x.ts', "await import('enquirer')", 'core may not import enquirer'],
    ['src/cli/x.ts', "import '../../test/support/y.js'", 'cli may not import test/support/y.ts'],
    ['src/cli/x.ts', "import '../mock-aws/y.js'", 'cli may import mock-aws only when it is called for'],
    ['src/main.ts', "import './cli/run.js'", 'main may import cli only when it is called for'],
    ['src/attic/x.ts', "import 'node:path'", 'src/attic/x.ts is in no room of the house'],
  ])('%s: %s', (path, text, complaint) => {
    expect(complaints(path, text)).toEqual([complaint]);
  });

  it.each([
    ['src/bin.ts', "import './main.js'"],
    ['src/main.ts', "import './cli/arguments/parse.js'; await import('./adapters/output/pipes.js')"],
    [
      'src/cli/commands/x.ts',
      "import '../../core/y.js'; import '../../adapters/y.js'; await import('../../mock-aws/y.js')",
    ],
    [
      'src/checks/x.ts',
      "import '../failures/index.js'; import '../core/y.js'; import type { Z } from '../ports/z.js'",
    ],
    [
      'src/core/x.ts',
      "import 'node:path'; import template from '../../templates/iam/trust.json' with { type: 'json' }",
    ],
    ['src/mock-aws/x.ts', "import './y.js'; import 'node:fs'; import '@smithy/eventstream-codec'"],
  ])('%s may: %s', (path, text) => {
    expect(complaints(path, text).filter((complaint) => complaint !== null)).toEqual([]);
  });
});
