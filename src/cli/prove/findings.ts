import type { CheckContext, CheckPorts, MetadataRole } from '../../checks/index.js';
import { runChecks } from '../../checks/index.js';
import { partitionOfRegion } from '../../core/model/bedrock-regions.js';
import type { Finding } from '../../core/finding.js';
import type { Waiting } from '../../ports/progress.js';
import type { ModelGoal } from '../../core/goal.js';
import type { Receipt } from '../../core/receipt.js';
import { defaultRoleName } from '../../core/settings.js';
import { version } from '../../version.js';
import { asideQuotas } from '../look/aside.js';
import { cloudCommandLine } from '../tell/command-line.js';
import type { GatewayPlace } from './gateway-place.js';
import { gatewayPlace } from './gateway-place.js';
import { readModelGoal } from '../look/model.js';
import type { ModelAccess } from './model-access.js';
import { lookAtModelAccess, obtainModelAccess } from './model-access.js';
import { operatorFindings, orSkipped } from './operator-findings.js';
import type { Prepared } from '../look/prepare.js';
import type { Runtime } from '../runtime.js';
import type { Target } from '../look/target.js';
import { lookWithin } from './look-within.js';
import { watchedPorts } from './watch-checks.js';

/** What is known of the role that the instance should have. */
interface Expected {
  readonly account: string | null;
  readonly partition: string | null;
  readonly roleName: string | null;
  readonly profileArn: string | null;
}

/** What `verify` has begun, or lets be looked at, beyond what a set-up needs. */
type More = Pick<CheckPorts, 'quotas' | 'firstRole'>;

async function portsFor(
  runtime: Runtime,
  place: GatewayPlace,
  more: More,
  waiting: Waiting,
): Promise<CheckPorts> {
  const { openclaw } = await runtime.host();
  const ports = {
    clock: runtime.clock,
    metadata: runtime.metadata,
    environment: place.environment,
    openclaw,
    openProbe: async (region: string, timeoutMilliseconds: number) =>
      (await place.standIn()).at(region, timeoutMilliseconds),
    waiting,
    ...more,
  };
  return watchedPorts(ports, runtime.progress);
}

/** Runs the checks, each named while it runs. */
async function run(
  runtime: Runtime,
  context: CheckContext,
  place: GatewayPlace,
  more: More = {},
): Promise<readonly Finding[]> {
  return runtime.progress.during('checks', async (waiting) =>
    runChecks(context, await portsFor(runtime, place, more, waiting)),
  );
}

/** The quotas as the operator sees them. */
function quotasOf(runtime: Runtime, { cloud, region }: Target): More {
  if (!cloud) return {};
  return { quotas: asideQuotas(runtime, async () => (await runtime.account(region, 'read-only')).quotas) };
}

async function contextFor(
  runtime: Runtime,
  target: Target,
  known: Expected & Pick<CheckContext, 'justAttached' | 'acceptAgreement'>,
): Promise<CheckContext> {
  const { settings, environment } = runtime;
  return {
    ...known,
    version,
    region: target.region,
    instanceId: target.instanceId,
    operatorProfile: settings.profile,
    gatewayProfile: settings.gatewayProfile,
    model: settings.model,
    // A model of the embedded AWS has no agreement that anybody would be bound by.
    acceptAgreement: known.acceptAgreement || settings.mockFault !== null,
    agentTurn: settings.agentTurn,
    onlyModel: settings.policy.kind === 'scoped',
    here: target.host,
    machine: await runtime.machine(),
    timeoutSeconds: settings.timeoutSeconds,
    setupCommand: cloudCommandLine(settings, target),
    callerEnvironment: environment,
  };
}

/** The role of which a receipt says that it got the policy. */
function roleOf(receipt: Receipt | null): string | null {
  const entry = receipt?.entries.findLast(
    (one) => one.step === 'permission-policy' && one.status === 'applied',
  );
  const op = entry?.op as { readonly role?: unknown } | undefined;
  return typeof op?.role === 'string' ? op.role : null;
}

/** Runs the checks at the end of a set-up. */
export async function setupFindings(
  runtime: Runtime,
  prepared: Prepared,
  justAttached: boolean,
): Promise<readonly Finding[]> {
  const { target, goal } = prepared;
  const expected: Expected =
    goal.cloud === null
      ? expectedOnHost(runtime, target, prepared.receipt)
      : {
          account: goal.cloud.identity.account,
          partition: goal.cloud.identity.partition,
          roleName: goal.cloud.role.name,
          profileArn: goal.cloud.profile.arn,
        };
  const access = await obtainModelAccess(runtime, target, goal.model);
  const context = await contextFor(runtime, target, {
    ...expected,
    justAttached,
    acceptAgreement: access.agreed,
  });
  return withAccess(await run(runtime, context, gatewayPlace(runtime)), access);
}

/** What is expected where only the host can be looked at: a role that was named, or that a receipt tells of. */
function expectedOnHost({ settings }: Runtime, target: Target, receipt: Receipt | null): Expected {
  const named = settings.roleName === defaultRoleName ? null : settings.roleName;
  return {
    account: target.here?.account ?? null,
    partition: partitionOfRegion(target.region),
    roleName: named ?? roleOf(receipt),
    profileArn: null,
  };
}

/** What is known of the model before it is called stands before the calls. */
function beforeCalls(checks: readonly Finding[], more: readonly Finding[]): readonly Finding[] {
  const index = checks.findIndex(({ id }) => id === 'converse');
  return index === -1 ? [...checks, ...more] : [...checks.slice(0, index), ...more, ...checks.slice(index)];
}

function withAccess(checks: readonly Finding[], { finding }: ModelAccess): readonly Finding[] {
  return finding === null ? checks : beforeCalls(checks, [finding]);
}

/** The model, as far as it can be looked up; one that cannot is a finding of the checks themselves. */
async function modelGoal(runtime: Runtime, target: Target): Promise<ModelGoal | null> {
  if (runtime.settings.model === null || !target.cloud) return null;
  return lookWithin(runtime, readModelGoal(runtime, target)).catch(() => null);
}

/** What is under way before it is known which instance this is. */
export interface Begun {
  readonly place: GatewayPlace;
  readonly firstRole: Promise<MetadataRole | null>;
}

/** The account's half, where the host is not looked at here; with `--host ssm` it is only one half of what is looked at. */
async function accountHalf(runtime: Runtime, target: Target): Promise<readonly Finding[]> {
  if (target.host || !target.cloud || target.instanceId === null) return [];
  const { accountFindings } = await import('./account-findings.js');
  if (runtime.settings.host !== 'ssm') return accountFindings(runtime);
  return orSkipped('role-and-profile', runtime, async () => accountFindings(runtime));
}

/** Runs the checks by themselves, and what only an operator can see beside them. */
export async function verifyFindings(
  runtime: Runtime,
  target: Target,
  receipt: Receipt | null,
  { place, firstRole }: Begun,
): Promise<readonly Finding[]> {
  const expected = expectedOnHost(runtime, target, receipt);
  const model = await modelGoal(runtime, target);
  const access = await runtime.progress.during('model-access: looking at what the model needs', async () =>
    lookAtModelAccess(runtime, target, model),
  );
  const context = await contextFor(runtime, target, {
    ...expected,
    justAttached: false,
    acceptAgreement: access.agreed,
  });
  const [account, checks, operator] = await Promise.all([
    accountHalf(runtime, target),
    run(runtime, context, place, { ...quotasOf(runtime, target), firstRole }),
    operatorFindings(runtime, target, receipt, model),
  ]);
  const reach = operator.filter(({ id }) => id === 'policy-reach');
  const rest = operator.filter(({ id }) => id !== 'policy-reach');
  return [...account, ...beforeCalls(withAccess(checks, access), reach), ...rest];
}
