import type { Consent } from '../../ports/prompt.js';
import type { LineOptions } from './line-question.js';

/** A question that is answered by a word or its first letter; `otherwise` is what an empty line means. */
function wordOptions<Word extends string>(
  message: string,
  words: readonly Word[],
  otherwise: Word | null,
): LineOptions<Word> {
  const list = words.map((word) => (word === otherwise ? word.toUpperCase() : word)).join(' / ');
  const expected = `answer ${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;
  return {
    message,
    hint: `(${list})`,
    parse(line) {
      const typed = line.toLowerCase();
      const word = typed === '' ? otherwise : words.find((candidate) => candidate.startsWith(typed));
      return word === null || word === undefined ? { problem: expected } : { answer: word };
    },
  };
}

/** Yes or no; an empty line means `initial`. */
export function confirmOptions(message: string, initial: boolean): LineOptions<'yes' | 'no'> {
  return wordOptions(message, ['yes', 'no'], initial ? 'yes' : 'no');
}

/** Leave to go on: yes, no or explain. Nothing is taken for granted, so that an empty line is no answer. */
export function consentOptions(message: string): LineOptions<Consent> {
  return wordOptions(message, ['yes', 'no', 'explain'], null);
}
