import type { Assignment } from './assignment.js';

const lineShape = /^\s*(?:export\s+)?([A-Za-z_][\w.-]*)\s*=\s*(.*)$/u;

/** The value behind the `=`: quoted, or up to a comment. */
function valueOf(text: string): string {
  const quoted = /^(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|`([^`]*)`)/u.exec(text);
  if (quoted !== null) {
    const [, double, single, backtick] = quoted;
    return (
      double?.replaceAll(String.raw`\n`, '\n').replaceAll(String.raw`\r`, '\r') ?? single ?? backtick ?? ''
    );
  }
  return text.replace(/(?:^|\s)#.*$/u, '').trim();
}

/** The assignments of a `.env` file as the `dotenv` package takes them, which OpenClaw uses; the last of a name counts. */
export function parseDotenv(text: string): readonly Assignment[] {
  return text.split(/\r?\n/u).flatMap((row, index): Assignment[] => {
    const match = lineShape.exec(row);
    if (match === null) return [];
    const [, name = '', value = ''] = match;
    return [{ name, value: valueOf(value), line: index + 1 }];
  });
}
