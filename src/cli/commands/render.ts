import { ExitCode, SetupError, usageError } from '../../core/errors.js';
import { policyGoal } from '../../core/policy/policies.js';
import type { RenderKind } from '../../core/settings.js';
import type { StackInstance } from '../../render/cloudformation.js';
import { thisTool, version } from '../../version.js';
import { identityOf, lookAtAccount, modelOf, regionOf } from '../look/account-look.js';
import { hostCommandLine, hostWords } from '../tell/command-line.js';
import { explain } from '../tell/outcome.js';
import type { Prepared } from '../look/prepare.js';
import type { Runtime } from '../runtime.js';

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

async function commandsText(runtime: Runtime): Promise<string> {
  const [{ goal, plan, target }, { commandFunctions, commandsScript }, { readTemplates }] = await Promise.all(
    [lookAtAccount(runtime), import('../../render/commands.js'), import('../../adapters/templates.js')],
  );
  const functions = await readTemplates('commands', commandFunctions, '.sh');
  return commandsScript({ goal, plan, functions, next: hostCommandLine(runtime.settings, target), version });
}

/**
 * What the account has; `null` where nobody is signed in or may look, and where no instance or an account is
 * named: then there is nothing to look at.
 */
async function lookOrNull(runtime: Runtime): Promise<Prepared | null> {
  const { settings, progress } = runtime;
  const instanceId = settings.instanceIds[0] ?? (await runtime.here())?.instanceId;
  if (instanceId === undefined || settings.account !== null) return null;
  try {
    return await lookAtAccount(runtime);
  } catch (error) {
    const { message, exitCode } = explain(runtime, error);
    if (exitCode !== ExitCode.blocked) throw error;
    progress.warn(`the account cannot be looked at (${message}), so this is for one with nothing in it yet`);
    return null;
  }
}

async function operatorPolicyText(runtime: Runtime): Promise<string> {
  const { settings } = runtime;
  const region = await regionOf(runtime);
  const [{ distinctRights, requiredRights }, { operatorPolicy }, { jsonFile }] = await Promise.all([
    import('../../core/policy/operator-rights.js'),
    import('../../render/operator-policy.js'),
    import('../../render/json.js'),
  ]);
  const looked = await lookOrNull(runtime);
  if (looked !== null) return jsonFile(operatorPolicy(requiredRights(looked.goal, looked.plan)));
  const { freshPlans } = await import('../../render/fresh-plan.js');
  const identity = await identityOf(runtime, region);
  // Which models a scoped policy names makes no difference to who may write it.
  const choice = settings.policy.kind === 'scoped' ? ({ kind: 'invoke' } as const) : settings.policy;
  const policy = policyGoal(choice, identity, region, null);
  const instanceId = settings.instanceIds[0] ?? '*';
  const plans = await freshPlans({ settings, identity, region, policy, instanceId });
  const rights = plans.flatMap(({ goal, plan }) => requiredRights(goal, plan));
  return jsonFile(operatorPolicy(distinctRights(rights)));
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
    package: thisTool,
    words: [...hostWords(settings, settings.region), '--host', 'local', '--yes', '--no-input'],
    owner: settings.openclawUser,
  });
}

/** How instances set themselves up: at their first boot, or because they have a tag. */
async function selfSetUps(
  runtime: Runtime,
): Promise<Pick<StackInstance, 'userData' | 'hostScript' | 'enroll'>> {
  const { settings } = runtime;
  const { selfSetUpScript } = await import('../remote/enrollment.js');
  const hostScript = await selfSetUpScript(settings, settings.region);
  return { userData: await userDataText(runtime), hostScript, enroll: settings.enroll };
}

async function cloudFormationText(runtime: Runtime): Promise<string> {
  const { settings } = runtime;
  const [{ cloudFormation }, { roleDesign }] = await Promise.all([
    import('../../render/cloudformation.js'),
    import('../../render/role-design.js'),
  ]);
  const region = settings.policy.kind === 'scoped' ? await regionOf(runtime) : '';
  const design = roleDesign(settings, region, await modelOf(runtime, region));
  return cloudFormation(design, { hopLimit: settings.hopLimit, ...(await selfSetUps(runtime)) });
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
  const example = { ...(await selfSetUps(runtime)), region, hopLimit: settings.hopLimit };
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
