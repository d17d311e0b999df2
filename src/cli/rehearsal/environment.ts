import type { Environment } from '../../ports/environment.js';

const foreign = /^(?:AWS_(?!SDK_JS_)|OPENCLAW_|XDG_|SUDO_|ZDOTDIR$|BASH_ENV$|ENV$)/u;

/**
 * The environment of a rehearsal: nothing of the user's AWS, OpenClaw and folder settings is left, the home is a scratch
 * one and `openclaw` is the stand-in.
 */
export function rehearsalEnvironment(
  environment: Environment,
  scratch: { readonly home: string; readonly programs: string },
  aws: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const kept = Object.entries(environment).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !foreign.test(entry[0]),
  );
  const path = [scratch.programs, environment['PATH'] ?? '/usr/bin:/bin'].join(':');
  return { ...Object.fromEntries(kept), ...aws, HOME: scratch.home, PATH: path };
}
