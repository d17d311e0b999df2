import { usageError } from '../../core/errors.js';
import { nearest } from '../../core/text/nearest.js';
import type { CommandName, CompletionShell, HelpTopic, RenderKind } from '../../core/settings.js';
import { completionShells, renderKinds } from '../../core/settings.js';
import { toolName } from '../../version.js';

const topics: readonly HelpTopic[] = ['setup', 'plan', 'verify', 'undo', 'render', 'mock-aws', 'completion'];

/** Words that take one more word. */
const withWord: ReadonlySet<HelpTopic> = new Set(['render', 'completion']);

/** The command that the words without dashes name; `null` for none. Throws UNKNOWN_COMMAND and UNEXPECTED_ARGUMENT. */
export function topicOf(words: readonly string[]): HelpTopic | null {
  const [word, what, ...others] = words;
  if (word === undefined) return null;
  const found = topics.find((name) => name === word);
  if (found === undefined) {
    const [hint] = nearest(word, topics);
    const fix = hint === undefined ? `commands: ${topics.join(', ')}` : `did you mean ${hint}?`;
    throw usageError(
      'UNKNOWN_COMMAND',
      `unknown command ${JSON.stringify(word)}`,
      'the first word is the command',
      fix,
    );
  }
  const takesWord = withWord.has(found);
  const extra = takesWord ? others[0] : what;
  if (extra !== undefined) {
    throw usageError(
      'UNEXPECTED_ARGUMENT',
      `unexpected argument ${JSON.stringify(extra)}`,
      takesWord ? `${found} takes one word` : `${found} takes flags only`,
      `see ${toolName} ${found} --help`,
    );
  }
  return found;
}

/** What one of the commands that take a word says of it where it is missing or wrong. */
interface Following<Word extends string> {
  readonly topic: HelpTopic;
  readonly words: readonly Word[];
  readonly missing: readonly [code: string, message: string];
  readonly unknown: readonly [code: string, message: string];
  /** How the list of the words that it takes is introduced. */
  readonly takes: string;
}

function wordAfter<Word extends string>(
  { topic, words, missing, unknown, takes }: Following<Word>,
  word: string | undefined,
): Word {
  const found = words.find((one) => one === word);
  if (found !== undefined) return found;
  const [hint] = word === undefined ? [] : nearest(word, words);
  const [code, message] = word === undefined ? missing : unknown;
  throw usageError(
    code,
    word === undefined ? message : `${message} ${JSON.stringify(word)}`,
    `${takes} ${words.join(', ')}`,
    hint === undefined
      ? `for example: ${toolName} ${topic} ${words[0] ?? ''}`
      : `did you mean ${topic} ${hint}?`,
  );
}

/** The shell behind `completion`. Throws COMPLETION_FOR and UNKNOWN_SHELL. */
export function shellOf(word: string | undefined): CompletionShell {
  return wordAfter(
    {
      topic: 'completion',
      words: completionShells,
      missing: ['COMPLETION_FOR', 'completion needs to know for which shell'],
      unknown: ['UNKNOWN_SHELL', 'no completion for'],
      takes: 'it knows',
    },
    word,
  );
}

/** What `render` is to print; `null` for every other command. Throws RENDER_WHAT and UNKNOWN_RENDER. */
export function renderKindOf(command: CommandName, word: string | undefined): RenderKind | null {
  if (command !== 'render') return null;
  return wordAfter(
    {
      topic: 'render',
      words: renderKinds,
      missing: ['RENDER_WHAT', 'render needs to know what'],
      unknown: ['UNKNOWN_RENDER', 'render does not know'],
      takes: 'it renders',
    },
    word,
  );
}
