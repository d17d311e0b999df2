import type { Prompt } from '../../ports/prompt.js';
import type { Terminal } from '../output/terminal.js';
import type { LineOptions } from './line-question.js';
import type { ListOptions } from './list-question.js';
import { printable } from '../output/fit.js';
import { confirmOptions, consentOptions } from './words.js';

interface Asked {
  readonly message: string;
  readonly flag: string;
}

async function askLine<Answer extends string>(
  terminal: Terminal,
  options: LineOptions<Answer>,
  asked: Asked,
): Promise<Answer> {
  if (terminal.dumb) return (await import('./plain.js')).askPlainLine(terminal, options, asked);
  const [{ ask }, { lineQuestion }] = await Promise.all([import('./guard.js'), import('./line-question.js')]);
  return ask(terminal, lineQuestion(terminal, options), asked);
}

async function askList(terminal: Terminal, options: ListOptions, asked: Asked): Promise<string> {
  if (terminal.dumb) return (await import('./plain.js')).askPlainList(terminal, options, asked);
  const [{ ask }, { listQuestion }] = await Promise.all([import('./guard.js'), import('./list-question.js')]);
  return ask(terminal, listQuestion(terminal, options), asked);
}

/**
 * Asks a person at a terminal. Enquirer keeps the state of each question and is loaded with the first one; the guard
 * around it owns keys, drawing, signals and every way out. On a terminal that cannot rewrite anything (`TERM=dumb`) the
 * same questions are asked in plain lines.
 */
export function enquirerPrompt(terminal: Terminal): Prompt {
  const clean = <Question extends Asked>(question: Question): Question => ({
    ...question,
    message: printable(question.message, terminal.unicode),
  });
  return {
    interactive: true,
    select: async (question) => {
      const asked = clean(question);
      return askList(terminal, asked, asked);
    },
    confirm: async (question) => {
      const asked = clean(question);
      return (await askLine(terminal, confirmOptions(asked.message, asked.initial), asked)) === 'yes';
    },
    consent: async (question) => {
      const asked = clean(question);
      return askLine(terminal, consentOptions(asked.message), asked);
    },
  };
}
