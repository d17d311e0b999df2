import { describe, expect, it } from 'vitest';
import schema from '../../templates/schema/report.schema.json' with { type: 'json' };
import { flagNames } from '../../scripts/readme/flags.js';
import { parseWhole } from '../support/parse.js';
import { ExitCode } from '../../src/core/errors.js';
import { projectFiles, readText } from './source.js';

const papers = projectFiles().filter((path) => path.endsWith('.md'));
const code = projectFiles('src', 'scripts', 'test', 'templates').filter((path) => !path.endsWith('.md'));

/** Every match in a paper, with the paper's name in front. */
function found(paper: string, pattern: RegExp): readonly string[] {
  return [...readText(paper).matchAll(pattern)].map((match) => match[1] ?? '');
}

/** Flags of other programs that the papers name: of npm run bench and npm run mutation, and of OpenClaw. */
const flagsOfOthers = new Set(['all', 'document', 'gate', 'mutate', 'only', 'rounds']);

/** The command lines of this program in a paper's blocks, without comments and redirections. */
function commandsIn(paper: string): readonly string[] {
  return found(paper, /^(?:npx )?(openclaw-bedrock-setup(?: .*)?)$/gmu).map((line) =>
    line.replace(/\s+#.*$| > .*$/u, ''),
  );
}

describe.each(papers)('%s', (paper) => {
  it('names flags that there are', () => {
    const named = found(paper, /(?<=[`\s|(（])--(?:\[no-\])?([a-z][a-z-]+)/gu);
    expect(named.filter((name) => !flagNames.includes(name) && !flagsOfOthers.has(name))).toEqual([]);
  });

  it('names codes, variables and constants that the code has', () => {
    const named = [...new Set(found(paper, /`([A-Z]{3,}(?:_[A-Z\d]+)*)(?:=[^`]*)?`/gu))];
    const texts = code.map(readText);
    expect(named.filter((name) => !texts.some((text) => text.includes(name)))).toEqual([]);
  });

  it('names files that there are', () => {
    const named = found(paper, /`((?:[\w.-]+\/)*[\w.-]+\.(?:ts|mjs|cjs|sh|yml))`/gu);
    const all = projectFiles();
    expect(named.filter((name) => !all.some((path) => `/${path}`.endsWith(`/${name}`)))).toEqual([]);
  });

  it('leads to headings that there are', () => {
    const headings = found(paper, /^#+ (.+)$/gmu).map((heading) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} -]/gu, '')
        .replaceAll(' ', '-'),
    );
    expect(found(paper, /\]\(#([^)]+)\)/gu).filter((anchor) => !headings.includes(anchor))).toEqual([]);
  });

  it('names exit codes that there are', () => {
    const named = found(paper, /\b(?:exit(?: code)?|ends? with) (\d+)\b/giu).map(Number);
    const codes: readonly number[] = Object.values(ExitCode);
    expect(named.filter((one) => !codes.includes(one))).toEqual([]);
  });

  it('has commands that the program takes', () => {
    const lines = commandsIn(paper);
    const kinds = lines.map((line) => parseWhole(line.split(' ').slice(1)).kind);
    expect(kinds.filter((kind) => kind !== 'run' && kind !== 'completion')).toEqual([]);
  });
});

describe('the JSON in the reference', () => {
  const reference = readText('docs/reference.md');
  const start = reference.indexOf('\n## JSON');
  const section = reference.slice(start, reference.indexOf('\n## ', start + 1));

  it('has the values that the schema has', () => {
    const { instance, host, change, check } = schema.$defs;
    const listed = [...section.matchAll(/`(\w+)` \(((?:[\w-]+, )+[\w-]+)\)/gu)];
    expect(listed.map(([, name, values]) => `${name}: ${values}`)).toEqual([
      `status: ${instance.properties.status.enum.join(', ')}`,
      `status: ${host.properties.status.enum.join(', ')}`,
      `lane: ${change.properties.lane.enum.join(', ')}`,
      `action: ${change.properties.action.enum.join(', ')}`,
      `status: ${change.properties.status.enum.join(', ')}`,
      `status: ${check.properties.status.enum.join(', ')}`,
    ]);
  });
});

describe('the papers', () => {
  it('have commands of each kind', () => {
    const words = new Set(papers.flatMap(commandsIn).map((line) => line.split(' ')[1] ?? ''));
    expect(words.has('plan') && words.has('undo') && words.has('verify') && words.has('completion')).toBe(
      true,
    );
  });
});
