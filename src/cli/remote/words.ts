import { defaultRoleName } from '../../core/settings.js';
import type { Settings } from '../../core/settings.js';
import { version } from '../../version.js';
import { hostWords } from '../tell/command-line.js';

/** What can be done on hosts from afar. */
export type HostCommand = 'setup' | 'verify' | 'undo';

function pair(flag: string, value: string | number | null): readonly string[] {
  return value === null ? [] : [flag, String(value)];
}

/** What the tool is asked with on a host; it never asks back. */
export function remoteWords(
  settings: Settings,
  command: HostCommand,
  region: string | null,
  roleName: string | null,
): readonly string[] {
  const { restartGateway, timeoutSeconds } = settings;
  const gateway = restartGateway === null ? [] : [`--${restartGateway ? '' : 'no-'}restart-gateway`];
  const limit = pair('--timeout', timeoutSeconds);
  const always = ['--host', 'local', '--yes', '--no-input', '--json'];
  if (command === 'undo') return ['undo', '--cloud', 'skip', ...always, ...limit, ...gateway];
  const known = roleName === null || roleName === defaultRoleName ? [] : ['--role-name', roleName];
  const words = [command, ...hostWords(settings, region), ...known, ...always, ...limit];
  if (command === 'setup') return [...words, ...gateway];
  const onlySetup = [
    '--provider-filter',
    '--refresh-interval',
    '--default-context-window',
    '--default-max-tokens',
  ];
  const kept = words.filter(
    (word, index) => ![word, words[index - 1]].some((one) => onlySetup.includes(one ?? '')),
  );
  return [...kept, ...(settings.agentTurn ? ['--agent-turn'] : [])];
}

/** What npx on a host fetches the tool from: this very version, unless the user has it elsewhere. */
export function toolSource({ toolSource: given }: Settings): string {
  return given ?? `openclaw-bedrock-setup@${version}`;
}
