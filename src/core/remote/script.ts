import { singleQuoted } from '../text/shell-word.js';

/**
 * A word in single quotes, so that a POSIX shell takes it literally whatever is in it. Two braces are kept apart, since Systems
 * Manager reads `{{…}}` in the parameters of a command itself (user guide, using Parameter Store parameters).
 */
export function quoted(word: string): string {
  return singleQuoted(word).replaceAll(/\{(?=\{)/gu, "{''");
}

/** What is run on a host. */
export interface HostScript {
  /** The script `templates/ssm/run-on-host.sh`. */
  readonly template: string;
  /** The user who runs OpenClaw; `null`: found on the host. */
  readonly owner: string | null;
  /** What npx fetches the tool from: a name with its version, the address or the path of a tarball. */
  readonly tool: string;
  /** What the tool is asked with. */
  readonly words: readonly string[];
}

/** The whole script for a shell of Systems Manager's. */
export function hostScript({ template, owner, tool, words }: HostScript): string {
  const code = template.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return [`set -- ${[owner ?? '', tool, ...words].map(quoted).join(' ')}`, ...code].join('\n');
}
