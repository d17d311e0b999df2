/** A text in single quotes, in which everything stands for itself but the quote (POSIX shell, 2.2.2). */
export function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** A word as a POSIX shell takes it literally, in quotes where it needs them. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/u.test(word) ? word : singleQuoted(word);
}
