import enquirer from 'enquirer';

/** As much of an enquirer prompt as is used here. */
export interface EnginePrompt {
  /** What has been typed. */
  input: string;
  /** Where the next character goes, counted in UTF-16 units. */
  cursor: number;
  once(event: 'submit' | 'cancel', listener: (value: unknown) => void): unknown;
  append(text: string): void;
  initialize(): Promise<void>;
  keypress(sequence: string, key: object): Promise<void>;
  emit(event: 'close'): boolean;
}

type ActionName =
  | 'dispatch'
  | 'delete'
  | 'undo'
  | 'cutLeft'
  | 'up'
  | 'down'
  | 'pageUp'
  | 'pageDown'
  | 'first'
  | 'last'
  | 'home'
  | 'end';

/** What a prompt does when a key is pressed, by enquirer's name of the action; `dispatch` gets all other keys. */
export type EngineActions = Readonly<Partial<Record<ActionName, (this: EnginePrompt, key: string) => void>>>;

interface EngineOptions extends EngineActions {
  readonly message: string;
  readonly validate: () => string | true;
}

type EngineClass = new (options: object) => EnginePrompt;

// Enquirer's own types leave out the classes that its documentation offers for prompts of one's own.
const { Prompt, StringPrompt } = enquirer as unknown as {
  readonly Prompt: EngineClass;
  readonly StringPrompt: EngineClass;
};

function nothing(): void {
  return undefined;
}

/** Closing only says so: no end of line is written, and no readline interface has to be closed. */
function close(this: EnginePrompt): void {
  this.emit('close');
}

/**
 * Options that keep enquirer's hands off the terminal. It would make a readline interface of its own, which hangs at the
 * end of input and on Node 24 is used after it was closed, would answer signals with `process.exit`, and could neither
 * redraw after a resize nor count wide characters (enquirer 2.4.1, lib/keypress.js, lib/utils.js, lib/ansi.js). The
 * guard feeds it keys instead, and the frame draws.
 */
const handsOff = {
  stdin: { isTTY: true },
  stdout: { columns: 80, rows: 24, write: nothing },
  start: nothing,
  render: nothing,
  close,
  cursorHide: nothing,
  cursorShow: nothing,
  alert: nothing,
};

/** A prompt that only knows which key does what. */
export function listEngine(options: EngineOptions): EnginePrompt {
  return new Prompt({ ...handsOff, ...options });
}

/** A prompt that edits a line of text. */
export function lineEngine(options: EngineOptions): EnginePrompt {
  return new StringPrompt({ ...handsOff, ...options });
}
