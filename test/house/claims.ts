import type { SyntaxNode } from './source.js';
import { childOf, parseSource, visitNodes } from './source.js';

/** A row of docs/claims.md. */
export interface Claim {
  /** The paper's path. */
  readonly paper: string;
  /** Words of the paper, as they stand there, by which the sentence is found; or `§` and the heading of a section. */
  readonly quote: string;
  /** What shows it, each by itself; `explains` where there is nothing to show. */
  readonly shownBy: readonly string[];
}

/** A sentence of a paper, a row of a table or the alternative text of a picture. */
export interface Sentence {
  readonly section: string;
  readonly text: string;
}

/** The rows of a paper of claims: below a heading with a path, tables of `quote | what shows it`. */
export function claimsIn(text: string): readonly Claim[] {
  let paper = '';
  return text.split('\n').flatMap((line) => {
    paper = /^## `(\S+)`/u.exec(line)?.[1] ?? paper;
    const [, quote = '', shown = ''] = /^\| (.+?) \| (.+) \|$/u.exec(line) ?? [];
    if (quote === '' || quote === 'words' || quote.startsWith('---')) return [];
    return [
      { paper, quote: quote.replaceAll('\\|', '|'), shownBy: shown.split('<br>').map((part) => part.trim()) },
    ];
  });
}

/** What is written by hand: without code, and without the tables and blocks that a program writes. */
function handWritten(text: string): string {
  return text
    .replaceAll(/<!-- (\w+) -->[\s\S]*?<!-- \/\1 -->/gu, '')
    .replaceAll(/^```[\s\S]*?^```$/gmu, '')
    .replaceAll(/^\| flag \| meaning .*\n(?:\|.*\n)+/gmu, '')
    .replaceAll(/^<!--.*-->$/gmu, '');
}

/** Blocks that belong together: a paragraph, an item of a list, a row of a table. */
function blocksOf(section: string): readonly string[] {
  return section.split(/\n\s*\n|\n(?=- |\|)/u).map((block) => block.replaceAll(/\s*\n\s*/gu, ' ').trim());
}

function isSaid(block: string): boolean {
  return block !== '' && !/^\|[\s|-]+\|$/u.test(block) && /[a-z]{2} [a-z`*]|^\|/u.test(block);
}

/** A full stop, or what stands for one, and what may stand around the next sentence's first letter. */
const end = /(?<=[.?!](?:\*\*|\))?) (?=[*`[(]*[A-Z`\d[])/u;

/** What a paper says, sentence by sentence; the head of a table, which only names its columns, left out. */
export function sentencesIn(text: string): readonly Sentence[] {
  return handWritten(text)
    .replaceAll(/^\|.*\|\n(?=\|[\s|-]+\|$)/gmu, '')
    .split(/^(?=#{1,4} )/gmu)
    .flatMap((part) => {
      const [heading = '', ...rest] = part.split('\n');
      const section = heading.replace(/^#+ /u, '');
      return blocksOf(rest.join('\n'))
        .filter(isSaid)
        .flatMap((block) => (block.startsWith('|') ? [block] : block.split(end)))
        .map((sentence) => ({ section, text: sentence }));
    });
}

/** Whether a row is about a section as a whole. */
export function isOfSection({ quote }: Claim): boolean {
  return quote.startsWith('§ ');
}

/** Whether a row is about a sentence. */
export function covers(claim: Claim, { section, text }: Sentence): boolean {
  return isOfSection(claim) ? claim.quote === `§ ${section}` : text.includes(claim.quote);
}

const runners = new Set(['describe', 'it', 'test']);

function isRunner(callee: SyntaxNode | null): boolean {
  for (
    let node = callee;
    node !== null;
    node = childOf(node, 'object') ?? childOf(node, 'callee') ?? childOf(node, 'tag')
  )
    if (node.type === 'Identifier') return runners.has(String(node['name']));
  return false;
}

function textsBelow(node: SyntaxNode): readonly string[] {
  const texts: string[] = [];
  visitNodes(node, ({ type, value }) => {
    if (type === 'Literal' && typeof value === 'string') texts.push(value);
    if (type === 'TemplateElement') texts.push(String((value as { cooked?: string }).cooked));
  });
  return texts;
}

/** The titles in a file of tests, and the texts of the tables that `each` fills them from. */
export function titlesIn(path: string, text: string): readonly string[] {
  const titles: string[] = [];
  visitNodes(parseSource(path, text).program, (node) => {
    if (node.type !== 'CallExpression' || !isRunner(childOf(node, 'callee'))) return;
    for (const argument of node['arguments'] as readonly SyntaxNode[])
      if (!argument.type.includes('Function')) titles.push(...textsBelow(argument));
  });
  return titles;
}
