/** Bytes as a string of one character each, so that text can be edited and every other byte survives. */
export function toBinary(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

/** The bytes again, held once: a profile may have tens of megabytes. */
export function fromBinary(binary: string): Uint8Array {
  const { buffer, byteOffset, byteLength } = Buffer.from(binary, 'latin1');
  return new Uint8Array(buffer, byteOffset, byteLength);
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

/** The line ending that a text's last line was given before something was added behind it. */
export type Joint = (typeof joints)[number];

/** All of them. */
export const joints = ['none', 'lf', 'crlf'] as const;

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
