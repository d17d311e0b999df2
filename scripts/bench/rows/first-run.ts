import { withAccount } from '../account.js';
import { documentedSetup } from '../aws-cli.js';
import type { BenchRow } from '../figure.js';
import { compare, runOnce } from '../measure.js';
import { cloudHalf } from './setup-command.js';

/** Setting up the account's half, against the five commands of the documentation, on the same moto. */
export const firstRun: BenchRow = {
  name: 'first-run',
  run: async ({ rounds }) =>
    withAccount(async (account) => {
      const ours = async (): Promise<number> => {
        await account.fresh();
        return (await runOnce(cloudHalf(account, 'moto'))).milliseconds;
      };
      const { ratio, detail } = await compare(ours, documentedSetup(account), rounds);
      return [{ name: 'first run against the AWS CLI', value: ratio, unit: 'x', bar: 0.07, detail }];
    }),
};
