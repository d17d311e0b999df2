import type { CredentialSource } from '../core/environment/credential-source.js';
import { credentialSources } from '../core/environment/credential-source.js';
import { shownProfile } from '../core/environment/shown.js';
import type { Finding } from '../core/finding.js';
import { displayPath } from '../core/text/display-path.js';
import type { Explanation } from '../failures/index.js';
import { explainCode } from '../failures/index.js';
import type { GatewayEnvironment, VariableSource } from '../ports/gateway-environment.js';
import type { CheckContext } from './context.js';
import { failureContext, wantsRole } from './context.js';
import { environmentDetail, placeOf } from './environment-report.js';
import { explained, passed } from './finding.js';
import type { Trouble } from './gateway-region.js';
import { checkRegions, regionOf } from './gateway-region.js';
import type { OpenClawSettings } from './openclaw-config.js';

/** The gateway's environment, judged. */
export interface EnvironmentResult {
  readonly finding: Finding;
  /** The sources of credentials in their order. */
  readonly chain: readonly CredentialSource[];
  /** The failure that the source which hides the role comes to, or `null` where none does. */
  readonly shadow: Explanation | null;
  /** The region in which the gateway calls Bedrock. */
  readonly region: string;
}

function isSet({ variables }: GatewayEnvironment, name: string): boolean {
  return (variables[name] ?? '').trim() !== '';
}

function whereInstead(
  names: readonly string[],
  context: CheckContext,
  environment: GatewayEnvironment,
): string {
  const inProfile = environment.shellProfiles.find(({ name }) => names.includes(name));
  if (inProfile !== undefined)
    return `${inProfile.name} stands in ${placeOf(inProfile, environment)}, a shell profile, which a service never reads`;
  const inShell = names.find((name) => (context.callerEnvironment[name] ?? '') !== '');
  if (inShell !== undefined) return `${inShell} is set in this shell only`;
  return 'it is set nowhere that the gateway reads';
}

/** OpenClaw needs a marker of credentials, and a region that its calls and its discovery share. */
function checkReach(
  context: CheckContext,
  environment: GatewayEnvironment,
  settings: OpenClawSettings,
): readonly Trouble[] {
  const marked =
    isSet(environment, 'AWS_PROFILE') ||
    isSet(environment, 'AWS_BEARER_TOKEN_BEDROCK') ||
    (isSet(environment, 'AWS_ACCESS_KEY_ID') && isSet(environment, 'AWS_SECRET_ACCESS_KEY'));
  const located = regionOf(environment) !== null;
  const missing = [...(marked ? [] : ['AWS_PROFILE']), ...(located ? [] : ['AWS_REGION'])];
  if (missing.length === 0) return [];
  const lines = missing.map((name) =>
    name === 'AWS_PROFILE' ? `AWS_PROFILE=${context.gatewayProfile}` : `AWS_REGION=${context.region}`,
  );
  const explanation = explainCode(
    'GATEWAY_ENV',
    `${missing.join(' and ')} ${missing.length === 1 ? 'does' : 'do'} not reach the gateway`,
    failureContext(context, {
      missing: missing.join(' and '),
      seen: whereInstead(missing, context, environment),
      lines: lines.join(' and '),
      envFile: displayPath(environment.envFile, environment.variables['HOME']),
    }),
  );
  const harmless = marked && settings.region !== null && settings.era !== 'core';
  return [{ status: harmless ? 'warn' : 'fail', explanation }];
}

function shadowWords(kind: string, at: VariableSource | null, environment: GatewayEnvironment): string {
  return at === null ? kind : `${kind}: ${at.name} in ${placeOf(at, environment)}`;
}

/** The source that stands before the role of the instance, in the words of the catalogue. */
function explainShadow(
  context: CheckContext,
  environment: GatewayEnvironment,
  [first]: readonly CredentialSource[],
): Explanation | null {
  if (first === undefined || first.shadow === null || !wantsRole(context)) return null;
  const where = first.at === null ? 'the environment' : placeOf(first.at, environment);
  return explainCode(
    first.shadow,
    `the gateway does not use the role: ${shadowWords(first.kind, first.at, environment)}`,
    failureContext(context, { where }),
  );
}

/** What was set up must be what the gateway reads. */
function checkFolder(context: CheckContext, environment: GatewayEnvironment): readonly Trouble[] {
  const { otherFolder: seen, envFile, variables } = environment;
  if (seen === undefined) return [];
  const known = failureContext(context, { seen, envFile: displayPath(envFile, variables['HOME']) });
  const explanation = explainCode('GATEWAY_ELSEWHERE', `the gateway keeps its things in ${seen}`, known);
  return [{ status: 'fail', explanation }];
}

function checkProfileSection(context: CheckContext, { profile }: GatewayEnvironment): readonly Trouble[] {
  if (!profile.named || profile.inConfig) return [];
  const message = `AWS_PROFILE=${shownProfile(profile.name)}, but ~/.aws/config has no such section`;
  const explanation = explainCode('CLI_PROFILE_MISSING', message, failureContext(context));
  return [{ status: 'warn', explanation }];
}

/**
 * Judges the gateway's environment: whether profile and region reach it, what stands before the role of the instance,
 * whether the regions agree. The worst is the finding; everything else is in its detail.
 */
export function checkGatewayEnvironment(
  context: CheckContext,
  environment: GatewayEnvironment,
  settings: OpenClawSettings,
): EnvironmentResult {
  const chain = credentialSources(environment);
  const shadow = explainShadow(context, environment, chain);
  const certain = chain[0]?.final === true;
  const troubles: readonly Trouble[] = [
    ...checkFolder(context, environment),
    ...checkReach(context, environment, settings),
    ...(shadow === null ? [] : [{ status: certain ? 'fail' : 'warn', explanation: shadow } as const]),
    ...checkProfileSection(context, environment),
    ...checkRegions(context, environment, settings),
  ];
  const worst = troubles.find(({ status }) => status === 'fail') ?? troubles[0];
  const others = troubles.flatMap((one) =>
    one === worst ? [] : [`${one.explanation.code}: ${one.explanation.message}`],
  );
  const proxies = settings.proxies.map((proxy) => `reached through a proxy, which is left alone: ${proxy}`);
  const detail = [...others, environmentDetail(context, environment, chain), ...proxies].join('\n');
  const first = chain[0]?.kind ?? 'nothing';
  return {
    finding:
      worst === undefined
        ? passed('gateway-env', `profile and region reach the gateway; credentials: ${first}`, detail)
        : explained('gateway-env', worst.status, worst.explanation, detail),
    chain,
    shadow,
    region: settings.region ?? regionOf(environment) ?? context.region,
  };
}
