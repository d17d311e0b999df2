import type { Terminal } from '../output/terminal.js';
import { lineEngine } from './engine.js';
import type { Picture } from './frame.js';
import { closingLine, headLines } from './head.js';
import { isText } from './keys.js';
import type { Question } from './question.js';
import { fit, fitEnd, wrap } from '../output/fit.js';
import { displayWidth } from '../output/width.js';

/** What is asked for a word. */
export interface LineOptions<Answer extends string> {
  readonly message: string;
  /** Shown behind the message: what may be answered, or what an empty line means. */
  readonly hint: string;
  /** What a line means, or why it cannot be taken. */
  parse(line: string): { readonly answer: Answer } | { readonly problem: string };
}

class LineView<Answer extends string> {
  #taken: { readonly answer: Answer } | null = null;
  #refused: { readonly input: string; readonly problem: string } | null = null;
  readonly #terminal: Terminal;
  readonly #options: LineOptions<Answer>;

  constructor(terminal: Terminal, options: LineOptions<Answer>) {
    this.#terminal = terminal;
    this.#options = options;
  }

  check(input: string): string | true {
    const result = this.#options.parse(input.trim());
    if ('problem' in result) {
      this.#refused = { input, problem: result.problem };
      return result.problem;
    }
    this.#taken = result;
    return true;
  }

  isRefused(input: string): boolean {
    return this.#refused?.input === input;
  }

  answer(): Answer {
    if (this.#taken === null) throw new Error('there is no answer yet');
    return this.#taken.answer;
  }

  picture(input: string, cursor: number, columns: number): Picture {
    const { paint } = this.#terminal;
    const width = columns - 1;
    const text = `${this.#options.message} ${this.#options.hint}`;
    const head = headLines(paint, text, width);
    const used = 2 + displayWidth(wrap(text, Math.max(8, width - 2)).at(-1) ?? '') + 1;
    const room = width - used;
    const inline = room >= Math.min(24, width - 2);
    const before = fitEnd(input.slice(0, cursor), (inline ? room : width - 2) - 1);
    const shown = fit(before + input.slice(cursor), inline ? room : width - 2);
    const lines = inline ? [...head.slice(0, -1), `${head.at(-1) ?? ''} ${shown}`] : [...head, `  ${shown}`];
    const said = this.isRefused(input) ? (this.#refused?.problem ?? '') : '';
    const problem = said === '' ? [] : wrap(said, width - 2).map((line) => paint('yellow', `  ${line}`));
    return {
      lines: [...lines, ...problem],
      caret: { row: lines.length - 1, column: (inline ? used : 2) + displayWidth(before) },
    };
  }

  closing(columns: number): string {
    return closingLine(this.#terminal.paint, this.#options.message, this.#taken?.answer ?? null, columns);
  }
}

/** A question that is answered by a word; one that was refused gives way to what is typed next. */
export function lineQuestion<Answer extends string>(
  terminal: Terminal,
  options: LineOptions<Answer>,
): Question<Answer> {
  const view = new LineView(terminal, options);
  const prompt = lineEngine({
    message: options.message,
    validate: () => view.check(prompt.input),
    dispatch(key) {
      if (!isText(key)) return;
      if (view.isRefused(this.input)) {
        this.input = '';
        this.cursor = 0;
      }
      this.append(key);
    },
    home() {
      this.cursor = 0;
    },
    first() {
      this.cursor = 0;
    },
    end() {
      this.cursor = this.input.length;
    },
    last() {
      this.cursor = this.input.length;
    },
    undo() {
      this.input = '';
      this.cursor = 0;
    },
  });
  return {
    prompt,
    picture: ({ columns }) => view.picture(prompt.input, prompt.cursor, columns),
    answer: () => view.answer(),
    closing: ({ columns }) => view.closing(columns),
  };
}
