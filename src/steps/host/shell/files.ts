import { isAbsolute, join } from 'node:path';
import type { FileReader } from '../../../ports/files.js';
import type { HostReader, ShellName } from '../../../ports/host.js';

/** The files by which a user's shell gets its variables. */
export interface ShellFiles {
  /** Those that get our block: together they reach interactive and login shells. */
  readonly written: readonly string[];
  /** Where people put such lines by hand; if they are all in one of these, nothing is written. */
  readonly byHand: readonly string[];
  /** Read after the block, so that a line there wins over it. */
  readonly later: readonly string[];
}

/** Which files the shell really reads on this host. */
export async function shellFiles(shell: ShellName, home: string, host: HostReader): Promise<ShellFiles> {
  if (shell === 'bash') return bashFiles(home, host.files);
  if (shell === 'zsh') return zshFiles(home, host);
  // One that is empty or relative counts for none (XDG Base Directory Specification).
  const given = host.environment['XDG_CONFIG_HOME'] ?? '';
  const config = join(isAbsolute(given) ? given : join(home, '.config'), 'fish');
  const own = join(config, 'conf.d', 'openclaw-bedrock-setup.fish');
  const main = join(config, 'config.fish');
  return { written: [own], byHand: [main], later: [main] };
}

/**
 * bash(1), "Invocation": an interactive shell reads ~/.bashrc, a login shell the first of three others. A login file
 * that reads ~/.bashrc is not enough: Debian's returns early where the shell is not interactive.
 */
async function bashFiles(home: string, files: FileReader): Promise<ShellFiles> {
  const interactive = join(home, '.bashrc');
  const candidates = ['.bash_profile', '.bash_login', '.profile'].map((name) => join(home, name));
  let login = join(home, '.profile');
  for (const candidate of candidates.toReversed()) {
    if (await files.exists(candidate)) login = candidate;
  }
  return { written: [interactive, login], byHand: [interactive], later: [] };
}

/**
 * zsh reads .zshenv in every shell, .zshrc only in interactive and .zprofile only in login ones (zsh manual,
 * "Startup/Shutdown Files"). It lies in $ZDOTDIR where that is set before zsh starts; a ~/.zshenv that sets it itself is
 * still read by a fresh login.
 */
async function zshFiles(home: string, { environment, files }: HostReader): Promise<ShellFiles> {
  const ownEnv = join(home, '.zshenv');
  const folder = environment['ZDOTDIR'];
  if (folder === undefined || folder === '' || folder === home) {
    return { written: [ownEnv], byHand: [ownEnv, join(home, '.zshrc')], later: [join(home, '.zshrc')] };
  }
  const env = join(folder, '.zshenv');
  const interactive = join(folder, '.zshrc');
  const written = (await files.exists(ownEnv)) ? [env, ownEnv] : [env];
  return { written, byHand: [env, interactive], later: [interactive] };
}
