import type { Paint } from '../output/style.js';
import { fit, wrap } from '../output/fit.js';
import { displayWidth } from '../output/width.js';

/** The lines of the question itself, marked and in bold. */
export function headLines(paint: Paint, message: string, width: number): readonly string[] {
  return wrap(message, Math.max(8, width - 2)).map(
    (line, index) => `${index === 0 ? paint('green', '?') : ' '} ${paint('bold', line)}`,
  );
}

/** The line that stays once a question is over, with its answer if there is one. */
export function closingLine(paint: Paint, message: string, answer: string | null, columns: number): string {
  const head = `${paint('green', '?')} ${paint('bold', fit(message, columns - 3))}`;
  if (answer === null) return head;
  return `${head} ${paint('cyan', fit(answer, Math.max(8, columns - 4 - displayWidth(message))))}`;
}
