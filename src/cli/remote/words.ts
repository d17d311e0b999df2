import { defaultRoleName } from '../../core/settings.js';
import type { Settings } from '../../core/settings.js';
import { thisTool } from '../../version.js';
import { hostWords } from '../tell/command-line.js';
import { valued, wordsOf } from '../tell/given-flags.js';

/** What can be done on hosts from afar. */
export type HostCommand = 'setup' | 'verify' | 'undo';

/** What the tool is asked with on a host; it never asks back. */
export function remoteWords(
  settings: Settings,
  command: HostCommand,
  region: string | null,
  roleName: string | null,
): readonly string[] {
  const { restartGateway, timeoutSeconds } = settings;
  const gateway = restartGateway === null ? [] : [`--${restartGateway ? '' : 'no-'}restart-gateway`];
  const always = ['--host', 'local', '--yes', '--no-input', '--json'];
  const limit = wordsOf(valued('--timeout', timeoutSeconds));
  if (command === 'undo') return ['undo', '--cloud', 'skip', ...always, ...limit, ...gateway];
  const role = wordsOf(valued('--role-name', roleName, defaultRoleName));
  const words = [command, ...hostWords(settings, region, command), ...role, ...always, ...limit];
  if (command === 'setup') return [...words, ...gateway];
  return settings.agentTurn ? [...words, '--agent-turn'] : words;
}

/** What npx on a host fetches the tool from: this very version, unless the user has it elsewhere. */
export function toolSource({ toolSource: given }: Settings): string {
  return given ?? thisTool;
}
