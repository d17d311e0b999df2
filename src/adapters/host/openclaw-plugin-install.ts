import { isAtLeast } from '../../core/openclaw/era.js';
import type { HostUser } from '../../ports/host.js';
import type { OpenClawInstallation } from '../../ports/openclaw.js';
import { isSameConfig, keepComments, parseConfig } from './openclaw-config.js';
import { pluginPackage } from './openclaw-plugin.js';
import type { ProgramResult, RunProgram } from './openclaw-program.js';
import { programFailed } from './openclaw-program.js';
import { variablesFor } from './openclaw-set.js';
import { withPrivateCopy } from './private-copy.js';

/** An OpenClaw that can be run, and for whom. */
interface Program {
  readonly run: RunProgram;
  readonly installation: OpenClawInstallation;
  readonly user: HostUser;
}

/** Seconds: a plug-in is fetched from a registry and its dependencies with it. */
const installSeconds = 300;

/**
 * Installs the Bedrock plug-in of OpenClaw's own version, else the newest. Gives the config that OpenClaw made of `config`, `null`
 * where it says the same as before. Throws OPENCLAW_FAILED, OPENCLAW_CONFIG_INVALID.
 */
export async function installPlugin(config: Uint8Array | null, program: Program): Promise<Uint8Array | null> {
  const { version } = program.installation;
  const consent = isAtLeast(version, [2026, 9, 0]) ? ['--accept-capabilities'] : [];
  const install = (spec: string): readonly string[] => ['plugins', 'install', ...consent, spec];
  return onCopy(config, [install(`${pluginPackage}@${version}`), install(pluginPackage)], program);
}

/** Removes the plug-in. What OpenClaw makes of `config` is left out. Throws OPENCLAW_FAILED, OPENCLAW_CONFIG_INVALID. */
export async function removePlugin(config: Uint8Array | null, program: Program): Promise<void> {
  await onCopy(config, [['plugins', 'uninstall', 'amazon-bedrock', '--force']], program);
}

/** Runs commands until one succeeds, on a private copy of the config; gives it if it says something else afterwards. */
async function onCopy(
  config: Uint8Array | null,
  attempts: readonly (readonly string[])[],
  { run, installation, user }: Program,
): Promise<Uint8Array | null> {
  const { configPath, stateFolder } = installation;
  return withPrivateCopy(config, user, async (copy) => {
    let result: ProgramResult | null = null;
    for (const words of attempts) {
      result = await run(words, installSeconds, variablesFor(copy, stateFolder));
      if (result.exitCode === 0) break;
    }
    const last = attempts.at(-1) ?? [];
    if (result === null || result.exitCode !== 0) throw programFailed(last, result);
    const after = await copy.read();
    if (after === null) return null;
    const before = config === null ? {} : parseConfig(configPath, config);
    if (isSameConfig(before, parseConfig(copy.path, after))) return null;
    return config === null ? after : keepComments(configPath, config, after);
  });
}
