import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shellWord } from '../../../src/core/text/shell-word.js';

describe('a word for a shell', () => {
  it('stays as it is where nothing in it means something', () => {
    expect(shellWord('arn:aws:iam::111122223333:role/a_b+c=d,e@f%g-h.i')).toBe(
      'arn:aws:iam::111122223333:role/a_b+c=d,e@f%g-h.i',
    );
  });

  it('is quoted where anything in it might, and where it is empty', () => {
    expect(["it's", 'a b', '$HOME', ''].map(shellWord)).toEqual([`'it'\\''s'`, "'a b'", "'$HOME'", "''"]);
  });

  it('arrives as it was', () => {
    const words = fc.array(
      fc.string({ unit: fc.constantFrom(...'\'"\\$`!*?~#&|;<>()[]{} \n\tä=/a-'.split('')) }),
      {
        maxLength: 20,
      },
    );
    fc.assert(
      fc.property(words, (list) => {
        const script = `printf '%s\\0' ${list.map(shellWord).join(' ')}`;
        const printed = execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8' });
        // With no argument at all, printf prints its format once.
        expect(printed.split('\0').slice(0, list.length)).toEqual(list);
      }),
      { numRuns: 30 },
    );
  });
});
