import { arnName } from '../../core/policy/arn.js';
import { inlinePolicyName } from '../../core/policy/policies.js';
import type { Settings } from '../../core/settings.js';
import type { Account, Runtime } from '../runtime.js';

/** Whether the role in an instance profile already has the policy, so that keeping it is settled. */
async function isAdopted({ iam }: Account, profileName: string): Promise<boolean> {
  const role = (await iam.getInstanceProfile(profileName))?.roles[0];
  return role !== undefined && (await iam.getRolePolicy(role.name, inlinePolicyName)) !== null;
}

/** Where the instance has a profile of its own, lets a person say whether it is kept or replaced. */
export async function chooseProfile(
  { settings, prompt }: Runtime,
  account: Account,
  instanceId: string,
): Promise<Settings> {
  if (settings.replaceProfile) return settings;
  const association = await account.ec2.describeAssociation(instanceId);
  if (association === null) return settings;
  const name = arnName(association.profileArn);
  if (name === settings.roleName || (await isAdopted(account, name))) return settings;
  const answer = await prompt.select({
    message: `The instance already has the profile ${name}. Keep it?`,
    choices: [
      {
        value: 'keep',
        label: 'keep it',
        hint: 'the policy for Bedrock goes onto its role; everything else stays',
      },
      {
        value: 'replace',
        label: 'replace it',
        hint: `takes away the rights that ${name} gives; undo puts it back`,
      },
    ],
    initial: 'keep',
    flag: '--replace-profile',
  });
  return answer === 'replace' ? { ...settings, replaceProfile: true } : settings;
}
