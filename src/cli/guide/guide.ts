import { SetupError } from '../../core/errors.js';
import { type Settings, roleMarker } from '../../core/settings.js';
import { explain } from '../tell/outcome.js';
import type { Account, Here, Runtime } from '../runtime.js';
import { chooseAccount } from './choose-account.js';
import { chooseHopLimit } from './choose-hop-limit.js';
import { chooseInstance } from './choose-instance.js';
import { chooseModel } from './choose-model.js';
import { chooseProfile } from './choose-profile.js';
import { lookAround } from './look-around.js';
import { isOperator } from './operator.js';
import type { Situation } from './situation.js';
import { situationLines } from './situation.js';
import { waitForRole } from './wait-for-role.js';

/** Makes the runtime anew for other settings; the one before is of no use afterwards. */
export type Recompose = (settings: Settings) => Promise<Runtime>;

/** Who names the instance, or says yes to everything, knows what to do and is asked nothing more than the plan. */
function isWanted({ settings, prompt }: Runtime): boolean {
  const { command, yes, dryRun, mock, instanceIds, gatewayProfile, cloud } = settings;
  const asks = command === 'setup' && prompt.interactive && !yes && (!dryRun || mock);
  return asks && instanceIds.length === 0 && gatewayProfile === roleMarker && cloud !== 'skip';
}

async function withAccount(runtime: Runtime, region: string, instanceId: string): Promise<Settings> {
  const account = await runtime.account(region, 'read-only');
  return chooseProfile(runtime, account, instanceId);
}

async function asOperator(runtime: Runtime, account: Account, situation: Situation): Promise<Settings> {
  const { instanceId } = situation.here;
  const settings = await chooseProfile(runtime, account, instanceId);
  if (situation.container === null && !situation.runsContainers) return settings;
  return chooseHopLimit({ ...runtime, settings }, account, instanceId);
}

async function onTheBox(runtime: Runtime, here: Here): Promise<Settings> {
  const region = await runtime.region();
  const { progress } = runtime;
  const [situation, account] = await progress.during('looking around on this instance', async () =>
    Promise.all([lookAround(runtime, here), runtime.account(region, 'read-only')]),
  );
  runtime.streams.aside(`${situationLines(situation, runtime.streams.columns()).join('\n')}\n\n`);
  const operator = await progress.during('finding out what these credentials may do', async () =>
    isOperator(account, runtime.settings),
  );
  if (!operator) await waitForRole(runtime, here, region);
  const settings = operator
    ? await asOperator(runtime, account, situation)
    : { ...runtime.settings, cloud: 'skip' as const };
  // Who has no OpenClaw is told so by the plan; a model for it can be chosen when it is there.
  if (situation.openclaw === null || situation.model?.startsWith('amazon-bedrock/') === true) return settings;
  return chooseModel({ ...runtime, settings }, region);
}

async function fromAfar(runtime: Runtime): Promise<Settings> {
  const { region, instanceId } = await chooseInstance(runtime);
  const named = { ...runtime.settings, region, instanceIds: [instanceId] };
  const settings = await withAccount({ ...runtime, settings: named }, region, instanceId);
  return chooseModel({ ...runtime, settings }, region);
}

async function lead(runtime: Runtime, recompose: Recompose): Promise<Runtime> {
  const here = await runtime.progress.during('finding out where this is', async () => runtime.here());
  if (here !== null) return { ...runtime, settings: await onTheBox(runtime, here) };
  const account = await chooseAccount(runtime);
  const signedIn = account === runtime.settings ? runtime : await recompose(account);
  const settings = await fromAfar(signedIn);
  const { region } = settings;
  return { ...signedIn, settings, ...(region === null ? {} : { region: () => Promise.resolve(region) }) };
}

/**
 * Leads a person who named nothing to complete settings: finds out what it can, says it, and asks for the rest. Anybody
 * else's runtime comes back as it is. Throws expected errors only, those of the prompt and of AWS among them.
 */
export async function guide(runtime: Runtime, recompose: Recompose): Promise<Runtime> {
  if (!isWanted(runtime)) return runtime;
  try {
    return await lead(runtime, recompose);
  } catch (error) {
    throw error instanceof SetupError ? error : new SetupError(explain(runtime, error));
  }
}
