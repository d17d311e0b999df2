import type { Choice } from '../../ports/prompt.js';
import type { Terminal } from '../output/terminal.js';
import { interrupted, unanswered } from './endings.js';
import type { LineOptions } from './line-question.js';
import type { ListOptions } from './list-question.js';
import { makeList, narrow } from './list.js';
import { printable } from '../output/fit.js';

interface Asked {
  readonly message: string;
  readonly flag: string;
}

const most = 20;

/** Shows `text`, and reads one line as the terminal's own line editor gives it. Throws INTERRUPTED and DECLINED like any question. */
async function readLine(terminal: Terminal, text: string, { message, flag }: Asked): Promise<string> {
  let close: () => void = () => undefined;
  let typed = '';
  try {
    return await new Promise<string>((resolve, reject) => {
      close = terminal.open('lines', {
        data(more) {
          typed += more;
          const [line = '', ...rest] = typed.split(/\r?\n/u);
          if (line.includes('\u001B')) reject(unanswered(message, flag, 'it was left with Esc'));
          else if (rest.length > 0) resolve(line.trim());
        },
        end: () => reject(unanswered(message, flag, 'the input has ended')),
        resize: () => undefined,
        signal: (name) =>
          reject(interrupted(name === 'SIGINT' ? 'Ctrl-C was pressed' : `it was ended by ${name}`)),
      });
      terminal.write(text);
    });
  } finally {
    close();
  }
}

/** Asks for a line on a terminal that cannot rewrite anything, again until the line can be taken. */
export async function askPlainLine<Answer extends string>(
  terminal: Terminal,
  options: LineOptions<Answer>,
  asked: Asked,
): Promise<Answer> {
  for (;;) {
    const text = `? ${options.message} ${options.hint} `;
    const result = options.parse(await readLine(terminal, text, asked));
    if ('answer' in result) return result.answer;
    terminal.write(`  ${result.problem}\n`);
  }
}

function listLines(choices: readonly Choice[], unicode: boolean): string {
  const lines = choices.slice(0, most).map(({ label, hint = '', group }, index) => {
    const heading = group !== undefined && group !== choices[index - 1]?.group ? `  ${group}\n` : '';
    return `${heading}${String(index + 1).padStart(4)}  ${label}${hint === '' ? '' : `  (${hint})`}`;
  });
  const more = choices.length > most ? `      and ${choices.length - most} more\n` : '';
  return `${lines
    .map((line) =>
      line
        .split('\n')
        .map((part) => printable(part, unicode))
        .join('\n'),
    )
    .join('\n')}\n${more}`;
}

/** Asks for one of several choices, by its number or a part of its name. */
export async function askPlainList(terminal: Terminal, options: ListOptions, asked: Asked): Promise<string> {
  const all = makeList(options.choices, options.initial);
  const initial = options.choices[all.at];
  let shown: readonly Choice[] = options.choices;
  for (;;) {
    terminal.write(`? ${options.message}\n${listLines(shown, terminal.unicode)}`);
    const hint = initial === undefined ? '' : ` [${printable(initial.label, terminal.unicode)}]`;
    const line = await readLine(terminal, `  a number, or a part of the name${hint}: `, asked);
    if (line === '' && initial !== undefined) return initial.value;
    const numbered = /^\d{1,4}$/u.test(line) ? shown[Number(line) - 1] : undefined;
    if (numbered !== undefined) return numbered.value;
    const found = narrow(all, line).found.flatMap((index) => options.choices[index] ?? []);
    if (found.length === 1 && found[0] !== undefined) return found[0].value;
    if (found.length === 0) terminal.write('  nothing matches\n');
    else shown = found;
  }
}
