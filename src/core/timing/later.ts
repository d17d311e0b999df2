/**
 * A port that is opened at the first question, for what few runs ask: each of its methods waits for `open` and passes the question on.
 * Every method of such a port has to be asynchronous. It is no promise itself, so that it can be handed out of an asynchronous function.
 */
export function later<Port extends object>(open: () => Promise<Port>): Port {
  const target: object = {};
  const port = new Proxy(target, {
    get(_target, property): unknown {
      if (property === 'then') return undefined;
      return async (...parameters: unknown[]): Promise<unknown> => {
        const opened = await open();
        const member: unknown = Reflect.get(opened, property);
        if (typeof member !== 'function')
          throw new TypeError(`${String(property)} is no method of this port`);
        return Reflect.apply(member, opened, parameters) as unknown;
      };
    },
  });
  return port as Port;
}
