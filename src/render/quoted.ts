import { latePattern } from '../core/text/late-pattern.js';

const short: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

const halfPair = latePattern(String.raw`\p{Surrogate}`, 'u');

function escapeOf(character: string): string {
  const known = short[character];
  if (known !== undefined) return known;
  const code = character.codePointAt(0) ?? 0;
  return code > 0xff_ff
    ? `\\U${code.toString(16).padStart(8, '0')}`
    : `\\u${code.toString(16).padStart(4, '0')}`;
}

/**
 * A text between double quotes with the escapes that YAML 1.1 (5.7) and HCL (native syntax, quoted template) share. All
 * but printable ASCII is written as a code point, so that no reader takes anything in it for a line break. Throws on half
 * a surrogate pair, which neither can hold.
 */
export function doubleQuoted(text: string): string {
  if (halfPair().test(text)) throw new Error('a text with half a surrogate pair cannot be written');
  return `"${text.replace(/["\\]|[^\u0020-\u007e]/gu, escapeOf)}"`;
}
