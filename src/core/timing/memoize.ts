/**
 * A reader that asks for each thing once: a second call with equal arguments gets the first call's promise. For the span
 * of one look at the account, so that facts and steps can ask for what they need without a call too many.
 */
export function memoize<Reader extends object>(reader: Reader): Reader {
  const answers = new Map<string, unknown>();
  return new Proxy(reader, {
    get(target, property, receiver): unknown {
      const member: unknown = Reflect.get(target, property, receiver);
      if (typeof member !== 'function') return member;
      return (...parameters: unknown[]): unknown => {
        const key = `${String(property)} ${JSON.stringify(parameters)}`;
        if (!answers.has(key)) answers.set(key, Reflect.apply(member, target, parameters));
        return answers.get(key);
      };
    },
  });
}
