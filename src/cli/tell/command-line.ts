import { shellWord } from '../../core/text/shell-word.js';
import type { CommandName, PolicyChoice, RenderKind, Settings } from '../../core/settings.js';
import { defaultRoleName, farDefaults, roleMarker } from '../../core/settings.js';
import { flagOf } from '../arguments/flag-table.js';
import { anywhere } from '../arguments/program.js';
import type { Target } from '../look/target.js';
import type { GivenFlag } from './given-flags.js';
import { switched, valued, wordsOf } from './given-flags.js';
import { instanceFlags } from './instance-flags.js';

function lineOf(program: string, words: readonly string[]): string {
  return [program, ...words.map(shellWord)].join(' ');
}

/** Discovery, as far as it is asked for. */
function discoveryFlags({ discovery }: Settings): readonly GivenFlag[] {
  return [
    ...valued('--provider-filter', discovery.providerFilter?.join(',')),
    ...valued('--refresh-interval', discovery.refreshInterval),
    ...valued('--default-context-window', discovery.defaultContextWindow),
    ...valued('--default-max-tokens', discovery.defaultMaxTokens),
  ];
}

function policyWord(policy: PolicyChoice): string | null {
  if (policy.kind === 'managed') return policy.arn;
  return policy.kind === 'invoke' && policy.unasked === true ? null : policy.kind;
}

/** The flags with which a run like this one is repeated, in the order of the help. */
function flagsOf(settings: Settings, region: string): readonly GivenFlag[] {
  const { policy, enroll, resourceTags } = settings;
  return [
    ['--region', region],
    ...valued('--profile', settings.profile),
    ...valued('--role-name', settings.roleName, defaultRoleName),
    ...valued('--policy', policyWord(policy)),
    ...valued('--model', settings.model),
    ...valued('--permissions-boundary', settings.permissionsBoundary),
    ...Object.entries(resourceTags).flatMap(([key, value]) => valued('--resource-tag', `${key}=${value}`)),
    ...switched('--accept-model-agreement', settings.acceptModelAgreement),
    ...valued('--use-case', settings.useCase),
    ...switched('--replace-profile', settings.replaceProfile),
    ...valued('--hop-limit', settings.hopLimit),
    ...switched('--ssm', settings.ssm),
    ...valued('--enroll', enroll === null ? null : `${enroll.key}=${enroll.value}`),
    ...valued('--gateway-profile', settings.gatewayProfile, roleMarker),
    ...discoveryFlags(settings),
    ...switched('--mock', settings.mock),
  ];
}

/** Which halves were asked for, and whose host is meant; how hosts are reached from afar, where they are. */
function placeFlags(settings: Settings): readonly GivenFlag[] {
  const { cloud, host, openclawUser, toolSource, maxConcurrency, maxErrors, hostTimeoutSeconds } = settings;
  const place = [
    ...valued('--cloud', cloud, 'auto'),
    ...valued('--host', host, 'auto'),
    ...valued('--openclaw-user', openclawUser),
  ];
  if (host !== 'ssm') return place;
  return [
    ...place,
    ...valued('--tool-source', toolSource),
    ...valued('--max-concurrency', maxConcurrency, farDefaults.maxConcurrency),
    ...valued('--max-errors', maxErrors, farDefaults.maxErrors),
    ...valued('--host-timeout', hostTimeoutSeconds, farDefaults.hostTimeoutSeconds),
  ];
}

/** The flags that mean these instances again: the one that was found, else those that were asked for. */
function meant(settings: Settings, { instanceId }: Target): readonly GivenFlag[] {
  return instanceId === null ? instanceFlags(settings) : valued('--instance-id', instanceId);
}

/** The command that repeats or continues this run, ready to paste. */
export function commandLine(settings: Settings, target: Target, command: CommandName): string {
  const { region } = target;
  const keeps = command === 'setup' || command === 'plan';
  const flags: readonly GivenFlag[] = keeps
    ? [...flagsOf(settings, region), ...placeFlags(settings)]
    : [
        ['--region', region],
        ...valued('--profile', settings.profile),
        ...switched('--mock', settings.mock),
        ...(settings.host === 'ssm' ? placeFlags(settings) : []),
      ];
  const instances = meant(settings, target);
  const words = [...(command === 'setup' ? [] : [command]), ...wordsOf([...instances, ...flags])];
  return lineOf(settings.program, words);
}

/** What the host's half is asked with on the instance; without a region it takes the instance's own. */
export function hostWords(
  settings: Settings,
  region: string | null,
  command: 'setup' | 'verify' = 'setup',
): readonly string[] {
  return wordsOf([
    ['--cloud', 'skip'],
    ...valued('--region', region),
    ...valued('--model', settings.model),
    ...valued('--gateway-profile', settings.gatewayProfile, roleMarker),
    ...(command === 'setup' ? discoveryFlags(settings) : []),
    ...switched('--accept-model-agreement', settings.acceptModelAgreement),
  ]);
}

/** The command that does the host's half on the instance itself, with this very version. */
export function hostCommandLine(settings: Settings, target: Target): string {
  return lineOf(anywhere, hostWords(settings, target.region));
}

/** The command that runs the checks on the instance itself, with this very version. */
export function hostVerifyLine(target: Target): string {
  return lineOf(anywhere, ['verify', '--region', target.region]);
}

/** The command that does the account's half where somebody is signed in, e.g. in CloudShell. */
export function cloudCommandLine(settings: Settings, target: Target): string {
  const flags = flagsOf({ ...settings, profile: null, mock: false }, target.region);
  return lineOf(anywhere, wordsOf([...meant(settings, target), ...flags]));
}

/** The command that prints the same in another form where somebody is signed in, with what `render` takes of a run's flags. */
export function renderLine(settings: Settings, target: Target, kind: RenderKind): string {
  const flags = [...meant(settings, target), ...flagsOf({ ...settings, profile: null }, target.region)];
  const taken = flags.filter(([flag]) => flagOf(flag.slice(2))?.commands.includes('render') === true);
  return lineOf(anywhere, ['render', kind, ...wordsOf(taken)]);
}

/** What was asked for, to be done where somebody is signed in: the account's half of a set-up, or the same look, undo or text. */
export function signedInCommandLine(settings: Settings, target: Target): string {
  const { command, render } = settings;
  if (render !== null) return renderLine(settings, target, render);
  if (command !== 'plan' && command !== 'verify' && command !== 'undo')
    return cloudCommandLine(settings, target);
  const there = { ...settings, program: anywhere, profile: null, openclawUser: null, mock: false };
  return commandLine({ ...there, host: 'auto', cloud: 'auto' }, target, command);
}
