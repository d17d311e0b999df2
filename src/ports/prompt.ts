/** One of several answers. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  /** Shown dimmed behind the label. */
  readonly hint?: string;
  /** Heading under which it is listed. */
  readonly group?: string;
}

/** What a person says to a plan. */
export type Consent = 'yes' | 'no' | 'explain';

/** Asks a person. Throws INPUT_NEEDED where nobody can answer, INTERRUPTED on Ctrl-C, DECLINED on end of input. */
export interface Prompt {
  /** Whether a person can be asked at all. */
  readonly interactive: boolean;
  /** `flag` is the flag that would have answered; it is named in the error where nobody can. */
  select(question: {
    readonly message: string;
    readonly choices: readonly Choice[];
    readonly initial?: string;
    readonly flag: string;
    /** Typing narrows the list. */
    readonly searchable?: boolean;
  }): Promise<string>;
  confirm(question: {
    readonly message: string;
    readonly initial: boolean;
    readonly flag: string;
  }): Promise<boolean>;
  /** Leave to carry a plan out. Nothing is the default: it takes a word. */
  consent(question: { readonly message: string; readonly flag: string }): Promise<Consent>;
}
