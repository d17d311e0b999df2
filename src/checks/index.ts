import type { Finding } from '../core/finding.js';
import { bedrockModelOf } from '../core/openclaw/config.js';
import { roleMarker } from '../core/settings.js';
import { explainCode } from '../failures/index.js';
import type { GatewayProbe } from '../ports/gateway-probe.js';
import { checkAgentTurn } from './agent-turn.js';
import { awayFindings } from './away.js';
import { checkBedrock, skipBedrock } from './bedrock.js';
import type { CheckContext, CheckPorts } from './context.js';
import { failureContext, isInstance, wantsRole } from './context.js';
import { explained, isGood, skipped } from './finding.js';
import type { EnvironmentResult } from './gateway-environment.js';
import { checkEnvFile } from './env-file.js';
import { checkGatewayEnvironment } from './gateway-environment.js';
import { checkIdentity } from './identity.js';
import type { MetadataResult } from './metadata.js';
import type { ListingsResult } from './listings.js';
import { checkListings } from './listings.js';
import { checkMetadata } from './metadata.js';
import { checkOpenClaw } from './openclaw.js';
import type { OpenClawSettings } from './openclaw-config.js';
import { readOpenClawSettings } from './openclaw-config.js';

export type { CheckContext, CheckPorts } from './context.js';
export type { MetadataRole } from './metadata-role.js';
export { firstMetadataRole } from './metadata-role.js';

/** Seconds that one call to AWS may take, retries included, so that all of them together stay below a minute. */
const callSeconds = 12;

/** Why AWS need not be asked at all, or `null`. */
function reasonNotToAsk(
  context: CheckContext,
  metadata: MetadataResult,
  environment: EnvironmentResult,
): string | null {
  const failed = metadata.findings.find(({ status }) => status === 'fail');
  if (failed === undefined || environment.shadow !== null) return null;
  return wantsRole(context) && environment.chain[0]?.kind === 'role of the instance'
    ? `the instance hands out no credentials: ${failed.id} failed`
    : null;
}

/** Why Bedrock need not be asked although somebody is there, or `null`. */
function reasonNotToCall(identity: Finding, { shadow }: EnvironmentResult): string | null {
  if (shadow?.code === 'SHADOWED_BY_BEARER')
    return 'Bedrock would answer to the bearer token, which says nothing about the role';
  return isGood(identity) ? null : 'the gateway does not call as the role that is meant';
}

async function checkAws(
  context: CheckContext,
  ports: CheckPorts,
  probe: GatewayProbe,
  metadata: MetadataResult,
  environment: EnvironmentResult,
  settings: OpenClawSettings,
): Promise<readonly Finding[]> {
  const list = async (): Promise<ListingsResult> => checkListings(context, ports, probe);
  // The lists are free too, so they are asked for beside the identity, unless it is known to be another's.
  const early = environment.shadow === null ? list() : null;
  early?.catch(() => undefined);
  const identity = await checkIdentity(context, probe, metadata.roleName, environment.shadow);
  const reason = reasonNotToCall(identity, environment);
  if (reason !== null) return [identity, ...skipBedrock(context, reason), skipped('openclaw', reason)];
  const bedrock = await checkBedrock(context, ports, probe, early ?? list(), async () =>
    environment.finding.status === 'fail'
      ? skipped('openclaw', 'not asked, because gateway-env failed')
      : checkOpenClaw(context, ports.openclaw, settings),
  );
  return [identity, ...bedrock];
}

/**
 * A host that is no EC2 instance has no role; where the gateway is to use one, and no other source of credentials is there,
 * that is the failure. Where it is to use a named profile, the identity says what is wrong with that.
 */
function withUnreachable(
  metadata: MetadataResult,
  context: CheckContext,
  { chain }: EnvironmentResult,
): MetadataResult {
  const meansRole = context.gatewayProfile === roleMarker && chain[0]?.kind === 'role of the instance';
  if (isInstance(context) || !meansRole) return metadata;
  const words = 'this host is not an EC2 instance, and no other credentials are set up';
  const failed = explained(
    'metadata',
    'fail',
    explainCode('IMDS_UNREACHABLE', words, failureContext(context)),
  );
  return { ...metadata, findings: [failed, ...metadata.findings.slice(1)] };
}

/** Where no model was named, the one that has to answer is OpenClaw's own primary one. */
function withPrimary(context: CheckContext, { primary }: OpenClawSettings): CheckContext {
  return primary === null || context.model !== null
    ? context
    : { ...context, model: bedrockModelOf(primary) };
}

/** Everything about the gateway's own place that is needed before AWS is asked. */
interface Place {
  readonly environment: EnvironmentResult;
  readonly envFile: readonly Finding[];
  readonly settings: OpenClawSettings;
  readonly variables: Readonly<Record<string, string>>;
}

async function readPlace(context: CheckContext, ports: CheckPorts): Promise<Place> {
  const [gateway, settings] = await Promise.all([
    ports.environment.read(),
    readOpenClawSettings(ports.openclaw),
  ]);
  const environment = checkGatewayEnvironment(context, gateway, settings);
  return { environment, envFile: checkEnvFile(context, gateway), settings, variables: gateway.variables };
}

async function checkBehind(
  asked: MetadataResult,
  { environment, envFile, settings, variables }: Place,
  context: CheckContext,
  ports: CheckPorts,
  probe: GatewayProbe,
): Promise<readonly Finding[]> {
  const metadata = withUnreachable(asked, context, environment);
  const found = [...metadata.findings, environment.finding, ...envFile];
  const nobody = isInstance(context) ? null : metadata.findings.find(({ status }) => status === 'fail');
  const reason =
    nobody === null || nobody === undefined ? reasonNotToAsk(context, metadata, environment) : nobody.message;
  if (reason !== null)
    return [
      ...found,
      skipped('identity', reason),
      ...skipBedrock(context, reason),
      skipped('openclaw', reason),
      ...(context.agentTurn ? [skipped('agent-turn', reason)] : []),
    ];
  const findings = [...found, ...(await checkAws(context, ports, probe, metadata, environment, settings))];
  const turn = await checkAgentTurn(context, ports.openclaw, settings, variables, findings);
  return [...findings, ...turn];
}

/**
 * Runs all checks and gives their findings in the order of {@link Finding.id}'s list. What a failure makes pointless is
 * skipped with the reason; nothing billable is asked before everything free has passed. Writes nothing. The probe gets ready
 * while the instance metadata is read or waited for, and asks nothing before that is done.
 */
export async function runChecks(context: CheckContext, ports: CheckPorts): Promise<readonly Finding[]> {
  if (!context.here) return awayFindings(context);
  const asking = checkMetadata(context, ports);
  // Who reads the place may fail first; then nobody is left to hear of this.
  asking.catch(() => undefined);
  const place = await readPlace(context, ports);
  const milliseconds = (context.timeoutSeconds ?? callSeconds) * 1000;
  const probe = await ports.openProbe(place.environment.region, milliseconds);
  try {
    return await checkBehind(await asking, place, withPrimary(context, place.settings), ports, probe);
  } finally {
    await probe.close();
  }
}
