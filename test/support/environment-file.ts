type State =
  | 'before'
  | 'key'
  | 'comment'
  | 'pre-value'
  | 'value'
  | 'escaped'
  | 'single'
  | 'double'
  | 'double-escaped';

/**
 * The variables of a file as systemd's `EnvironmentFile=` takes them (systemd.exec(5)): comments begin with `#` or `;`, a
 * value may stand in single or double quotes, a backslash escapes but for single quotes, nothing is expanded.
 */
export function readEnvironmentFile(text: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  let state: State = 'before';
  let key = '';
  let value = '';
  let kept = 0;
  const push = (): void => {
    const name = key.trimEnd();
    if (/^[A-Za-z_]\w*$/u.test(name)) found[name] = value.slice(0, kept) + value.slice(kept).trimEnd();
    [key, value, kept, state] = ['', '', 0, 'before'];
  };
  const add = (character: string, isSure: boolean): void => {
    value += character;
    if (isSure) kept = value.length;
  };
  for (const character of `${text}\n`) {
    const isEnd = character === '\n' || character === '\r';
    if (state === 'before') {
      if (character === '#' || character === ';') state = 'comment';
      else if (!/\s/u.test(character)) [state, key] = ['key', character];
    } else if (state === 'comment') {
      if (isEnd) state = 'before';
    } else if (state === 'key') {
      if (isEnd) [state, key] = ['before', ''];
      else if (character === '=') state = 'pre-value';
      else key += character;
    } else if (state === 'escaped') {
      if (!isEnd) add(character, true);
      state = 'value';
    } else if (state === 'single') {
      if (character === "'") state = 'pre-value';
      else add(character, true);
    } else if (state === 'double') {
      if (character === '"') state = 'pre-value';
      else if (character === '\\') state = 'double-escaped';
      else add(character, true);
    } else if (state === 'double-escaped') {
      if (!isEnd) add('"\\`$'.includes(character) ? character : `\\${character}`, true);
      state = 'double';
    } else if (isEnd) push();
    else if (state === 'pre-value' && character === "'") state = 'single';
    else if (state === 'pre-value' && character === '"') state = 'double';
    else if (character === '\\') state = 'escaped';
    else if (state === 'value' || !/\s/u.test(character)) {
      add(character, false);
      state = 'value';
    }
  }
  return found;
}
