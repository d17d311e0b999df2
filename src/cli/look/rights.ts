import { hasCode } from '../../core/failure/aws-error.js';
import type { ErrorDetails } from '../../core/errors.js';
import { errorMessage } from '../../core/errors.js';
import { missingRights, simulations } from '../../core/policy/judge-rights.js';
import type { Right } from '../../core/policy/operator-rights.js';
import { changeRights } from '../../core/policy/operator-rights.js';
import type { StepEdits } from '../../core/plan.js';
import type { PolicySource } from '../../core/policy/principal.js';
import { hasHiddenPath, policySource } from '../../core/policy/principal.js';
import { rightsRefusal } from '../../core/policy/rights-refusal.js';
import type { RightsReader, SimulatedRight } from '../../ports/rights.js';
import { renderLine } from '../tell/command-line.js';
import type { Prepared } from './prepare.js';
import type { Account, Runtime } from '../runtime.js';
import { within } from '../../core/timing/within.js';

/** Seconds after which the simulator is not waited for any longer: what it says is advice. */
const simulatorSeconds = 5;

async function simulateAll(
  reader: RightsReader,
  rights: readonly Right[],
  principalArn: string,
): Promise<readonly SimulatedRight[]> {
  const requests = simulations(rights, principalArn);
  const answers = await Promise.all(requests.map(async (request) => reader.simulatePrincipalPolicy(request)));
  return answers.flat();
}

/** Asks under the source's ARN, and under the role's own where that lies under a path. */
async function askFor(
  { arn, roleName, ...source }: PolicySource,
  { iam, rights: reader }: Account,
  rights: readonly Right[],
): Promise<readonly SimulatedRight[]> {
  const real = async (): Promise<string> =>
    roleName === null ? arn : ((await iam.getRole(roleName))?.arn ?? arn);
  if (hasHiddenPath({ arn, roleName, ...source })) return simulateAll(reader, rights, await real());
  try {
    return await simulateAll(reader, rights, arn);
  } catch (error) {
    if (!hasCode(error, 'NoSuchEntity') || roleName === null) throw error;
    return simulateAll(reader, rights, await real());
  }
}

/**
 * Whether the operator may do what the plan needs, as far as IAM's simulator can tell: the refusal, or `null` for allowed
 * and for what cannot be told. One call, and only where the plan changes something in the account.
 */
export async function checkRights(
  runtime: Pick<Runtime, 'account' | 'clock' | 'progress'>,
  prepared: Pick<Prepared, 'goal' | 'target' | 'conflict'> & {
    readonly plan: { readonly steps: readonly StepEdits[] };
  },
): Promise<ErrorDetails | null> {
  const { goal, plan, target, conflict } = prepared;
  const rights = changeRights(goal, plan);
  if (goal.cloud === null || rights.length === 0 || conflict !== null) return null;
  const { arn } = goal.cloud.identity;
  const source = policySource(arn);
  if (source === null) return null;
  let simulated: readonly SimulatedRight[];
  try {
    const account = await runtime.account(target.region, 'read-only');
    simulated = await within(runtime.clock, simulatorSeconds, askFor(source, account, rights));
  } catch (error) {
    runtime.progress.detail(`the operator's rights could not be looked up: ${errorMessage(error)}`);
    return null;
  }
  const missing = missingRights(rights, simulated);
  if (missing.length === 0) return null;
  const { operatorStatements } = await import('../../render/operator-policy.js');
  const addable = missing.filter(({ explicit }) => !explicit).map(({ right }) => right);
  const policyCommand = renderLine(goal.settings, target, 'operator-policy');
  return rightsRefusal(arn, missing, operatorStatements(addable), policyCommand);
}
