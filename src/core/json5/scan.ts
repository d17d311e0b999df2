/** A value of a JSON5 text and where it stands: `start` is its first character, `end` the one after its last. */
export type Node =
  | { readonly kind: 'scalar'; readonly start: number; readonly end: number }
  | { readonly kind: 'array'; readonly start: number; readonly end: number }
  | {
      readonly kind: 'object';
      readonly start: number;
      readonly end: number;
      readonly members: readonly Member[];
    };

/** A key with its value. `comma` is where the comma behind it stands, `null` when there is none. */
export interface Member {
  readonly key: string;
  readonly start: number;
  readonly value: Node;
  readonly comma: number | null;
}

const space = /(?:[\s\uFEFF]|\/\/[^\n\r\u2028\u2029]*|\/\*[\s\S]*?\*\/)*/uy;
const string = /"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'/uy;
const bare = /[^\s,:[\]{}"'/]+/uy;
const deepest = 200;

class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  root(): Node {
    const node = this.#value(0);
    this.#skip();
    if (this.#at !== this.#text.length) this.#fail();
    return node;
  }

  #value(depth: number): Node {
    this.#skip();
    if (depth > deepest) this.#fail();
    const start = this.#at;
    const first = this.#text[start];
    if (first === '{') {
      const members = this.#members(depth);
      return { kind: 'object', start, end: this.#at, members };
    }
    if (first === '[') {
      this.#items(depth);
      return { kind: 'array', start, end: this.#at };
    }
    this.#token();
    return { kind: 'scalar', start, end: this.#at };
  }

  #members(depth: number): readonly Member[] {
    const members: Member[] = [];
    this.#at += 1;
    for (;;) {
      this.#skip();
      if (this.#eat('}')) return members;
      const start = this.#at;
      const key = keyOf(this.#token());
      this.#skip();
      if (!this.#eat(':')) this.#fail();
      const value = this.#value(depth + 1);
      this.#skip();
      const comma = this.#eat(',') ? this.#at - 1 : null;
      members.push({ key, start, value, comma });
      if (comma === null && this.#text[this.#at] !== '}') this.#fail();
    }
  }

  #items(depth: number): void {
    this.#at += 1;
    for (;;) {
      this.#skip();
      if (this.#eat(']')) return;
      this.#value(depth + 1);
      this.#skip();
      if (!this.#eat(',') && this.#text[this.#at] !== ']') this.#fail();
    }
  }

  #token(): string {
    const quoted = this.#text[this.#at] === '"' || this.#text[this.#at] === "'";
    const found = this.#match(quoted ? string : bare);
    if (found === '') this.#fail();
    return found;
  }

  #skip(): void {
    this.#match(space);
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }

  #eat(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #fail(): never {
    const before = this.#text.slice(0, this.#at).split('\n');
    throw new SyntaxError(`line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`);
  }
}

function keyOf(token: string): string {
  const inner = /^["']/u.test(token) ? token.slice(1, -1) : token;
  if (!inner.includes('\\')) return inner;
  return inner
    .replaceAll(/\\(?:\r\n|[\n\r\u2028\u2029])/gu, '')
    .replaceAll(/\\(?:u([\da-fA-F]{4})|x([\da-fA-F]{2})|([\s\S]))/gu, (_all, long, short, plain) => {
      const code = (long ?? short) as string | undefined;
      if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
      return escapes[plain as string] ?? (plain as string);
    });
}

const escapes: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  0: '\0',
};

/**
 * Where the values of a JSON5 text stand (https://spec.json5.org). It only looks for structure: a text that it takes may
 * still hold a scalar that JSON5 refuses. Throws a SyntaxError that says where and shows nothing of the text.
 */
export function scanJson5(text: string): Node {
  return new Scanner(text).root();
}
