import { describe, expect, it } from 'vitest';
import { parseWhole } from '../support/parse.js';
import { ExitCode } from '../../src/core/errors.js';
import { unionOf } from './literals.js';
import { readText } from './source.js';

const readme = readText('README.md');
const english = [readme, readText('docs/fleets.md')].join('\n');
const japanese = readText('docs/README.ja.md');

/** The commands in blocks of a paper, comments left out. */
function commandsIn(paper: string): readonly string[] {
  return [...paper.matchAll(/```bash\n([\s\S]*?)```/gu)]
    .flatMap(([, block = '']) => block.split('\n'))
    .map((line) => line.replace(/\s+#.*$/u, '').trim())
    .filter((line) => line !== '');
}

describe('the Japanese README', () => {
  it('has commands that the program takes, each of which the English one has too', () => {
    const commands = commandsIn(japanese);
    const ours = commands.filter((line) => line.startsWith('npx openclaw-bedrock-setup'));
    expect(ours.length).toBeGreaterThan(8);
    const kinds = ours.map((line) => parseWhole(line.split(' ').slice(2)).kind);
    expect(new Set(kinds)).toEqual(new Set(['run']));
    expect(commands.filter((line) => !commandsIn(english).includes(line))).toEqual([]);
  });

  it('has every step and every exit code', () => {
    const rows = unionOf('src/core/change.ts', 'StepId').map((step) => `\`${step}\``);
    expect(rows.filter((row) => !japanese.includes(`\n| ${row} | `))).toEqual([]);
    expect(Object.values(ExitCode).filter((code) => !japanese.includes(`\n| ${code} | `))).toEqual([]);
  });

  it('and the English one lead to each other', () => {
    expect(japanese).toContain('](../README.md)');
    expect(readme).toContain('](docs/README.ja.md)');
  });
});
