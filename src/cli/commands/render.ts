import { partitionOfRegion, refuseRegion } from '../../core/bedrock-regions.js';
import { errorName, ExitCode, SetupError, usageError } from '../../core/errors.js';
import type { CloudGoal, Goal, ModelGoal } from '../../core/goal.js';
import { policyGoal } from '../../core/policies.js';
import type { RenderKind } from '../../core/settings.js';
import type { Identity } from '../../ports/identity.js';
import { version } from '../../version.js';
import { hostCommandLine, hostWords } from '../command-line.js';
import { readModelGoal } from '../model.js';
import { explain } from '../outcome.js';
import type { Prepared } from '../prepare.js';
import { prepare } from '../prepare.js';
import type { Runtime } from '../runtime.js';

/** Where credentials are missing, `--account` says what they would have said. */
async function identityOf(runtime: Runtime, region: string): Promise<Identity> {
  const { account } = runtime.settings;
  if (account !== null) return { account, partition: partitionOfRegion(region), arn: '' };
  try {
    const { identity } = await runtime.account(region, 'read-only');
    return await identity.getCallerIdentity();
  } catch (error) {
    if (errorName(error) !== 'CredentialsProviderError') throw error;
    throw usageError(
      'ACCOUNT_NEEDED',
      'it is not known for which account this is, and there are no credentials to ask with',
      'the ARNs in a policy name the account',
      'add --account, for example --account 111122223333, or sign in',
    );
  }
}

/** The model, where the rights depend on it. */
async function modelOf(runtime: Runtime, region: string): Promise<ModelGoal | null> {
  if (runtime.settings.policy.kind !== 'scoped') return null;
  return readModelGoal(runtime, { here: null, instanceId: null, region, cloud: true, host: false });
}

/** The region, where something printed depends on it. Throws where Bedrock is not there. */
async function regionOf(runtime: Runtime): Promise<string> {
  const region = await runtime.region();
  const refused = refuseRegion(region);
  if (refused !== null) throw refused;
  return region;
}

async function policyText(runtime: Runtime): Promise<string> {
  const region = await regionOf(runtime);
  const [identity, model] = [await identityOf(runtime, region), await modelOf(runtime, region)];
  const policy = policyGoal(runtime.settings.policy, identity, region, model);
  const { jsonFile } = await import('../../render/json.js');
  if (policy.kind === 'inline') return jsonFile(policy.document);
  throw usageError(
    'POLICY_IS_MANAGED',
    `${policy.arn} is a managed policy: there is no document of this tool's to print`,
    'only invoke and scoped are written by this tool',
    `read it with: aws iam get-policy --policy-arn ${policy.arn}; or use --policy invoke`,
  );
}

/** A look at the account alone; this host is left out, wherever this runs. */
async function prepareCloud(runtime: Runtime): Promise<Prepared & { goal: Goal & { cloud: CloudGoal } }> {
  const settings = { ...runtime.settings, host: 'skip' as const };
  const prepared = await prepare({ ...runtime, settings });
  const { conflict, goal, plan } = prepared;
  if (conflict !== null) throw new SetupError(conflict);
  for (const { conflict: found } of plan.steps) if (found !== null) runtime.progress.warn(found.message);
  const { cloud } = goal;
  if (cloud === null) throw new Error('there is no plan for the account');
  return { ...prepared, goal: { ...goal, cloud } };
}

async function commandsText(runtime: Runtime): Promise<string> {
  const [{ goal, plan, target }, { commandFunctions, commandsScript }, { readTemplates }] = await Promise.all(
    [prepareCloud(runtime), import('../../render/commands.js'), import('../../adapters/templates.js')],
  );
  const functions = await readTemplates('commands', commandFunctions, '.sh');
  return commandsScript({ goal, plan, functions, next: hostCommandLine(runtime.settings, target), version });
}

/** Codes for an operator who may not look: then the plan is made for an account with nothing in it. */
const blind = new Set<ExitCode>([ExitCode.blocked]);

async function lookOrNull(runtime: Runtime): Promise<Prepared | null> {
  const { settings, progress } = runtime;
  const instanceId = settings.instanceIds[0] ?? (await runtime.here())?.instanceId;
  if (instanceId === undefined || settings.account !== null) return null;
  try {
    return await prepareCloud(runtime);
  } catch (error) {
    const { code, message, exitCode } = explain(runtime, error);
    if (!blind.has(exitCode) && code !== 'CREDENTIALS_MISSING') throw error;
    progress.warn(`the account cannot be looked at (${message}), so this is for one with nothing in it yet`);
    return null;
  }
}

async function operatorPolicyText(runtime: Runtime): Promise<string> {
  const { settings } = runtime;
  const region = await regionOf(runtime);
  const [{ distinct, operatorRights }, { operatorPolicy }, { jsonFile }] = await Promise.all([
    import('../../render/operator-rights.js'),
    import('../../render/operator-policy.js'),
    import('../../render/json.js'),
  ]);
  const looked = await lookOrNull(runtime);
  if (looked !== null) return jsonFile(operatorPolicy(operatorRights(looked)));
  const { freshPlans } = await import('../../render/fresh-plan.js');
  const identity = await identityOf(runtime, region);
  // Which models a scoped policy names makes no difference to who may write it.
  const choice = settings.policy.kind === 'scoped' ? ({ kind: 'invoke' } as const) : settings.policy;
  const policy = policyGoal(choice, identity, region, null);
  const instanceId = settings.instanceIds[0] ?? '*';
  const plans = await freshPlans({ settings, identity, region, policy, instanceId });
  return jsonFile(operatorPolicy(distinct(plans.flatMap(operatorRights))));
}

async function userDataText(runtime: Runtime): Promise<string> {
  const { settings } = runtime;
  const [{ userData }, { readTemplates }] = await Promise.all([
    import('../../render/user-data.js'),
    import('../../adapters/templates.js'),
  ]);
  const { 'first-boot.sh': script } = await readTemplates('cloud-init', ['first-boot.sh']);
  return userData({
    script,
    package: `openclaw-bedrock-setup@${version}`,
    words: [...hostWords(settings, settings.region), '--host', 'local', '--yes', '--no-input'],
    owner: settings.openclawUser,
  });
}

async function cloudFormationText(runtime: Runtime): Promise<string> {
  const { settings } = runtime;
  const [{ cloudFormation }, { roleDesign }] = await Promise.all([
    import('../../render/cloudformation.js'),
    import('../../render/role-design.js'),
  ]);
  const region = settings.policy.kind === 'scoped' ? await regionOf(runtime) : '';
  const design = roleDesign(settings, region, await modelOf(runtime, region));
  return cloudFormation(design, { userData: await userDataText(runtime), hopLimit: settings.hopLimit });
}

async function terraformText(runtime: Runtime): Promise<string> {
  const { settings, progress } = runtime;
  const [{ moduleTemplates, oneFile, terraformModule }, { roleDesign }, { readTemplates }] =
    await Promise.all([
      import('../../render/terraform.js'),
      import('../../render/role-design.js'),
      import('../../adapters/templates.js'),
    ]);
  const region = await regionOf(runtime);
  const design = roleDesign(settings, region, await modelOf(runtime, region));
  const example = { userData: await userDataText(runtime), region, hopLimit: settings.hopLimit };
  const files = terraformModule(design, example, await readTemplates('terraform', moduleTemplates));
  if (settings.output === null) return oneFile(files);
  const { writeNewFiles } = await import('../../adapters/new-files.js');
  for (const path of await writeNewFiles(settings.output, files)) progress.note(`wrote ${path}`);
  return '';
}

const texts: Record<RenderKind, (runtime: Runtime) => Promise<string>> = {
  policy: policyText,
  'operator-policy': operatorPolicyText,
  commands: commandsText,
  'user-data': userDataText,
  cloudformation: cloudFormationText,
  terraform: terraformText,
};

/**
 * `render`: prints the set-up as a policy, a script or infrastructure code; nothing is changed. Throws every expected error,
 * so that standard output holds the whole of what was asked for, or nothing.
 */
export async function render(runtime: Runtime): Promise<ExitCode> {
  const { settings, streams } = runtime;
  try {
    if (settings.render !== null) await streams.result(await texts[settings.render](runtime));
    return ExitCode.done;
  } catch (error) {
    throw error instanceof SetupError ? error : new SetupError(explain(runtime, error), { cause: error });
  }
}
