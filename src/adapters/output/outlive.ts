import { closeSync, openSync } from 'node:fs';
import { isatty } from 'node:tty';

function ignore(): void {
  return undefined;
}

/**
 * Before it ends, Node 20 sets the modes of its terminals back, and aborts (exit 134) where one of them is gone. Those
 * are replaced by the null device.
 */
function leaveGoneTerminals(): void {
  for (const descriptor of terminals) {
    if (isatty(descriptor)) continue;
    try {
      closeSync(descriptor);
      openSync('/dev/null', 'r+');
    } catch {
      // Nothing more can be done for a process that is about to end.
    }
  }
}

let terminals: readonly number[] = [];

/** Lets the process end in its own way after its terminal was closed: no write to it becomes an uncaught exception. */
export function outliveTerminal(): void {
  const { stdout, stderr } = process;
  if (stderr.listeners('error').includes(ignore)) return;
  stdout.on('error', ignore);
  stderr.on('error', ignore);
  terminals = [0, 1, 2].filter((descriptor) => isatty(descriptor));
  if (terminals.length > 0) process.once('exit', leaveGoneTerminals);
}
