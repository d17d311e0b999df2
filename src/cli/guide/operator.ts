import type { Settings } from '../../core/settings.js';
import type { Account } from '../runtime.js';

/** Whether the credentials at hand may look at IAM: nobody can set up a role without. */
export async function isOperator({ iam }: Account, settings: Settings): Promise<boolean> {
  try {
    await iam.getInstanceProfile(settings.roleName);
    return true;
  } catch {
    return false;
  }
}

/** Whether the credentials at hand may use Bedrock already. */
export async function mayUseBedrock({ bedrock }: Account): Promise<boolean> {
  try {
    await bedrock.listFoundationModels();
    return true;
  } catch {
    return false;
  }
}
