/** A line `KEY=value` of a `.env` file. `start` and `end` span the value as it is written, quotes included. */
export interface EnvEntry {
  readonly key: string;
  /** As the program that reads the file sees it. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/**
 * The grammar of npm's `dotenv` 17, by which OpenClaw reads its `.env` (README, "What rules does the parsing engine
 * follow?"): optional `export`, `=` or `:`, three kinds of quotes that may span lines, `#` comments.
 */
const entry =
  /^\s*(?:export\s+)?(?<key>[\w.-]+)(?<sign>\s*=\s*?|:\s+?)(?<value>\s*'(?:\\'|[^'])*'|\s*"(?:\\"|[^"])*"|\s*`(?:\\`|[^`])*`|[^#\r\n]+)?\s*(?:#.*)?$/dgmu;

/** The entries of a `.env` text, in order; where a key is there twice the later one counts. */
function parseEnv(text: string): readonly EnvEntry[] {
  return [...text.matchAll(entry)].map((match): EnvEntry => {
    const spans = match.indices?.groups ?? {};
    const afterSign = spans['sign']?.[1] ?? match.index;
    const [from, to] = spans['value'] ?? [afterSign, afterSign];
    const raw = text.slice(from, to);
    const start = from + (raw.length - raw.trimStart().length);
    const written = raw.trim();
    return { key: match.groups?.['key'] ?? '', value: decode(written), start, end: start + written.length };
  });
}

/** The last entry of a key, which is the one that counts. */
export function lastEntry(text: string, key: string): EnvEntry | null {
  return parseEnv(text).findLast((candidate) => candidate.key === key) ?? null;
}

function decode(written: string): string {
  const quote = /^(['"`])([\s\S]*)\1$/u.exec(written);
  if (quote === null) return written;
  const inner = quote[2] ?? '';
  return quote[1] === '"' ? inner.replaceAll(String.raw`\n`, '\n').replaceAll(String.raw`\r`, '\r') : inner;
}
