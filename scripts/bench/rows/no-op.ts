import { withAccount } from '../account.js';
import { documentedReads } from '../aws-cli.js';
import type { BenchRow } from '../figure.js';
import { compare, runOnce } from '../measure.js';
import { cloudHalf } from './setup-command.js';

/** A second run, against the same reads with the AWS CLI. */
export const noOp: BenchRow = {
  name: 'no-op',
  run: async ({ rounds }) =>
    withAccount(async (account) => {
      await runOnce(cloudHalf(account, 'moto'));
      const ours = async (): Promise<number> => (await runOnce(cloudHalf(account, 'moto'))).milliseconds;
      const { ratio, detail } = await compare(ours, documentedReads(account), rounds);
      return [{ name: 'no-op against the AWS CLI', value: ratio, unit: 'x', bar: 0.07, detail }];
    }),
};
