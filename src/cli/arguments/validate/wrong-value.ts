/** A value that is not valid: why, and one that would be. Where it stands is named by whoever reads it. */
export class WrongValue extends Error {
  readonly why: string;
  readonly right: string;

  constructor(why: string, right: string) {
    super(why);
    this.why = why;
    this.right = right;
  }
}
