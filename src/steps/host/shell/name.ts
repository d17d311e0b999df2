import { basename } from 'node:path';
import type { ShellName } from '../../../ports/host.js';

/** The shell that a login shell's path means, e.g. `bash` for `/bin/bash`; `null` for one that this tool does not know. */
export function shellNameOf(shell: string): ShellName | null {
  const name = basename(shell).replace(/^-/u, '');
  return name === 'bash' || name === 'zsh' || name === 'fish' ? name : null;
}
