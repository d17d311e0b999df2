/** Bytes as a string of one character each, so that text can be edited and every other byte survives. */
export function toBinary(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

/** The bytes again. */
export function fromBinary(binary: string): Uint8Array {
  return new Uint8Array(Buffer.from(binary, 'latin1'));
}

/** Text as `toBinary` would give it had it been read from a UTF-8 file. */
export function utf8ToBinary(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

/** The text that a UTF-8 file's binary form stands for. */
export function binaryToUtf8(binary: string): string {
  return Buffer.from(binary, 'latin1').toString('utf8');
}

/** The line ending of a text: CRLF where it has no other, else LF. */
export function newlineOf(text: string): '\n' | '\r\n' {
  return text.includes('\r\n') && !/(?:^|[^\r])\n/u.test(text) ? '\r\n' : '\n';
}

/** The lines of a text with where they start and end, their line endings left out of `text`. */
export function linesOf(
  text: string,
): readonly { readonly text: string; readonly start: number; readonly end: number }[] {
  const lines = [];
  for (const match of text.matchAll(/[^\n]*(?:\n|$)/gu)) {
    if (match[0] === '') continue;
    const end = match.index + match[0].length;
    lines.push({ text: match[0].replace(/\r?\n$/u, ''), start: match.index, end });
  }
  return lines;
}

/** A line of a text. `end` is behind its line ending, which is left out of `text`; `number` counts from 1. */
export interface Line {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly number: number;
}

/** The lines in which one of some words stands, in order; quick for a text of millions of lines. */
export function linesWith(text: string, words: readonly string[]): readonly Line[] {
  const starts = new Set(words.flatMap((word) => startsOf(text, word)));
  let number = 1;
  let counted = 0;
  return [...starts]
    .toSorted((one, other) => one - other)
    .map((start) => {
      for (let at = text.indexOf('\n', counted); at !== -1 && at < start; at = text.indexOf('\n', at + 1))
        number += 1;
      counted = start;
      const newline = text.indexOf('\n', start);
      const end = newline === -1 ? text.length : newline + 1;
      return { text: text.slice(start, end).replace(/\n$/u, ''), start, end, number };
    });
}

function startsOf(text: string, word: string): readonly number[] {
  const starts: number[] = [];
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + word.length))
    starts.push(text.lastIndexOf('\n', at) + 1);
  return starts;
}

/** The line ending that a text's last line was given before something was added behind it. */
export type Joint = 'none' | 'lf' | 'crlf';

/** What a text needs at its end before a line is added. */
export function jointOf(text: string): Joint {
  if (text === '' || text.endsWith('\n')) return 'none';
  return newlineOf(text) === '\n' ? 'lf' : 'crlf';
}

/** Text without the line ending that it was given. */
export function unjoined(text: string, joint: Joint): string {
  const ending = { none: '', lf: '\n', crlf: '\r\n' }[joint];
  return text.endsWith(ending) ? text.slice(0, text.length - ending.length) : text;
}
