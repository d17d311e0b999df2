/** What is to be done at the end of a run, one after the other. */
export interface Ending {
  /** Has something done before all that was named until now; gives back what takes it off the list. */
  before(work: () => Promise<void>): () => void;
  /** Has something done after all that was named until now. */
  after(work: () => Promise<void>): void;
  /** Does all of it, once. */
  end(): Promise<void>;
  /** Whether that has begun. */
  readonly begun: boolean;
}

/** The end of a run, with nothing to do yet. */
export function makeEnding(): Ending {
  const closing: (() => Promise<void>)[] = [];
  let begun = false;
  return {
    get begun() {
      return begun;
    },
    before(work) {
      closing.unshift(work);
      return () => {
        const index = closing.indexOf(work);
        if (index !== -1) closing.splice(index, 1);
      };
    },
    after: (work) => void closing.push(work),
    async end() {
      begun = true;
      for (const close of closing.splice(0)) await close();
    },
  };
}
