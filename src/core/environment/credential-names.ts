import type { Assignment } from './assignment.js';

const telling =
  /(?:^|_)(?:API_?KEY|TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|PRIVATE_KEY|ACCESS_KEY|CREDENTIALS?)(?:_|$)/iu;

/** Nothing, a limit, a switch, or the name of another variable. */
const harmless = /^(?:\d{0,7}|true|false|\$\{?\w+\}?)$/iu;

/** Names of the variables that, by name and value, hold a credential; each once. */
export function credentialNames(assignments: readonly Assignment[]): readonly string[] {
  const found = assignments.filter(({ name, value }) => telling.test(name) && !harmless.test(value.trim()));
  return [...new Set(found.map(({ name }) => name))];
}
