import { isAtLeast, eraOf, parseOpenClawVersion } from '../../core/openclaw-era.js';
import type { FileReader } from '../../ports/files.js';
import type { HostUser } from '../../ports/host.js';
import type {
  ConfigEdit,
  OpenClawInstallation,
  OpenClawModels,
  OpenClawWriter,
} from '../../ports/openclaw.js';
import type { Systemctl } from '../gateway-env/index.js';
import { listModels } from './openclaw-models.js';
import { mergeIntoBlocks, openClawPaths, parseConfig } from './openclaw-config.js';
import { findPlugin, pluginPackage } from './openclaw-plugin.js';
import type { RunProgram } from './openclaw-program.js';
import { findProgram, makeRunner, programFailed } from './openclaw-program.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** What OpenClaw's adapter needs. */
export interface OpenClawOptions {
  readonly environment: Environment;
  readonly user: HostUser;
  readonly files: FileReader;
  readonly systemctl: Systemctl;
}

/** Seconds: OpenClaw resolves a model while it writes one, which takes fifteen; a plug-in is fetched from a registry. */
const bounds = { version: 20, write: 120, install: 300, restart: 60 } as const;

class OpenClaw implements OpenClawWriter {
  readonly #options: OpenClawOptions;
  readonly #paths: ReturnType<typeof openClawPaths>;
  #found: Promise<{ readonly run: RunProgram; readonly installation: OpenClawInstallation } | null> | null =
    null;

  constructor(options: OpenClawOptions) {
    this.#options = options;
    this.#paths = openClawPaths(options.environment, options.user);
  }

  async installation(): Promise<OpenClawInstallation | null> {
    return (await this.#find())?.installation ?? null;
  }

  async readConfig(): ReturnType<OpenClawWriter['readConfig']> {
    const { configPath } = this.#paths;
    const file = await this.#options.files.read(configPath);
    return file === null ? null : parseConfig(configPath, file.bytes);
  }

  async pluginState(): ReturnType<OpenClawWriter['pluginState']> {
    const installation = await this.installation();
    if (installation === null) return 'missing';
    if (eraOf(installation.version) !== 'external') return 'bundled';
    const config = await this.readConfig();
    return (await findPlugin(this.#options.files, this.#paths.stateFolder, config)) ? 'installed' : 'missing';
  }

  async runningGateways(): Promise<readonly string[]> {
    const listed = await this.#options.systemctl([
      'list-units',
      'openclaw-gateway*.service',
      '--state=active',
      '--plain',
      '--no-legend',
    ]);
    return (listed ?? '')
      .split('\n')
      .flatMap((line) => /^(openclaw-gateway[\w@.-]*\.service)\s/u.exec(line)?.[1] ?? []);
  }

  async listBedrockModels(timeoutSeconds: number): Promise<OpenClawModels> {
    const found = await this.#need();
    const { stateFolder } = this.#paths;
    return listModels({
      run: found.run,
      version: found.installation.version,
      files: this.#options.files,
      stateFolder,
      timeoutSeconds,
    });
  }

  async setConfig(edits: readonly ConfigEdit[]): Promise<void> {
    const { run, installation } = await this.#need();
    for (const edit of edits.filter(({ value }) => value === undefined))
      await this.#run(run, ['config', 'unset', edit.path.join('.')], bounds.write);
    const sets = edits.filter(({ value }) => value !== undefined);
    if (sets.length === 0) return;
    if (isAtLeast(installation.version, [2026, 9, 0])) {
      const batch = sets.map(({ path, value }) => ({ path: path.join('.'), value }));
      await this.#run(run, ['config', 'set', '--batch-json', JSON.stringify(batch)], bounds.write);
      return;
    }
    for (const { path, value } of mergeIntoBlocks((await this.readConfig()) ?? {}, sets)) {
      await this.#run(run, ['config', 'set', path.join('.'), JSON.stringify(value), '--json'], bounds.write);
    }
  }

  async installPlugin(): Promise<void> {
    const { run, installation } = await this.#need();
    const consent = isAtLeast(installation.version, [2026, 9, 0]) ? ['--accept-capabilities'] : [];
    await this.#run(run, ['plugins', 'install', pluginPackage, ...consent], bounds.install);
  }

  async removePlugin(): Promise<void> {
    const { run } = await this.#need();
    await this.#run(run, ['plugins', 'uninstall', 'amazon-bedrock', '--force'], bounds.install);
  }

  async restartGateway(unit: string): Promise<void> {
    const answer = await this.#options.systemctl(['restart', unit]);
    if (answer === null)
      throw programFailed(['(systemctl --user restart', `${unit})`], { exitCode: 1, stdout: '', stderr: '' });
  }

  async #run(run: RunProgram, words: readonly string[], seconds: number): Promise<void> {
    const result = await run(words, seconds);
    if (result.exitCode !== 0) throw programFailed(words, result);
  }

  async #need(): Promise<{ readonly run: RunProgram; readonly installation: OpenClawInstallation }> {
    const found = await this.#find();
    if (found === null)
      throw programFailed(['--version'], {
        exitCode: 127,
        stdout: '',
        stderr: 'there is no openclaw on the path',
      });
    return found;
  }

  async #find(): Promise<{ readonly run: RunProgram; readonly installation: OpenClawInstallation } | null> {
    this.#found ??= this.#look();
    return this.#found;
  }

  async #look(): Promise<{ readonly run: RunProgram; readonly installation: OpenClawInstallation } | null> {
    const { environment, user } = this.#options;
    const path = await findProgram(environment, user);
    if (path === null) return null;
    const run = makeRunner(path, environment, user);
    const result = await run(['--version'], bounds.version);
    const version = parseOpenClawVersion(result.stdout);
    if (result.exitCode !== 0 || version === null) throw programFailed(['--version'], result);
    return { run, installation: { version, ...this.#paths } };
  }
}

/** OpenClaw through its own program and files. Errors: OPENCLAW_FAILED, OPENCLAW_CONFIG_INVALID. */
export function createOpenClaw(options: OpenClawOptions): OpenClawWriter {
  return new OpenClaw(options);
}
