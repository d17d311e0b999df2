import { checkDrift } from '../../checks/drift.js';
import { checkPolicyReach } from '../../checks/policy-reach.js';
import { arnName } from '../../core/policy/arn.js';
import { errorMessage } from '../../core/errors.js';
import type { Finding } from '../../core/finding.js';
import type { ModelGoal } from '../../core/goal.js';
import { memoize } from '../../core/timing/memoize.js';
import { once } from '../../core/timing/once.js';
import type { Receipt } from '../../core/receipt.js';
import { scrub } from '../../core/text/scrub.js';
import type { StateManagerReader } from '../../ports/state-manager.js';
import { asideStateManager } from '../look/aside.js';
import type { Account, Runtime } from '../runtime.js';
import type { Target } from '../look/target.js';
import { lookWithin } from './look-within.js';

type Ports = Pick<Account, 'iam' | 'ec2' | 'rights'> & { readonly stateManager: StateManagerReader };

/** What a look gives, or a skipped finding that says why there is none. */
export async function orSkipped(
  id: string,
  runtime: Runtime,
  look: () => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  try {
    return await lookWithin(runtime, look());
  } catch (error) {
    const message = `not looked at with the credentials at hand: ${errorMessage(error)}`;
    return [{ id, status: 'skip', message: scrub(message) }];
  }
}

/** ARN of the role that the instance has now, or `null`. */
async function roleArnOf({ iam, ec2 }: Ports, instanceId: string): Promise<string | null> {
  const association = await ec2.describeAssociation(instanceId);
  if (association === null) return null;
  const profile = await iam.getInstanceProfile(arnName(association.profileArn));
  return profile?.roles[0]?.arn ?? null;
}

async function reach(
  { instanceId, region }: Target,
  model: ModelGoal,
  ports: Ports,
): Promise<readonly Finding[]> {
  const roleArn = instanceId === null ? null : await roleArnOf(ports, instanceId);
  return roleArn === null ? [] : [await checkPolicyReach(model, region, roleArn, ports.rights)];
}

/** The account, each thing asked for once. Opened at the first use, whose error is everybody's. */
function openOnce(runtime: Runtime, region: string): () => Promise<Ports> {
  return once(async () => {
    const { iam, ec2, rights, stateManager } = await runtime.account(region, 'read-only');
    return {
      iam: memoize(iam),
      ec2: memoize(ec2),
      rights,
      stateManager: asideStateManager(runtime, () => Promise.resolve(stateManager)),
    };
  });
}

/**
 * What only an operator can see: whether something was changed since the set-up, what will undo it, and whether the
 * role's policies cover the whole model. Without such credentials it is skipped; nothing is written.
 */
export async function operatorFindings(
  runtime: Runtime,
  target: Target,
  receipt: Receipt | null,
  model: ModelGoal | null,
): Promise<readonly Finding[]> {
  if (!target.cloud || (receipt === null && target.instanceId === null)) return [];
  const account = openOnce(runtime, target.region);
  const [covered, changed] = await Promise.all([
    model === null || model.arns.length === 0
      ? []
      : orSkipped('policy-reach', runtime, async () => reach(target, model, await account())),
    orSkipped('drift', runtime, async () => checkDrift(receipt, target.instanceId, await account())),
  ]);
  return [...covered, ...changed.filter(({ status }) => receipt !== null || status !== 'skip')];
}
