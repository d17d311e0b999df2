import { linesWith } from '../text/lines.js';
import type { Assignment } from './assignment.js';

const posix =
  /^\s*(?:export\s+|declare\s+-x\s+|typeset\s+-x\s+)?(AWS_\w+)=(?:"([^"]*)"|'([^']*)'|([^\s;#]*))/u;
const fish = /^\s*set\s+(?:-\w+\s+|--\w+\s+)*(AWS_\w+)\s+(?:"([^"]*)"|'([^']*)'|([^\s;#]*))/u;

/** AWS variables that a shell profile sets, as far as that can be told without running it: plain assignments. */
export function parseShellProfile(text: string): readonly Assignment[] {
  return linesWith(text, ['AWS_']).flatMap(({ text: row, number }): Assignment[] => {
    const match = posix.exec(row) ?? fish.exec(row);
    if (match === null) return [];
    const [, name = '', double, single, bare] = match;
    return [{ name, value: double ?? single ?? bare ?? '', line: number }];
  });
}
