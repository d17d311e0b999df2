import { lineNumbers } from '../text/lines.js';
import type { Assignment } from './assignment.js';

/** A variable of a `.env` text. `start` and `end` span its value as it is written, quotes included. */
export interface DotenvEntry extends Assignment {
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

/**
 * The grammar of npm's `dotenv` 17, by which OpenClaw reads its `.env` (README, "What rules does the parsing engine
 * follow?"): optional `export`, `=` or `:`, three kinds of quotes that may span lines, `#` comments.
 */
const entry =
  /^[^\S\r\n]*(?:export\s+)?(?<name>[\w.-]+)(?<sign>\s*=\s*?|:\s+?)(?<value>\s*'(?:\\'|[^'])*'|\s*"(?:\\"|[^"])*"|\s*`(?:\\`|[^`])*`|[^#\r\n]+)?\s*(?:#.*)?$/dgmu;

/** The variables of a `.env` text as OpenClaw takes them, in order; of a name that is there twice the last counts. */
export function parseDotenv(text: string): readonly DotenvEntry[] {
  const numberOf = lineNumbers(text);
  return [...text.matchAll(entry)].map((match): DotenvEntry => {
    const spans = match.indices?.groups ?? {};
    const [nameStart] = spans['name'] ?? [match.index];
    const line = numberOf(nameStart);
    const afterSign = spans['sign']?.[1] ?? match.index;
    const [from, to] = spans['value'] ?? [afterSign, afterSign];
    const raw = text.slice(from, to);
    const start = from + (raw.length - raw.trimStart().length);
    const written = raw.trim();
    const name = match.groups?.['name'] ?? '';
    return { name, value: valueOf(written), line, start, end: start + written.length };
  });
}

/** Escapes count where the value begins with a double quote, whether that ends or not; quotes go where they are closed. */
function valueOf(written: string): string {
  const text = written.replaceAll(/\r\n?/gu, '\n');
  const bare = text.replaceAll(/^(['"`])([\s\S]*)\1$/gmu, '$2');
  if (!text.startsWith('"')) return bare;
  return bare.replaceAll(String.raw`\n`, '\n').replaceAll(String.raw`\r`, '\r');
}
