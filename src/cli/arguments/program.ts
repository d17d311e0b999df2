import type { Environment } from '../../ports/environment.js';
import { thisTool, toolName } from '../../version.js';

/** The command that starts this very version on any machine with Node and npm. */
export const anywhere = `npx ${thisTool}`;

/**
 * This program as whoever started it can start it again; a shell that used npx does not find it by its name alone. npm tells by `npm_lifecycle_event` what it runs
 * (docs.npmjs.com/cli/using-npm/scripts): `npx` for npx, else a script, of which only `npm start` of a clone is this program.
 */
export function programOf(environment: Environment): string {
  const event = environment['npm_lifecycle_event'];
  if (event === 'npx') return anywhere;
  return event === 'start' && environment['npm_package_name'] === toolName ? 'npm start --' : toolName;
}
