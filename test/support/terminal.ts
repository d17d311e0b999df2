import { spawn } from '@lydell/node-pty';
import type { IPty } from '@lydell/node-pty';
import { Screen } from './screen.js';

/** What `npm run coverage` needs, which Node itself passes on only to programs that it starts. */
function counted(): Readonly<Record<string, string>> {
  const folder = process.env['NODE_V8_COVERAGE'];
  return folder === undefined ? {} : { NODE_V8_COVERAGE: folder };
}

/** A program to be run in a pseudo-terminal. */
export interface TerminalOptions {
  readonly command: string;
  readonly args: readonly string[];
  /** The whole environment; PATH and TERM are added where they are missing. */
  readonly env?: Readonly<Record<string, string>>;
  readonly folder?: string;
  readonly columns?: number;
  readonly rows?: number;
}

/** How a program ended; `signal` is 0 where it ended by itself. */
export interface Ending {
  readonly exitCode: number;
  readonly signal: number;
}

/** Keys as an xterm sends them. */
export const key = {
  enter: '\r',
  escape: '\u001B',
  up: '\u001B[A',
  down: '\u001B[B',
  pageDown: '\u001B[6~',
  home: '\u001B[H',
  end: '\u001B[F',
  backspace: '\u007F',
  left: '\u001B[D',
  interrupt: '\u0003',
  endOfInput: '\u0004',
} as const;

/** For how long nothing must come, and how long that is waited for where something always comes, in milliseconds. */
const still = { for: 60, atMost: 1000 };

/** A program in a real pseudo-terminal, driven like a person would. */
export class PtyTerminal {
  /** Everything that the program wrote, control sequences included. */
  raw = '';
  readonly screen: Screen;
  readonly #pty: IPty;
  readonly #ended: Promise<Ending>;
  /** When nothing more can come, on a machine however busy: some time after the end. */
  #silentFrom = Number.POSITIVE_INFINITY;
  /** When the program last wrote something, in milliseconds. */
  #wrote = 0;
  #changed: () => void = () => undefined;

  constructor({ command, args, env = {}, folder, columns = 80, rows = 24 }: TerminalOptions) {
    this.screen = new Screen(columns, rows);
    this.#pty = spawn(command, [...args], {
      name: env['TERM'] ?? 'xterm-256color',
      cols: columns,
      rows,
      cwd: folder ?? process.cwd(),
      env: {
        PATH: process.env['PATH'] ?? '',
        TERM: 'xterm-256color',
        LANG: 'en_US.UTF-8',
        ...counted(),
        ...env,
      },
    });
    this.#pty.onData((data) => {
      this.raw += data;
      this.#wrote = Date.now();
      this.screen.write(data);
      this.#changed();
    });
    this.#ended = new Promise((resolve) => {
      this.#pty.onExit(({ exitCode, signal = 0 }) => {
        // What the program wrote last may come after the news of its end.
        setTimeout(() => {
          this.#silentFrom = Date.now() + 2000;
          resolve({ exitCode, signal });
          this.#changed();
        }, 250);
      });
    });
  }

  get text(): string {
    return this.screen.text;
  }

  /**
   * Waits until the screen shows `what` and is whole: a screen reaches the terminal in pieces, so it counts only once nothing
   * has come for a while. Throws with the screen's text once it has ended without, or after `seconds`.
   */
  async waitFor(what: string | RegExp, seconds = 15): Promise<void> {
    const deadline = Date.now() + seconds * 1000;
    await this.#until(what, deadline);
    const patience = Date.now() + still.atMost;
    while (Date.now() - this.#wrote < still.for && Date.now() < patience) await this.#next(still.for);
    // What came last may have wiped it away again, as a list does that is drawn anew.
    await this.#until(what, deadline);
  }

  async #until(what: string | RegExp, deadline: number): Promise<void> {
    for (;;) {
      const shown = typeof what === 'string' ? this.text.includes(what) : what.test(this.text);
      if (shown) return;
      if (Date.now() > this.#silentFrom)
        throw new Error(`it ended without showing ${String(what)}:\n${this.text}`);
      if (Date.now() > deadline) throw new Error(`${String(what)} was not shown in time:\n${this.text}`);
      await this.#next(100);
    }
  }

  /** Resolves once the program has written something, and after `milliseconds` at the latest. */
  async #next(milliseconds: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#changed = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  send(keys: string): void {
    this.#pty.write(keys);
  }

  resize(columns: number, rows: number): void {
    this.screen.columns = columns;
    this.screen.rows = rows;
    this.#pty.resize(columns, rows);
  }

  /** Sends a signal to the program. */
  kill(signal: string): void {
    this.#pty.kill(signal);
  }

  /** Closes the terminal itself, as closing its window does. */
  hangUp(): void {
    (this.#pty as IPty & { destroy(): void }).destroy();
  }

  /** Resolves once the program has ended; after `seconds` it is killed and this throws. */
  async ended(seconds = 15): Promise<Ending> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        this.#pty.kill('SIGKILL');
        reject(new Error(`it has not ended in time:\n${this.text}`));
      }, seconds * 1000);
    });
    try {
      return await Promise.race([this.#ended, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}
