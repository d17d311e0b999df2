import { describe, expect, it } from 'vitest';
import type { ShellName } from '../../../src/ports/host.js';
import { assignmentsOf } from '../../../src/steps/host/shell/assignments.js';
import { shellNameOf } from '../../../src/steps/host/shell/name.js';
import { exportLine } from '../../../src/steps/host/shell/quote.js';

const valueOf = (text: string, shell: ShellName): string | null | undefined =>
  assignmentsOf(text, shell, ['K'])[0]?.value;

/** A text; `null`: it sets the variable to what only the shell knows; `undefined`: it does not set it. */
type Row = readonly [string, string | null | undefined];

describe('a line of a profile', () => {
  const posix: readonly Row[] = [
    ['export K=v', 'v'],
    ['export K=us-east-1', 'us-east-1'],
    ['export K=a/b:c@d.e+f%g,h', 'a/b:c@d.e+f%g,h'],
    ['export\t K=v', 'v'],
    ["export K='a b'", 'a b'],
    ['export K="a b"', 'a b'],
    ["export K=''", ''],
    ['export J=w K=v', 'v'],
    ['export K=v J=w', 'v'],
    ['export K=v;', 'v'],
    ['export K=v # c', 'v'],
    ['export K=v  ', 'v'],
    ['export K=', null],
    ['export K="$HOME"', null],
    ['export K="a`b`"', null],
    ['export K="a\\b"', null],
    ['export K=$HOME', null],
    ['export K=v && x', null],
    ['export K=v#c', null],
    ['  export K=v', null],
    ['if a; then export K=v; fi', undefined],
    ['declare -x K=v', null],
    ['typeset K=v', null],
    ['K=v', null],
    ['  K=v  ', null],
    ['K=v command', undefined],
    ['unset K', null],
    ['unset J K', null],
    ['unset KK', undefined],
    ['export KK=v', undefined],
    ['export J=K', undefined],
    ['echo K', undefined],
    ['# export K=v', undefined],
    ['set -gx K v', undefined],
  ];
  it.each(posix)('of bash or zsh: %j', (text, value) => {
    expect(valueOf(text, 'bash')).toBe(value);
    expect(valueOf(text, 'zsh')).toBe(value);
  });

  const fish: readonly Row[] = [
    ['set -gx K v', 'v'],
    ['set -xg K v', 'v'],
    ['set -Ux K v', 'v'],
    ['set -xU K v', 'v'],
    ['set -g -x K v', 'v'],
    ['set -x -g K v', 'v'],
    ['set\t-gx  K\tv', 'v'],
    ["set -gx K 'a b'", 'a b'],
    ['set -gx K "a b" # c', 'a b'],
    ['set -gx K v;', 'v'],
    ['set -gx K v w', null],
    ['set -gx K', null],
    ['set -gx K $HOME', null],
    ['set K v', null],
    ['set -e K', null],
    ['  set -gx K v', null],
    ['export K=v', null],
    ['set -gx KK v', undefined],
    ['echo K', undefined],
    ['K=v command', undefined],
  ];
  it.each(fish)('of fish: %j', (text, value) => {
    expect(valueOf(text, 'fish')).toBe(value);
  });

  it('is told with its number and place, for each name', () => {
    expect(assignmentsOf('# a\nexport K=v J=w\nunset J\n', 'bash', ['J', 'K'])).toEqual([
      { name: 'J', value: 'w', line: 2, start: 4 },
      { name: 'K', value: 'v', line: 2, start: 4 },
      { name: 'J', value: null, line: 3, start: 19 },
    ]);
  });
});

describe('the line that exports a variable', () => {
  it.each<[ShellName, string, string]>([
    ['bash', 'us-east-1', 'export K=us-east-1'],
    ['zsh', 'a/b:c@d.e+f_g', 'export K=a/b:c@d.e+f_g'],
    ['bash', 'a b', "export K='a b'"],
    ['bash', '', "export K=''"],
    ['zsh', "it's", "export K='it'\\''s'"],
    ['bash', 'a\\b', "export K='a\\b'"],
    ['fish', 'us-east-1', 'set -gx K us-east-1'],
    ['fish', 'a b', "set -gx K 'a b'"],
    ['fish', "it's \\x", "set -gx K 'it\\'s \\\\x'"],
  ])('in %s for %j', (shell, value, line) => {
    expect(exportLine(shell, 'K', value)).toBe(line);
  });

  it('is refused for a value with a line break, by name', () => {
    expect(() => exportLine('bash', 'K', 'a\nb')).toThrow(
      expect.objectContaining({
        details: expect.objectContaining({
          message: 'the value of K has a control character in it',
          why: 'it is written to files that are read line by line',
          fix: 'give K a value of printable characters, such as default or us-east-1',
        }) as unknown,
      }) as Error,
    );
  });
});

it.each([
  ['/bin/bash', 'bash'],
  ['-zsh', 'zsh'],
  ['/usr/local/bin/fish', 'fish'],
  ['/bin/sh', null],
  ['/bin/my-bash', null],
  ['', null],
])('the login shell %j is %s', (shell, name) => {
  expect(shellNameOf(shell)).toBe(name);
});
