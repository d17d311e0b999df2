/** The parameters of a Query request: dotted names and text, as in `Tags.member.1.Key`. */
export class Parameters {
  private readonly values: ReadonlyMap<string, string>;
  /** What separates a list's name from its numbers: `.` in EC2, `.member.` elsewhere. */
  private readonly join: string;

  constructor(values: ReadonlyMap<string, string>, join: string) {
    this.values = values;
    this.join = join;
  }

  /** Reads a form body. */
  static parse(body: string, join: '.' | '.member.'): Parameters {
    return new Parameters(new Map(new URLSearchParams(body)), join);
  }

  get(name: string): string | undefined {
    return this.values.get(name);
  }

  names(): readonly string[] {
    return [...this.values.keys()];
  }

  /** A number; undefined when absent or not a whole number. */
  integer(name: string): number | undefined {
    const text = this.get(name);
    return text !== undefined && /^-?\d{1,9}$/.test(text) ? Number(text) : undefined;
  }

  /** A list of texts, in the order of their numbers. */
  list(name: string): readonly string[] {
    const found: string[] = [];
    for (let index = 1; ; index += 1) {
      const value = this.get(`${name}${this.join}${index}`);
      if (value === undefined) return found;
      found.push(value);
    }
  }

  /** A list of structures. */
  structures(name: string): readonly Parameters[] {
    const found: Parameters[] = [];
    for (let index = 1; ; index += 1) {
      const part = this.under(`${name}${this.join}${index}.`);
      if (part.values.size === 0) return found;
      found.push(part);
    }
  }

  private under(prefix: string): Parameters {
    const entries = [...this.values].filter(([name]) => name.startsWith(prefix));
    return new Parameters(
      new Map(entries.map(([name, value]) => [name.slice(prefix.length), value])),
      this.join,
    );
  }
}
