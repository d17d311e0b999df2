import { type BenchAccount, withAccount } from '../account.js';
import type { BenchRow, Figure } from '../figure.js';
import { runOnce } from '../measure.js';
import { cloudHalf } from './setup-command.js';

async function counted(
  account: BenchAccount,
  name: string,
  command: 'setup' | 'plan',
  bar: number,
): Promise<Figure> {
  const { operations } = account.proxy;
  operations.length = 0;
  await runOnce(cloudHalf(account, 'proxy', command));
  return {
    name: `AWS calls: ${name}`,
    value: operations.length,
    unit: 'calls',
    bar,
    detail: operations.join(' '),
  };
}

/** How many AWS API calls a run makes, the probe left out. */
export const calls: BenchRow = {
  name: 'calls',
  run: async () =>
    withAccount(async (account) => [
      await counted(account, 'plan', 'plan', 8),
      await counted(account, 'first run', 'setup', 16),
      await counted(account, 'no-op', 'setup', 8),
    ]),
};
