import { shellWord } from '../../core/text/shell-word.js';
import type { CommandName, Settings } from '../../core/settings.js';
import { defaultRoleName, roleMarker } from '../../core/settings.js';
import { anywhere } from '../arguments/program.js';
import type { Target } from '../look/target.js';

function policyWord(settings: Settings): string {
  return settings.policy.kind === 'managed' ? settings.policy.arn : settings.policy.kind;
}

/** The flags with which a run like this one is repeated, in the order of the help. */
function flagWords(settings: Settings, region: string | null): readonly string[] {
  const pair = (name: string, value: string | number | null, otherwise: string | null): string[] =>
    value === null || String(value) === otherwise ? [] : [`--${name}`, String(value)];
  const { discovery } = settings;
  return [
    ...pair('region', region, null),
    ...pair('profile', settings.profile, null),
    ...pair('role-name', settings.roleName, defaultRoleName),
    ...pair('policy', policyWord(settings), 'invoke'),
    ...pair('model', settings.model, null),
    ...pair('permissions-boundary', settings.permissionsBoundary, null),
    ...Object.entries(settings.resourceTags).flatMap(([key, value]) => ['--resource-tag', `${key}=${value}`]),
    ...(settings.acceptModelAgreement ? ['--accept-model-agreement'] : []),
    ...pair('use-case', settings.useCase, null),
    ...(settings.replaceProfile ? ['--replace-profile'] : []),
    ...pair('hop-limit', settings.hopLimit, null),
    ...(settings.ssm ? ['--ssm'] : []),
    ...(settings.enroll === null ? [] : ['--enroll', `${settings.enroll.key}=${settings.enroll.value}`]),
    ...pair('gateway-profile', settings.gatewayProfile, roleMarker),
    ...pair('provider-filter', discovery.providerFilter?.join(',') ?? null, null),
    ...pair('refresh-interval', discovery.refreshInterval ?? null, null),
    ...pair('default-context-window', discovery.defaultContextWindow ?? null, null),
    ...pair('default-max-tokens', discovery.defaultMaxTokens ?? null, null),
    ...(settings.mock ? ['--mock'] : []),
  ];
}

/** How hosts are reached from afar, where it is not as by default. */
function fromAfarWords(settings: Settings): readonly string[] {
  const { toolSource, maxConcurrency, maxErrors, hostTimeoutSeconds } = settings;
  return [
    ...(toolSource === null ? [] : ['--tool-source', toolSource]),
    ...(maxConcurrency === '50' ? [] : ['--max-concurrency', maxConcurrency]),
    ...(maxErrors === '10%' ? [] : ['--max-errors', maxErrors]),
    ...(hostTimeoutSeconds === 900 ? [] : ['--host-timeout', String(hostTimeoutSeconds)]),
  ];
}

/** Which halves were asked for, and whose host is meant; left out where the default says the same. */
function placeWords(settings: Settings): readonly string[] {
  const { cloud, host, openclawUser } = settings;
  return [
    ...(cloud === 'auto' ? [] : ['--cloud', cloud]),
    ...(host === 'auto' ? [] : ['--host', host]),
    ...(openclawUser === null ? [] : ['--openclaw-user', openclawUser]),
    ...(host === 'ssm' ? fromAfarWords(settings) : []),
  ];
}

/** The command that repeats or continues this run, ready to paste. */
export function commandLine(settings: Settings, target: Target, command: CommandName): string {
  const instance = target.instanceId === null ? [] : ['--instance-id', target.instanceId];
  const keeps = command === 'setup' || command === 'plan';
  const flags = keeps
    ? [...flagWords(settings, target.region), ...placeWords(settings)]
    : [
        '--region',
        target.region,
        ...(settings.profile === null ? [] : ['--profile', settings.profile]),
        ...(settings.mock ? ['--mock'] : []),
        ...(settings.host === 'ssm' ? placeWords(settings) : []),
      ];
  const words = [...(command === 'setup' ? [] : [command]), ...instance, ...flags];
  return [settings.program, ...words.map(shellWord)].join(' ');
}

const hostFlags = new Set([
  '--model',
  '--gateway-profile',
  '--provider-filter',
  '--refresh-interval',
  '--default-context-window',
  '--default-max-tokens',
]);

/** What the host's half is asked with on the instance; without a region it takes the instance's own. */
export function hostWords(settings: Settings, region: string | null): readonly string[] {
  const all = flagWords(settings, region);
  const kept = all.flatMap((word, index) => (hostFlags.has(word) ? [word, all[index + 1] ?? ''] : []));
  const consent = settings.acceptModelAgreement ? ['--accept-model-agreement'] : [];
  return ['--cloud', 'skip', ...(region === null ? [] : ['--region', region]), ...kept, ...consent];
}

/** The command that does the host's half on the instance itself, with this very version. */
export function hostCommandLine(settings: Settings, target: Target): string {
  return [anywhere, ...hostWords(settings, target.region).map(shellWord)].join(' ');
}

/** The command that runs the checks on the instance itself, with this very version. */
export function hostVerifyLine(target: Target): string {
  return `${anywhere} verify --region ${target.region}`;
}

/** The command that does the account's half where somebody is signed in, e.g. in CloudShell. */
export function cloudCommandLine(settings: Settings, target: Target): string {
  const instance = target.instanceId === null ? [] : ['--instance-id', target.instanceId];
  const flags = flagWords({ ...settings, profile: null, mock: false }, target.region);
  return [anywhere, ...[...instance, ...flags].map(shellWord)].join(' ');
}

/** What was asked for, to be done where somebody is signed in: the account's half of a set-up, or the same look or undo. */
export function signedInCommandLine(settings: Settings, target: Target): string {
  const { command } = settings;
  if (command !== 'plan' && command !== 'verify' && command !== 'undo')
    return cloudCommandLine(settings, target);
  const there = { ...settings, program: anywhere, profile: null, openclawUser: null, mock: false };
  return commandLine({ ...there, host: 'auto', cloud: 'auto' }, target, command);
}
