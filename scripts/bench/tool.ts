import { fileURLToPath } from 'node:url';
import type { Command } from './measure.js';

/** The built program. */
export const bin = fileURLToPath(new URL('../../dist/bin.js', import.meta.url));

/** PATH and a home, and nothing else of this process's environment. */
export function bareVariables(home: string): Readonly<Record<string, string>> {
  return { PATH: process.env['PATH'] ?? '', HOME: home, SHELL: '/bin/bash' };
}

/** Node running the built program. */
export function tool(
  words: readonly string[],
  variables: Readonly<Record<string, string>>,
  exitCodes: readonly number[] = [0],
): Command {
  return { program: process.execPath, words: [bin, ...words], variables, exitCodes };
}

/** Node doing nothing. */
export function idleNode(variables: Readonly<Record<string, string>>): Command {
  return { program: process.execPath, words: ['-e', '0'], variables };
}
