import { usageError } from '../../core/errors.js';
import type { Prompt } from '../../ports/prompt.js';

function refuse(question: { readonly message: string; readonly flag: string }): Promise<never> {
  return Promise.reject(
    usageError(
      'INPUT_NEEDED',
      `${question.message} nobody can answer here`,
      'there is no terminal, or --no-input was given',
      `answer with ${question.flag}`,
    ),
  );
}

/** The prompt where nobody can be asked: every question is an INPUT_NEEDED error that names the flag. */
export const refusingPrompt: Prompt = {
  interactive: false,
  select: refuse,
  confirm: refuse,
  consent: refuse,
};
