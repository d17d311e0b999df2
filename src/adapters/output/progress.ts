import { oneLine, scrub } from '../../core/text/scrub.js';
import type { Clock } from '../../ports/clock.js';
import type { Progress, ProgressLine, Waiting } from '../../ports/progress.js';
import type { Activity } from './activity.js';
import { activityText, waitText } from './activity.js';
import { BottomLine } from './bottom-line.js';
import type { Streams } from './streams.js';
import { setIn } from './terminal-text.js';
import { fit } from './fit.js';
import { paragraph } from './fold.js';

/** How much is said: `quiet` nothing but warnings, `verbose` details too. */
export type Loudness = 'quiet' | 'normal' | 'verbose';

/** Progress that can be ended. */
export interface StreamProgress extends Progress {
  /** Wipes what is going on off the terminal and says no more of it. */
  stop(): void;
}

const titleWidth = 20;

/** Milliseconds between two looks at the clock; after which something is said; and after which it is said again in a log. */
const times = { tick: 250, silent: 900, again: 10_000 } as const;

const symbolStyles = { '+': 'green', '~': 'yellow', '=': 'dim', '-': 'red', '!': 'red' } as const;

function seconds(milliseconds: number): string {
  return milliseconds < 100 ? '' : `  ${(milliseconds / 1000).toFixed(1)} s`;
}

/** Whatever the words are made of: they steer no terminal, and lines after the first are seen to belong to it. */
function several(text: string): string {
  return setIn(scrub(text), 2);
}

interface Running {
  activity: Activity;
  /** When something was said about it last, or else when it began; where lines stay. */
  told: number;
  named: boolean;
}

/**
 * Steps in progress on a stream: plain lines, and on a terminal one more at the bottom that says what is going on now and
 * counts the seconds. In a log, what takes a second is named, and again every ten seconds.
 */
class Lines implements StreamProgress {
  readonly #streams: Streams;
  readonly #clock: Clock;
  readonly #loudness: Loudness;
  readonly #running = new Set<Running>();
  readonly #bottomLine: BottomLine;
  #timer: NodeJS.Timeout | null = null;

  constructor(streams: Streams, clock: Clock, loudness: Loudness) {
    this.#streams = streams;
    this.#clock = clock;
    this.#loudness = loudness;
    this.#bottomLine = new BottomLine(streams);
  }

  begin(asked: string): ProgressLine {
    const title = oneLine(asked);
    const running = this.#start(title);
    const start = this.#clock.now();
    return {
      waiting: (what, atMostSeconds) => this.#wait(running, what, atMostSeconds),
      done: (symbol, text) => {
        this.#end(running);
        const { paintAside, rewritable, columns } = this.#streams;
        const took = seconds(this.#clock.now() - start);
        const room = rewritable && symbol !== '!' ? columns() - titleWidth - 4 - took.length : Infinity;
        const words = `${paintAside(symbolStyles[symbol], symbol)} ${title.padEnd(titleWidth)}  ${fit(oneLine(text), room)}`;
        this.#line(`${words}${paintAside('dim', took)}`, symbol === '!');
      },
    };
  }

  async during<Value>(what: string, work: (waiting: Waiting) => Promise<Value>): Promise<Value> {
    const running = this.#start(oneLine(what));
    try {
      return await work((awaited, atMostSeconds) => this.#wait(running, awaited, atMostSeconds));
    } finally {
      this.#end(running);
      this.#bottom();
    }
  }

  note(text: string): void {
    const clean = several(text);
    const words = clean.trimStart();
    this.#line(this.#folded(clean.slice(0, clean.length - words.length), words), false);
  }

  detail(text: string): void {
    if (this.#loudness === 'verbose') this.#line(this.#streams.paintAside('dim', several(text)), true);
  }

  warn(text: string): void {
    const folded = this.#folded('! ', several(text));
    this.#line(`${this.#streams.paintAside('yellow', '!')}${folded.slice(1)}`, true);
  }

  #folded(head: string, text: string): string {
    return paragraph(head, text, this.#streams.asideColumns()).join('\n');
  }

  stop(): void {
    this.#running.clear();
    this.#rest();
    this.#bottom();
  }

  #start(title: string): Running {
    const now = this.#clock.now();
    const running: Running = { activity: { title, since: now, wait: null }, told: now, named: false };
    this.#running.add(running);
    this.#timer ??= setInterval(() => this.#tick(), times.tick).unref();
    this.#bottom();
    return running;
  }

  #end(running: Running): void {
    this.#running.delete(running);
    if (this.#running.size === 0) this.#rest();
  }

  #rest(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  #wait(running: Running, awaited: string, atMostSeconds: number): void {
    const what = oneLine(awaited);
    const now = this.#clock.now();
    const { title, since, wait } = running.activity;
    running.activity = { title, since, wait: { what, since: wait?.since ?? now, atMostSeconds } };
    if (this.#streams.rewritable) this.#bottom();
    // What is waited for may change with every look; a log is told at first, and then as often as of anything that takes long.
    else if (wait === null || now - running.told >= times.again)
      this.note(`  ${waitText(title, what, atMostSeconds)}`);
    else return;
    running.told = now;
    running.named = true;
  }

  #tick(): void {
    if (this.#streams.rewritable) {
      this.#bottom();
      return;
    }
    const now = this.#clock.now();
    for (const running of this.#running) {
      const { activity, told, named } = running;
      if (now - told < (named ? times.again : times.silent)) continue;
      running.told = now;
      running.named = true;
      this.note(`  ${named ? activityText(activity, now) : `${activity.title} ...`}`);
    }
  }

  #line(text: string, important: boolean): void {
    if (this.#loudness === 'quiet' && !important) return;
    this.#bottomLine.print(text);
    this.#bottom();
  }

  #bottom(): void {
    if (this.#loudness === 'quiet') return;
    const now = this.#clock.now();
    const newestFirst = [...this.#running].toReversed();
    this.#bottomLine.show(newestFirst.map(({ activity }) => activityText(activity, now)).join('; '));
  }
}

/** Progress on standard error. */
export function streamProgress(streams: Streams, clock: Clock, loudness: Loudness): StreamProgress {
  return new Lines(streams, clock, loudness);
}
