import type { ErrorDetails } from '../../core/errors.js';
import { shareable } from '../../core/text/shareable.js';
import { fold, paragraph } from './fold.js';
import type { Paint } from './style.js';

/** What the texts need to know of the reader. */
export interface HumanOptions {
  readonly paint: Paint;
  /** Home folder, shown as `~`. */
  readonly home: string | null;
  /** Columns that tables may take up. */
  readonly columns: number;
  /** Account and resource ids are shortened, but for commands that are meant to be pasted. */
  readonly shareable?: boolean;
}

/** A text with the home folder as `~`. */
export function shorten(
  text: string,
  { home, shareable: short }: Pick<HumanOptions, 'home' | 'shareable'>,
): string {
  if (short === true) return shareable(text, home);
  if (home === null || home === '' || home === '/') return text;
  return text.replaceAll(`${home}/`, '~/');
}

/** `title: text` with the title in colour, in as many lines as it takes. */
export function titled(
  title: string,
  text: string,
  style: Parameters<Paint>[0],
  { paint, columns }: HumanOptions,
): readonly string[] {
  const [first = '', ...rest] = fold(`${title}: ${text}`, columns);
  return [first.startsWith(title) ? paint(style, title) + first.slice(title.length) : first, ...rest];
}

/** An error in the form `error CODE: what / why / fix`. */
export function errorText(error: ErrorDetails, options: HumanOptions): string {
  const { home, columns } = options;
  return [
    ...titled(`error ${error.code}`, shorten(error.message, options), 'red', options),
    ...paragraph('  why  ', shorten(error.why, options), columns),
    ...paragraph('  fix  ', shorten(error.fix, { home }), columns),
  ].join('\n');
}
