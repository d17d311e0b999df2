import { awayFindings } from '../../checks/away.js';
import type { ApplyResult } from '../../core/apply.js';
import type { ErrorDetails } from '../../core/errors.js';
import { ExitCode } from '../../core/errors.js';
import type { Finding } from '../../core/finding.js';
import { version } from '../../version.js';
import { restartGateways } from '../change/gateway.js';
import type { Prepared } from '../look/prepare.js';
import type { HostsTold } from '../remote/tell.js';
import type { Runtime } from '../runtime.js';
import { explain } from '../tell/outcome.js';

/** What a set-up has come to. */
export interface Proof {
  readonly checks: readonly Finding[];
  readonly errors: readonly ErrorDetails[];
  /** What was done on hosts from afar. */
  readonly told?: HostsTold;
}

/** Nothing can be checked from here: the host is another one, and no model is asked for whose access could be seen. */
export function isOnlyAway({ target, goal }: Prepared): boolean {
  return !target.host && goal.model === null;
}

async function check(
  runtime: Runtime,
  prepared: Prepared,
  { changes, errors }: ApplyResult,
): Promise<readonly Finding[]> {
  if (errors.some((error) => error.exitCode === ExitCode.blocked)) return [];
  const cloud = changes.filter(({ lane }) => lane === 'cloud').map(({ status }) => status);
  // What stands half in the account can be neither waited for nor proved; its error has been told.
  if (cloud.includes('failed')) return [];
  if (isOnlyAway(prepared)) return awayFindings({ instanceId: prepared.target.instanceId, version });
  const { setupFindings } = await import('../prove/findings.js');
  return setupFindings(runtime, prepared, cloud.includes('applied'));
}

/** Restarts the gateway and runs the checks; what goes wrong there is an error beside those of the changes. */
async function proveHere(runtime: Runtime, prepared: Prepared, result: ApplyResult): Promise<Proof> {
  const { changes, errors } = result;
  try {
    const hostChanged = changes.some((change) => change.lane === 'host' && change.status === 'applied');
    if (hostChanged && prepared.host !== null) await restartGateways(runtime, prepared.host.host);
    await runtime.strike('in place');
    return { checks: await check(runtime, prepared, result), errors };
  } catch (error) {
    return { checks: [], errors: [...errors, explain(runtime, error, prepared)] };
  }
}

/** The same where the host is somewhere else. */
async function proveFromAfar(runtime: Runtime, prepared: Prepared, result: ApplyResult): Promise<Proof> {
  const proof = await proveHere(runtime, prepared, result);
  if (proof.errors.length > 0) return proof;
  try {
    const [{ setUpHosts }, { mergedChecks }] = await Promise.all([
      import('../remote/commands.js'),
      import('../remote/merge.js'),
    ]);
    const told = await setUpHosts(runtime, prepared, result);
    return {
      checks: mergedChecks(proof.checks, told),
      errors: told.error === null ? [] : [told.error],
      told,
    };
  } catch (error) {
    return { ...proof, errors: [explain(runtime, error, prepared)] };
  }
}

/** Proves what was changed, here or on the host that is somewhere else; what goes wrong there is an error of the proof. */
export async function prove(runtime: Runtime, prepared: Prepared, result: ApplyResult): Promise<Proof> {
  const fromAfar = runtime.settings.host === 'ssm';
  return fromAfar ? proveFromAfar(runtime, prepared, result) : proveHere(runtime, prepared, result);
}
