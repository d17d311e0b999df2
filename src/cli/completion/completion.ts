import type { CompletionShell } from '../../core/settings.js';
import { bashCompletion } from './bash.js';
import { fishCompletion } from './fish.js';
import { zshCompletion } from './zsh.js';

const scripts: Readonly<Record<CompletionShell, () => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

/** The text by which a shell completes commands, flags and their words. */
export function completion(shell: CompletionShell): string {
  return scripts[shell]();
}
