import type { CheckContext, CheckPorts } from '../checks/index.js';
import { runChecks } from '../checks/index.js';
import type { Finding } from '../core/finding.js';
import type { Receipt } from '../core/receipt.js';
import { defaultRoleName } from '../core/settings.js';
import { version } from '../version.js';
import type { Environment } from './environment.js';
import type { Prepared } from './prepare.js';
import type { Runtime } from './runtime.js';
import type { Target } from './target.js';

/** What is known of the role that the instance should have. */
interface Expected {
  readonly account: string | null;
  readonly partition: string | null;
  readonly roleName: string | null;
  readonly profileArn: string | null;
}

/** Endpoints that the caller has been given reach the gateway's stand-in too, so that a rehearsal stays one. */
function endpointVariables(environment: Environment): Readonly<Record<string, string>> {
  const kept = Object.entries(environment).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined &&
      /^AWS_(?:ENDPOINT_URL|EC2_METADATA_SERVICE_ENDPOINT|CA_BUNDLE)/u.test(entry[0]),
  );
  return Object.fromEntries(kept);
}

async function portsFor(runtime: Runtime): Promise<CheckPorts> {
  const [host, { createGatewayEnvironmentReader, makeSystemctl }] = await Promise.all([
    runtime.host(),
    import('../adapters/gateway-env/index.js'),
  ]);
  const systemctl = makeSystemctl(host.user, runtime.environment);
  const extra = endpointVariables(runtime.environment);
  return {
    clock: runtime.clock,
    metadata: runtime.metadata,
    environment: createGatewayEnvironmentReader({ host, systemctl, extra }),
    openclaw: host.openclaw,
    openProbe: async (variables, region, timeoutMilliseconds) =>
      runtime.probe({ variables, region, timeoutMilliseconds }),
    waiting: (what, atMostSeconds) =>
      runtime.progress.note(`  waiting for ${what}, at most ${atMostSeconds} s`),
  };
}

async function contextFor(
  runtime: Runtime,
  target: Target,
  expected: Expected,
  justAttached: boolean,
): Promise<CheckContext> {
  const { settings, environment } = runtime;
  const { detectMachine } = await import('../adapters/metadata/index.js');
  return {
    ...expected,
    version,
    region: target.region,
    instanceId: target.instanceId,
    operatorProfile: settings.profile,
    gatewayProfile: settings.gatewayProfile,
    model: settings.model,
    acceptAgreement: false,
    justAttached,
    here: target.host,
    machine: await detectMachine({ environment }),
    timeoutSeconds: settings.timeoutSeconds,
    callerEnvironment: environment,
  };
}

/** The role of which a receipt says that it got the policy. */
function roleOf(receipt: Receipt | null): string | null {
  const entry = receipt?.entries.findLast(
    (one) => one.step === 'permission-policy' && one.status === 'applied',
  );
  const op = entry?.op as { readonly roleName?: unknown } | undefined;
  return typeof op?.roleName === 'string' ? op.roleName : null;
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
  return runChecks(await contextFor(runtime, target, expected, justAttached), await portsFor(runtime));
}

/** What is expected where only the host can be looked at: a role that was named, or that a receipt tells of. */
function expectedOnHost({ settings }: Runtime, target: Target, receipt: Receipt | null): Expected {
  const named = settings.roleName === defaultRoleName ? null : settings.roleName;
  return {
    account: target.here?.account ?? null,
    partition: null,
    roleName: named ?? roleOf(receipt),
    profileArn: null,
  };
}

/** Runs the checks by themselves. */
export async function verifyFindings(
  runtime: Runtime,
  target: Target,
  receipt: Receipt | null,
): Promise<readonly Finding[]> {
  const expected = expectedOnHost(runtime, target, receipt);
  return runChecks(await contextFor(runtime, target, expected, false), await portsFor(runtime));
}
