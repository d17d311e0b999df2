import { isatty } from 'node:tty';
import { isNobodyThere } from './nobody-there.js';
import { outliveTerminal } from './outlive.js';
import type { Paint } from './style.js';
import { forTerminal } from './terminal-text.js';
import { painter, wantsColor } from './style.js';
import { unwritable } from './unwritable.js';
import type { Environment } from '../../ports/environment.js';

/** The process's two outputs: results on one, everything else on the other. */
export interface Streams {
  /** Writes results; resolves once the stream has taken them. Throws OUTPUT_UNWRITABLE. */
  result(text: string): Promise<void>;
  /** Writes everything else. */
  aside(text: string): void;
  readonly paintResult: Paint;
  readonly paintAside: Paint;
  /** Whether lines on standard error may be rewritten in place. */
  readonly rewritable: boolean;
  /** Columns of the terminal of standard error, 80 where it is none. */
  readonly columns: () => number;
  /** Columns into which results must fit: those of the terminal, without end where standard output is none. */
  readonly resultColumns: () => number;
  /** Columns into which everything else must fit, likewise. */
  readonly asideColumns: () => number;
  /** Whether a person sits at both ends: standard input and standard error are terminals. */
  readonly interactive: boolean;
}

/** A terminal that does not know its width says 0. */
function columnsOf(stream: { readonly isTTY?: boolean; readonly columns?: number }): number {
  if (stream.isTTY !== true) return Number.POSITIVE_INFINITY;
  return stream.columns === undefined || stream.columns === 0 ? 80 : stream.columns;
}

/** The real standard streams. */
export function processStreams(environment: Environment, color: boolean): Streams {
  const { stdout, stderr } = process;
  outliveTerminal();
  const dumb = environment['TERM'] === 'dumb' || (environment['CI'] ?? '') !== '';
  return {
    result: async (text) => {
      const written = new Promise<void>((resolve, reject) => {
        stdout.write(stdout.isTTY ? forTerminal(text) : text, (error) => {
          if (error && !isNobodyThere(error)) reject(error);
          else resolve();
        });
      });
      await written.catch((error: unknown) => {
        throw unwritable(error);
      });
    },
    aside: (text) => {
      stderr.write(forTerminal(text));
    },
    paintResult: painter(wantsColor(stdout, environment, color)),
    paintAside: painter(wantsColor(stderr, environment, color)),
    rewritable: stderr.isTTY && !dumb,
    columns: () => (stderr.isTTY ? columnsOf(stderr) : 80),
    resultColumns: () => columnsOf(stdout),
    asideColumns: () => columnsOf(stderr),
    interactive: isatty(0) && stderr.isTTY,
  };
}
