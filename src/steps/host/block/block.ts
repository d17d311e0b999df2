import { linesWith } from '../../../core/text/lines.js';
import type { Joint } from '../text.js';
import { jointOf, linesOf, newlineOf, unjoined } from '../text.js';

/** The lines between which everything is ours. */
export const markers = {
  begin: '# >>> openclaw-bedrock-setup >>>',
  end: '# <<< openclaw-bedrock-setup <<<',
} as const;

/** Our block in a file. `start` and `end` span the markers' lines; `lines` are those between them. */
export type FoundBlock =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'found';
      readonly start: number;
      readonly end: number;
      readonly lines: readonly string[];
    }
  | { readonly kind: 'broken'; readonly reason: string };

/** In a file with CRLF the carriage return would become part of a shell's value, unless a comment takes it. */
const shellShield = ' #';

/** Looks for our block. Broken: a marker without its partner, inside another block, or a second block. */
export function findBlock(text: string): FoundBlock {
  const marks = linesWith(text, ['openclaw-bedrock-setup']).filter((line) => isMarker(line.text));
  const [first, second, third] = marks;
  if (first === undefined) return { kind: 'none' };
  if (first.text.trim() !== markers.begin)
    return broken(`line ${first.number} ends a block that never begins`);
  if (second === undefined) return broken(`the block that begins on line ${first.number} never ends`);
  if (second.text.trim() !== markers.end)
    return broken(`line ${second.number} begins a block inside the one from line ${first.number}`);
  if (third !== undefined) return broken(`line ${third.number} has a marker of a second block`);
  const lines = linesOf(text.slice(first.end, second.start)).map((line) => unshielded(line.text));
  return { kind: 'found', start: first.start, end: second.end, lines };
}

/**
 * Text with our block in it: replaced where it stands, else at the end, after a line ending where the last line has none.
 * Must not be called on a broken block. `shield` is what a line is given at its end before a carriage return.
 */
export function putBlock(text: string, lines: readonly string[], shield = shellShield): string {
  const found = findBlock(text);
  const newline = newlineOf(found.kind === 'found' ? text.slice(found.start, found.end) : text);
  const block = render(lines, newline, shield);
  if (found.kind !== 'found') return text + (jointOf(text) === 'none' ? '' : newline) + block;
  const isUnended = !text.slice(found.start, found.end).endsWith('\n');
  const body = isUnended ? block.slice(0, -newline.length) : block;
  return text.slice(0, found.start) + body + text.slice(found.end);
}

/** Text without our block, and without the line ending that the line before was given, if nothing follows. */
export function takeBlock(text: string, joint: Joint): string {
  const found = findBlock(text);
  if (found.kind !== 'found') return text;
  const before = text.slice(0, found.start);
  const after = text.slice(found.end);
  return after === '' ? unjoined(before, joint) : before + after;
}

function isMarker(line: string): boolean {
  const trimmed = line.trim();
  return trimmed === markers.begin || trimmed === markers.end;
}

function broken(reason: string): FoundBlock {
  return { kind: 'broken', reason };
}

function render(lines: readonly string[], newline: '\n' | '\r\n', shield: string): string {
  const body = newline === '\n' ? lines : lines.map((line) => line + shield);
  return [markers.begin, ...body, markers.end].map((line) => line + newline).join('');
}

function unshielded(line: string): string {
  return line.endsWith(shellShield) ? line.slice(0, -shellShield.length) : line;
}
