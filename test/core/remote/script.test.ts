import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostScript, quoted } from '../../../src/core/remote/script.js';

const templateFile = new URL('../../../templates/ssm/run-on-host.sh', import.meta.url);
const template = readFileSync(templateFile, 'utf8');

/** What a shell hands over, one argument after the other. */
const showArguments = String.raw`for word in "$@"; do printf '%s\0' "$word"; done`;

function argumentsOf(script: string): readonly string[] {
  const shown = execFileSync('/bin/sh', ['-c', script], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] },
  });
  return shown.split('\0').slice(0, -1);
}

/** Any text that an argument can be, those that a shell would do something with more often. */
const word = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.string({
      unit: fc.constantFrom(
        "'",
        '"',
        '$',
        '`',
        '\\',
        '\n',
        ';',
        '&',
        '|',
        '{',
        '}',
        '(',
        ' ',
        '*',
        '~',
        '-',
        '#',
        'a',
      ),
      maxLength: 30,
    }),
    fc.constantFrom(
      '$(touch /tmp/x)',
      '`id`',
      "'; rm -rf /; '",
      '{{ssm:/secret}}',
      '--',
      '',
      '-n',
      "'''",
      '{{{{',
    ),
  )
  .filter((text) => !text.includes('\0'));

describe('the command for a host', () => {
  it('hands every word over as it is, whatever is in it', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), word, word, (words, owner, tool) => {
        const script = hostScript({ template: showArguments, owner, tool, words });
        expect(argumentsOf(script)).toEqual([owner, tool, ...words]);
      }),
      { numRuns: 150 },
    );
  });

  it('holds nothing that Systems Manager would fill in', () => {
    fc.assert(
      fc.property(word, (text) => {
        expect(quoted(text)).not.toContain('{{');
      }),
    );
    expect(template).not.toContain('{{');
  });

  it('is far below what Systems Manager takes', () => {
    const words = Array.from({ length: 30 }, () => '--resource-tag=some-key=some-value');
    expect(
      hostScript({ template, owner: null, tool: 'openclaw-bedrock-setup@1.2.3', words }).length,
    ).toBeLessThan(8192);
  });
});
