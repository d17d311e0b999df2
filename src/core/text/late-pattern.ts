import { once } from '../timing/once.js';

/**
 * A pattern that is read when it is first needed, and by then it is always the same one. V8 checks a literal whenever it reads the code
 * around it; a property of Unicode (`\p{…}`) or a range of higher planes takes it a third of a millisecond each time, before the first line runs.
 */
export function latePattern(source: string, flags: string): () => RegExp {
  return once(() => new RegExp(source, flags));
}
