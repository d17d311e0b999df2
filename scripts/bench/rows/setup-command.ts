import type { BenchAccount } from '../account.js';
import type { Command } from '../measure.js';
import { tool } from '../tool.js';

/** The tool on the account's half only, without a question. */
export function cloudHalf(
  account: BenchAccount,
  through: 'moto' | 'proxy',
  command: 'setup' | 'plan' = 'setup',
): Command {
  const words = [command, '--instance-id', account.instanceId, '--host', 'skip', '--json'];
  return tool([...words, ...(command === 'setup' ? ['--yes'] : [])], account.variables(through));
}
