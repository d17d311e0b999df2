import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from './measure.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A copy of the program as it is now, so that a build in the meantime does not change what is measured. */
function copyProgram(): string {
  const folder = mkdtempSync(join(tmpdir(), 'openclaw-bedrock-setup-bench-'));
  for (const name of ['dist', 'package.json', 'templates'])
    cpSync(join(root, name), join(folder, name), { recursive: true });
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'dist', 'bin.cjs');
}

let copied: string | null = null;

function bin(): string {
  copied ??= copyProgram();
  return copied;
}

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
  return { program: process.execPath, words: [bin(), ...words], variables, exitCodes };
}

/** Node doing nothing. */
export function idleNode(variables: Readonly<Record<string, string>>): Command {
  return { program: process.execPath, words: ['-e', '0'], variables };
}
