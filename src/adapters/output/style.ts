import { styleText } from 'node:util';
import type { Environment } from '../../ports/environment.js';

type Style = Parameters<typeof styleText>[0];

/** Paints text, or leaves it as it is where the stream or the user wants no colour. */
export type Paint = (style: Style, text: string) => string;

/** Whether a stream is to be painted: a terminal, no NO_COLOR, no TERM=dumb, colour not turned off. */
export function wantsColor(
  stream: { readonly isTTY?: boolean },
  environment: Environment,
  color: boolean,
): boolean {
  if (!color || (environment['NO_COLOR'] ?? '') !== '' || environment['TERM'] === 'dumb') return false;
  return stream.isTTY === true || (environment['FORCE_COLOR'] ?? '') !== '';
}

/** A painter that paints, or one that does not. */
export function painter(enabled: boolean): Paint {
  return enabled
    ? (style, text) => styleText(style, text, { validateStream: false })
    : (_style, text) => text;
}
