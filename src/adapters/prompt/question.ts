import type { TerminalSize } from '../output/terminal.js';
import type { EnginePrompt } from './engine.js';
import type { Picture } from './frame.js';

/** A question as the guard drives it: enquirer's prompt, which keeps the state, and how that looks. */
export interface Question<Answer> {
  readonly prompt: EnginePrompt;
  /** What is on the screen while it waits. */
  picture(size: TerminalSize): Picture;
  answer(): Answer;
  /** The line that stays once there is an answer, and the one that stays without one. */
  closing(size: TerminalSize, answered: boolean): string;
}
