import type { Choice } from '../../ports/prompt.js';
import type { Terminal, TerminalSize } from '../output/terminal.js';
import { listEngine } from './engine.js';
import type { EngineActions } from './engine.js';
import type { Picture } from './frame.js';
import { isText } from './keys.js';
import type { List, ListRow } from './list.js';
import { current, makeList, move, narrow, visibleRows } from './list.js';
import { closingLine, headLines } from './head.js';
import type { Question } from './question.js';
import { fit, fitEnd, pad, printable, wrap } from '../output/fit.js';
import { displayWidth, graphemes } from '../output/width.js';

/** What `select` asks. */
export interface ListOptions {
  readonly message: string;
  readonly choices: readonly Choice[];
  readonly initial?: string;
  readonly searchable?: boolean;
}

const most = 20;

/** Lines under the list for the whole hint of the choice that is pointed at, where the rows cut hints off. */
const mostDetail = 3;

/** Rows from which a terminal has room for all of them, and for one of them. */
const roomy = { all: 18, one: 10 } as const;

function detailHeight(hints: readonly string[], left: number, { columns, rows }: TerminalSize): number {
  if (rows < roomy.one) return 0;
  const cut = hints.filter((hint) => left < 8 || displayWidth(hint) > left);
  return Math.min(
    rows < roomy.all ? 1 : mostDetail,
    Math.max(0, ...cut.map((hint) => wrap(hint, columns - 5).length)),
  );
}

function clean(choices: readonly Choice[], unicode: boolean): readonly Choice[] {
  return choices.map(({ value, label, hint, group }) => ({
    value,
    label: printable(label, unicode),
    ...(hint === undefined ? {} : { hint: printable(hint, unicode) }),
    ...(group === undefined ? {} : { group: printable(group, unicode) }),
  }));
}

/** A list of choices, and how it looks on a terminal. */
class ListView {
  list: List;
  readonly #terminal: Terminal;
  readonly #options: ListOptions;
  readonly #labelWidth: number;

  constructor(terminal: Terminal, options: ListOptions) {
    this.#terminal = terminal;
    this.#options = options;
    this.list = makeList(clean(options.choices, terminal.unicode), options.initial);
    this.#labelWidth = Math.max(0, ...this.list.choices.map((choice) => displayWidth(choice.label)));
  }

  picture({ columns, rows }: TerminalSize): Picture {
    const width = columns - 1;
    const head = headLines(this.#terminal.paint, this.#options.message, width);
    const filter = this.#options.searchable === true ? [`  ${fitEnd(this.list.filter, width - 2)}`] : [];
    const detail = this.#detail({ columns, rows });
    const height = Math.max(1, Math.min(most, rows - head.length - filter.length - detail.length - 2));
    const body = visibleRows(this.list, height).map((row) => this.#row(row, width));
    const none = this.#terminal.paint('yellow', fit('  nothing matches; delete some of it', width));
    const lines = [...head, ...filter, ...(body.length > 0 ? body : [none]), ...detail, this.#foot(width)];
    if (filter[0] === undefined) return { lines };
    return { lines, caret: { row: head.length, column: displayWidth(filter[0]) } };
  }

  /** Columns that the labels and the hints behind them take. */
  #measure(width: number): { readonly labelWidth: number; readonly left: number } {
    const labelWidth = Math.min(this.#labelWidth, Math.max(12, Math.floor(width * 0.6)));
    return { labelWidth, left: width - 4 - labelWidth - 2 };
  }

  /** The whole hint of the current choice; as many lines for each choice, so that nothing jumps. */
  #detail(size: TerminalSize): readonly string[] {
    const hints = this.list.choices.flatMap(({ hint }) => (hint === undefined ? [] : [hint]));
    const height = detailHeight(hints, this.#measure(size.columns - 1).left, size);
    if (height === 0) return [];
    const lines = wrap(current(this.list)?.hint ?? '', size.columns - 5);
    const shown = Array.from({ length: height }, (_, index) => lines[index] ?? '');
    const gap = height > 1 ? [''] : [];
    return [...gap, ...shown.map((line) => this.#terminal.paint('dim', `    ${line}`))];
  }

  #row(row: ListRow, width: number): string {
    const { paint } = this.#terminal;
    if (row.kind === 'heading') return paint('bold', fit(`  ${row.text}`, width));
    const { label, hint = '' } = row.choice;
    const { labelWidth, left } = this.#measure(width);
    const text = fit(label, Math.min(labelWidth, width - 4));
    const behind = hint === '' || left < 8 ? '' : `  ${fit(hint, left)}`;
    const padded = behind === '' ? text : pad(text, labelWidth);
    return row.current
      ? `${paint('cyan', `> ${padded}`)}${behind}`
      : `  ${padded}${behind === '' ? '' : paint('dim', behind)}`;
  }

  #foot(width: number): string {
    const { found, choices } = this.list;
    const count =
      found.length === choices.length ? `${choices.length}` : `${found.length} of ${choices.length}`;
    const typing = this.#options.searchable === true ? 'type to narrow, ' : '';
    const helps = [`up/down, ${typing}enter to choose, esc to leave`, `${typing}enter to choose`, 'enter'];
    const help = helps.find((text) => count.length + text.length + 4 <= width) ?? '';
    return this.#terminal.paint('dim', fit(`  ${count}  ${help}`, width));
  }
}

function actionsOf(view: ListView, options: ListOptions, page: () => number): EngineActions {
  const step = (by: () => number) => (): void => {
    view.list = move(view.list, by());
  };
  const filter = (change: (before: string) => string) => (): void => {
    view.list = narrow(view.list, change(view.list.filter));
  };
  return {
    up: step(() => -1),
    down: step(() => 1),
    pageUp: step(() => -page()),
    pageDown: step(page),
    home: step(() => -view.list.choices.length),
    end: step(() => view.list.choices.length),
    delete: filter((before) => graphemes(before).slice(0, -1).join('')),
    undo: filter(() => ''),
    cutLeft: filter((before) => before.replace(/\S*\s*$/u, '')),
    dispatch(key) {
      if (options.searchable === true && isText(key)) view.list = narrow(view.list, view.list.filter + key);
    },
  };
}

/** A question with choices; typing narrows them if it is searchable. */
export function listQuestion(terminal: Terminal, options: ListOptions): Question<string> {
  const view = new ListView(terminal, options);
  const page = (): number => Math.max(2, Math.min(most, terminal.size().rows - 5));
  const prompt = listEngine({
    message: options.message,
    validate: () => (current(view.list) === null ? 'nothing matches' : true),
    ...actionsOf(view, options, page),
  });
  return {
    prompt,
    picture: (size) => view.picture(size),
    answer: () => current(view.list)?.value ?? '',
    closing: ({ columns }, answered) =>
      closingLine(
        terminal.paint,
        options.message,
        answered ? (current(view.list)?.label ?? '') : null,
        columns,
      ),
  };
}
