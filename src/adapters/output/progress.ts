import type { Clock } from '../../ports/clock.js';
import type { Progress, ProgressLine } from '../../ports/progress.js';
import type { Streams } from './streams.js';

/** How much is said: `quiet` nothing but warnings, `verbose` details too. */
export type Loudness = 'quiet' | 'normal' | 'verbose';

const clearLine = '\r\u001B[2K';
const titleWidth = 20;

const symbolStyles = { '+': 'green', '~': 'yellow', '=': 'dim', '-': 'red', '!': 'red' } as const;

function seconds(milliseconds: number): string {
  return milliseconds < 100 ? '' : `  ${(milliseconds / 1000).toFixed(1)} s`;
}

/** Steps in progress on a stream: plain lines, and on a terminal one more at the bottom that says what is going on now. */
class Lines implements Progress {
  readonly #streams: Streams;
  readonly #clock: Clock;
  readonly #loudness: Loudness;
  readonly #active = new Set<string>();

  constructor(streams: Streams, clock: Clock, loudness: Loudness) {
    this.#streams = streams;
    this.#clock = clock;
    this.#loudness = loudness;
  }

  begin(title: string): ProgressLine {
    const start = this.#clock.now();
    let label = title;
    this.#active.add(label);
    this.#bottom();
    return {
      waiting: (what, atMostSeconds) => {
        this.#active.delete(label);
        label = `${title}: waiting for ${what}, at most ${atMostSeconds} s`;
        this.#active.add(label);
        if (this.#streams.rewritable) this.#bottom();
        else this.note(`  ${label}`);
      },
      done: (symbol, text) => {
        this.#active.delete(label);
        const { paintAside } = this.#streams;
        const mark = paintAside(symbolStyles[symbol], symbol);
        const took = paintAside('dim', seconds(this.#clock.now() - start));
        this.#line(`${mark} ${title.padEnd(titleWidth)}  ${text}${took}`, symbol === '!');
      },
    };
  }

  note(text: string): void {
    this.#line(text, false);
  }

  detail(text: string): void {
    if (this.#loudness === 'verbose') this.#line(this.#streams.paintAside('dim', text), true);
  }

  warn(text: string): void {
    this.#line(`${this.#streams.paintAside('yellow', '!')} ${text}`, true);
  }

  #line(text: string, important: boolean): void {
    if (this.#loudness === 'quiet' && !important) return;
    this.#streams.aside(`${this.#streams.rewritable ? clearLine : ''}${text}\n`);
    this.#bottom();
  }

  #bottom(): void {
    if (!this.#streams.rewritable || this.#loudness === 'quiet') return;
    const text = [...this.#active].join(' · ').slice(0, Math.max(0, this.#streams.columns() - 4));
    this.#streams.aside(
      text === '' ? clearLine : `${clearLine}${this.#streams.paintAside('dim', `… ${text}`)}`,
    );
  }
}

/** Progress on standard error. */
export function streamProgress(streams: Streams, clock: Clock, loudness: Loudness): Progress {
  return new Lines(streams, clock, loudness);
}
