import { remoteFailure } from '../../core/failure/remote-failure.js';
import type { Settings } from '../../core/settings.js';
import { explainFailure } from '../../failures/index.js';
import type { Account } from '../runtime.js';

/**
 * Whether the credentials at hand may look at IAM: nobody can set up a role without. Where IAM is not reached it is nobody's turn
 * here either: from a private subnet there is no way to it, and the account's half is done elsewhere.
 */
export async function isOperator({ iam }: Account, settings: Settings): Promise<boolean> {
  try {
    await iam.getInstanceProfile(settings.roleName);
    return true;
  } catch {
    return false;
  }
}

/** Whether the credentials at hand may use Bedrock already. Throws what is no refusal, such as a network without a way to it. */
export async function mayUseBedrock({ bedrock }: Account): Promise<boolean> {
  try {
    await bedrock.listFoundationModels();
    return true;
  } catch (error) {
    if (explainFailure(remoteFailure(error), {}).blocks) return false;
    throw error;
  }
}
