import { displayWidth, graphemes } from './width.js';

/** A text in lines of at most so many columns, broken at spaces; a word that is longer becomes what `pieces` makes of it. */
export function inLines(
  text: string,
  columns: number,
  pieces: (word: string) => readonly string[],
): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (displayWidth(longer) <= columns) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    const parts = pieces(word);
    lines.push(...parts.slice(0, -1));
    line = parts.at(-1) ?? '';
  }
  return [...lines, line];
}

/** A word in pieces of at most so many columns. */
function broken(word: string, columns: number): readonly string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const character of graphemes(word)) {
    if (piece !== '' && displayWidth(piece + character) > columns) {
      pieces.push(piece);
      piece = '';
    }
    piece += character;
  }
  return [...pieces, piece];
}

/** A text in lines of at most so many columns, broken at spaces; a longer word is broken, and nothing is lost. */
export function fold(text: string, columns: number): readonly string[] {
  if (displayWidth(text) <= columns) return [text];
  return inLines(text, columns, (word) => broken(word, columns));
}

/** Where a text begins to be a command that somebody will paste, with which it ends: no sentence goes on behind it. */
const commandStart =
  /(?:^|: |, )(?=(?:npx|aws|openclaw|openclaw-bedrock-setup|sudo|systemctl|curl|npm) [a-z-](?!.*(?:[,;.] | \()))/u;

/**
 * A sentence behind a head of its own, in lines of at most so many columns, the later ones indented like the first. A command at its
 * end stays whole on a line of its own: a terminal wraps it, and it can still be copied.
 */
export function paragraph(head: string, text: string, columns: number): readonly string[] {
  const indent = ' '.repeat(displayWidth(head));
  const [first = '', ...others] = text.split('\n');
  if (others.length > 0)
    return [
      ...paragraph(head, first, columns),
      ...others.flatMap((line) => {
        const text = line.trimStart();
        return paragraph(indent + line.slice(0, line.length - text.length), text, columns);
      }),
    ];
  const left = columns - indent.length;
  if (displayWidth(text) <= left || left < 16) return [`${head}${text}`];
  const found = commandStart.exec(text);
  const start = found === null ? text.length : found.index + found[0].length;
  const prose = text.slice(0, start).trimEnd();
  const command = text.slice(start);
  // An address or a statement in JSON is copied too, so that it stays whole as well.
  const whole = inLines(prose, left, (word) => (/:\/\/|^\{/u.test(word) ? [word] : broken(word, left)));
  const lines = [...(prose === '' ? [] : whole), ...(command === '' ? [] : [command])];
  return lines.map((line, index) => `${index === 0 ? head : indent}${line}`);
}
