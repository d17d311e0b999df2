import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { benchRows, longRows } from '../../scripts/bench/rows/index.js';
import manifest from '../../package.json' with { type: 'json' };
import { claimsIn, covers, isOfSection, sentencesIn, titlesIn } from './claims.js';
import { readText, root } from './source.js';

const file = 'docs/claims.md';
const claims = claimsIn(readText(file));
const papers = [...new Set(claims.map(({ paper }) => paper))];
const rows = new Set([...benchRows, ...longRows].map(({ name }) => name));
const scripts = new Set([...Object.keys(manifest.scripts), 'start', 'test']);
const titles = new Map<string, readonly string[]>();

function titlesOf(path: string): readonly string[] {
  const known = titles.get(path) ?? titlesIn(path, readText(path));
  titles.set(path, known);
  return known;
}

/** What is wrong with a command of this project: a row of the bench, a script of the package, a file to run. */
function commandFault(command: string): string | null {
  const [, row] = /^npm run bench -- --only ([\w-]+)$/u.exec(command) ?? [];
  if (row !== undefined) return rows.has(row) ? null : `the bench has no row ${row}`;
  const [, script] = /^npm (?:run )?([a-z:]+)$/u.exec(command) ?? [];
  if (script !== undefined) return scripts.has(script) ? null : `there is no script ${script}`;
  const [, path] = /^(?:npx tsx|(?:\w+=\w+ )*npx vitest run|bash) (\S+)$/u.exec(command) ?? [];
  if (path === undefined) return `${command} is no command that is known here`;
  return existsSync(join(root, path)) ? null : `there is no ${path}`;
}

/** What is wrong with what a row names; `null` where it is there. */
function fault(shown: string): string | null {
  if (shown === 'explains') return null;
  const [, command] = /^`((?:\w+=\w+ )*(?:np[mx]|bash) [^`]+)`$/u.exec(shown) ?? [];
  if (command !== undefined) return commandFault(command);
  const [, path = '', words = ''] = /^`(test\/\S+\.test\.ts)`: (.+)$/u.exec(shown) ?? [];
  if (path === '') return `${shown} is neither a test nor a command`;
  if (!existsSync(join(root, path))) return `there is no ${path}`;
  return titlesOf(path).some((title) => title.includes(words)) ? null : `${path} has no test "${words}"`;
}

describe('the paper of claims', () => {
  it('is about the papers that users read', () => {
    expect(papers).toEqual(expect.arrayContaining(['README.md', 'SECURITY.md']));
  });

  // Whoever changes a sentence looks at what shows it, and changes the row as well.
  it.each(papers)('has a row for each sentence of %s', (paper) => {
    const own = claims.filter((claim) => claim.paper === paper);
    const bare = sentencesIn(readText(paper)).filter(
      (sentence) => !own.some((claim) => covers(claim, sentence)),
    );
    expect(bare.map(({ section, text }) => `${section}: ${text}`)).toEqual([]);
  });

  it.each(papers)('quotes %s word by word, and each place once', (paper) => {
    const sentences = sentencesIn(readText(paper));
    const lost = claims.filter((claim) => {
      const places = sentences.filter((sentence) => covers(claim, sentence)).length;
      return claim.paper === paper && (isOfSection(claim) ? places === 0 : places !== 1);
    });
    expect(lost.map(({ quote }) => quote)).toEqual([]);
  });

  it('is about single sentences in what users read', () => {
    const whole = claims.filter(isOfSection).filter(({ paper }) => /^[A-Z.a-z]+$/u.test(paper));
    expect(whole).toEqual([]);
  });

  it('names tests, rows of the bench and commands that are there', () => {
    const faults = claims.flatMap(({ quote, shownBy }) =>
      shownBy.flatMap((shown) => {
        const wrong = fault(shown);
        return wrong === null ? [] : [`${quote}: ${wrong}`];
      }),
    );
    expect(faults).toEqual([]);
  });

  it('leaves few sentences to explain', () => {
    const explaining = claims.filter(({ shownBy }) => shownBy.includes('explains'));
    expect(explaining.length).toBeLessThan(claims.length / 10);
  });
});

describe('the reader of claims', () => {
  it('finds sentences, rows and pictures, and passes over code and what is written by a program', () => {
    const paper = `# Title

One sentence, with \`code.\` in it. **Another
one.** [A third](x.md)?

- an item. \`b\` too

| head | of a table |
|---|---|
| a row | of it. Whole |

\`\`\`bash
no sentence. At all
\`\`\`

<!-- figures -->
no sentence either
<!-- /figures -->
`;
    expect(sentencesIn(paper).map(({ text }) => text)).toEqual([
      'One sentence, with `code.` in it.',
      '**Another one.**',
      '[A third](x.md)?',
      '- an item.',
      '`b` too',
      '| a row | of it. Whole |',
    ]);
  });

  it('finds titles, those of tables too, and no other text', () => {
    const text = `describe('a', () => { it.each([['b', 1]])('c %s', () => { use('d'); }); });
it.skipIf(x)(\`e \${f} g\`, { timeout: 1 }, () => {});`;
    expect(titlesIn('x.test.ts', text)).toEqual(['a', 'c %s', 'b', 'e ', ' g']);
  });

  it.each([
    ['`test/house/none.test.ts`: a title', 'there is no test/house/none.test.ts'],
    ['`test/house/drawing.test.ts`: a title that is nowhere', 'has no test'],
    ['`npm run bench -- --only nothing`', 'the bench has no row nothing'],
    ['`npm run nothing`', 'there is no script nothing'],
    ['`npx tsx scripts/nothing.ts`', 'there is no scripts/nothing.ts'],
    ['somebody says so', 'is neither a test nor a command'],
  ])('sees what is not there: %s', (shown, complaint) => {
    expect(fault(shown)).toContain(complaint);
  });
});
