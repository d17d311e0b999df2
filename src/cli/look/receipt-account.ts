import { ExitCode, SetupError } from '../../core/errors.js';
import type { Receipt } from '../../core/receipt.js';
import type { Account, Runtime } from '../runtime.js';

/**
 * The account that a receipt is about. Throws WRONG_ACCOUNT for credentials of another one, in which nothing of it would be found
 * and all of it would pass for gone.
 */
export async function accountOf(
  runtime: Runtime,
  { id, target }: Receipt,
  access: 'read-only' | 'read-write' = 'read-write',
): Promise<Account> {
  const account = await runtime.account(target.region, access);
  if (target.account === null) return account;
  const { account: actual } = await account.identity.getCallerIdentity();
  if (actual === target.account) return account;
  throw new SetupError({
    code: 'WRONG_ACCOUNT',
    message: `the credentials are of the account ${actual}, and what is to be put back is in ${target.account}`,
    why: `the receipt ${id} is about the account ${target.account}`,
    fix: 'sign in there, or choose its profile with --profile NAME, then run the same command',
    exitCode: ExitCode.blocked,
  });
}
