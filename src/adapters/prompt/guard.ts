import { setTimeout as sleep } from 'node:timers/promises';
import type { Terminal, TerminalListener } from '../output/terminal.js';
import { interrupted, unanswered } from './endings.js';
import { Frame } from './frame.js';
import { splitKeys } from './keys.js';
import type { Question } from './question.js';

/** What is typed before a question can have been seen is no answer to it; this long (milliseconds) it is thrown away. */
const deafFor = 40;
/** How long (milliseconds) the rest of a control sequence may take before it was the Esc key alone. */
const escapeWait = 60;

/** Drives one question at a terminal until it has an answer, or until nobody can or wants to give one. */
class Guard<Answer> implements TerminalListener {
  readonly #terminal: Terminal;
  readonly #question: Question<Answer>;
  readonly #flag: string;
  readonly #message: string;
  readonly #frame: Frame;
  readonly #settled: Promise<void>;
  #settle: (error?: Error) => void = () => undefined;
  #work: Promise<void> = Promise.resolve();
  #state: 'deaf' | 'listening' | 'done' = 'deaf';
  #rest = '';
  #timer: NodeJS.Timeout | undefined;

  constructor(terminal: Terminal, question: Question<Answer>, message: string, flag: string) {
    this.#terminal = terminal;
    this.#question = question;
    this.#message = message;
    this.#flag = flag;
    this.#frame = new Frame(terminal);
    this.#settled = new Promise((resolve, reject) => {
      this.#settle = (error) => {
        this.#state = 'done';
        if (error === undefined) resolve();
        else reject(error);
      };
    });
    // It may be settled before anybody waits for it.
    this.#settled.catch(() => undefined);
  }

  async run(): Promise<Answer> {
    const { prompt } = this.#question;
    prompt.once('submit', () => this.#settle());
    const close = this.#terminal.open('keys', this);
    let answered = false;
    try {
      await prompt.initialize();
      await this.#listen();
      await this.#settled;
      answered = true;
      return this.#question.answer();
    } finally {
      clearTimeout(this.#timer);
      this.#frame.finish([this.#question.closing(this.#terminal.size(), answered)]);
      prompt.emit('close');
      close();
    }
  }

  data(text: string): void {
    clearTimeout(this.#timer);
    const { keys, rest } = splitKeys(this.#rest + text);
    this.#rest = rest;
    if (rest !== '') this.#timer = setTimeout(() => this.#escape(), escapeWait);
    for (const key of keys) this.#key(key);
    this.#redraw();
  }

  end(): void {
    this.#settle(unanswered(this.#message, this.#flag, 'the input has ended'));
  }

  resize(): void {
    this.#redraw();
  }

  signal(name: string): void {
    const cause = name === 'SIGHUP' ? 'the terminal was closed' : `the process was asked to stop (${name})`;
    this.#settle(interrupted(cause));
  }

  async #listen(): Promise<void> {
    const seen = new AbortController();
    await Promise.race([sleep(deafFor, undefined, seen).catch(() => undefined), this.#settled]).finally(() =>
      seen.abort(),
    );
    if (this.#state === 'deaf') this.#state = 'listening';
    this.#redraw();
  }

  #escape(): void {
    const alone = this.#rest === '\u001B';
    this.#rest = '';
    if (alone && this.#state === 'listening')
      this.#settle(unanswered(this.#message, this.#flag, 'it was left with Esc'));
  }

  #key(key: string): void {
    if (key === '\u0003' || key === '\u001C') return this.#settle(interrupted('Ctrl-C was pressed'));
    if (key === '\u0004')
      return this.#settle(unanswered(this.#message, this.#flag, 'it was left with Ctrl-D'));
    if (this.#state === 'deaf') return;
    if (key === '\u001B') return this.#settle(unanswered(this.#message, this.#flag, 'it was left with Esc'));
    this.#work = this.#work
      .then(async () => (this.#state === 'done' ? undefined : this.#question.prompt.keypress(key, {})))
      .catch((error: unknown) => this.#settle(error instanceof Error ? error : new Error(String(error))));
  }

  #draw(): void {
    if (this.#state === 'listening') this.#frame.draw(this.#question.picture(this.#terminal.size()));
  }

  #redraw(): void {
    this.#work = this.#work.then(() => this.#draw());
  }
}

/**
 * Asks a question at a terminal. However it ends, the cursor is shown, the terminal is in its own mode and nothing
 * listens to it any more. Throws INTERRUPTED on Ctrl-C and signals, DECLINED on Esc, Ctrl-D and the end of input.
 */
export async function ask<Answer>(
  terminal: Terminal,
  question: Question<Answer>,
  { message, flag }: { readonly message: string; readonly flag: string },
): Promise<Answer> {
  return new Guard(terminal, question, message, flag).run();
}
