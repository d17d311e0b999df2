import { eraOf, parseOpenClawVersion } from '../../core/openclaw/era.js';
import { failure } from '../../core/errors.js';
import type { FileReader } from '../../ports/files.js';
import type { HostUser } from '../../ports/host.js';
import type {
  ConfigEdit,
  OpenClawInstallation,
  OpenClawModels,
  OpenClawWriter,
} from '../../ports/openclaw.js';
import type { Gateways } from './gateways.js';
import { parseConfig } from './openclaw-config.js';
import { openClawPaths } from './openclaw-paths.js';
import { runTurn } from './openclaw-agent.js';
import { listModels } from './openclaw-models.js';
import { findPlugin } from './openclaw-plugin.js';
import { installPlugin, removePlugin } from './openclaw-plugin-install.js';
import type { RunProgram } from './openclaw-program.js';
import { findProgram, makeRunner, packagedVersion } from './openclaw-program.js';
import { setThroughOpenClaw } from './openclaw-set.js';
import type { Environment } from '../../ports/environment.js';

/** What OpenClaw's adapter needs. */
export interface OpenClawOptions {
  readonly environment: Environment;
  readonly user: HostUser;
  readonly files: FileReader;
  readonly gateways: Gateways;
  /** Absolute path of the program, where it is not to be looked for. */
  readonly program?: string;
}

/** Seconds for OpenClaw to say its version. */
const versionSeconds = 20;

interface Found {
  readonly run: RunProgram;
  readonly installation: OpenClawInstallation;
}

class OpenClaw implements OpenClawWriter {
  readonly #options: OpenClawOptions;
  readonly #paths: ReturnType<typeof openClawPaths>;
  #found: Promise<Found | null> | null = null;

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
    // Without OpenClaw the plug-in can be there all the same, which whoever takes it back must know.
    if (installation !== null && eraOf(installation.version) !== 'external') return 'bundled';
    const { files } = this.#options;
    const config = await this.readConfig().catch(() => null);
    return (await findPlugin(files, this.#paths.stateFolder, config)) ? 'installed' : 'missing';
  }

  async runningGateways(): Promise<readonly string[]> {
    return this.#options.gateways.running();
  }

  async restartGateway(unit: string): Promise<void> {
    return this.#options.gateways.restart(unit);
  }

  async listBedrockModels(timeoutSeconds: number): Promise<OpenClawModels> {
    const { run, installation } = await this.#need();
    const { version, stateFolder } = installation;
    return listModels({ run, version, files: this.#options.files, stateFolder, timeoutSeconds });
  }

  async runTurn(
    variables: Readonly<Record<string, string>>,
    timeoutSeconds: number,
  ): ReturnType<OpenClawWriter['runTurn']> {
    return runTurn((await this.#need()).run, variables, timeoutSeconds);
  }

  async setConfig(config: Uint8Array | null, edits: readonly ConfigEdit[]): Promise<Uint8Array> {
    const { run, installation } = await this.#need();
    const { user, files } = this.#options;
    const context = { run, era: eraOf(installation.version), ...this.#paths, files, user };
    return setThroughOpenClaw(config, edits, context);
  }

  async installPlugin(config: Uint8Array | null): Promise<Uint8Array | null> {
    const { run, installation } = await this.#need();
    return installPlugin(config, { run, installation, user: this.#options.user });
  }

  async removePlugin(config: Uint8Array | null): Promise<void> {
    const { run, installation } = await this.#need();
    await removePlugin(config, { run, installation, user: this.#options.user });
  }

  async #need(): Promise<Found> {
    const found = await this.#find();
    if (found !== null) return found;
    throw failure(
      'OPENCLAW_NOT_INSTALLED',
      'no working openclaw was found on the PATH of the user whose gateway is meant',
      'only OpenClaw itself can say whether it takes a config',
      'install it with "npm install -g openclaw@latest" (it needs Node.js 24.16 or newer), then run again',
    );
  }

  async #find(): Promise<Found | null> {
    this.#found ??= this.#look();
    return this.#found;
  }

  async #look(): Promise<Found | null> {
    const { environment, user, program } = this.#options;
    const path = program ?? (await findProgram(environment, user));
    if (path === null) return null;
    const run = makeRunner(path, environment, user);
    const version = (await packagedVersion(path)) ?? (await askVersion(run));
    return version === null ? null : { run, installation: { version, ...this.#paths } };
  }
}

async function askVersion(run: RunProgram): Promise<string | null> {
  const { exitCode, stdout } = await run(['--version'], versionSeconds);
  return exitCode === 0 ? parseOpenClawVersion(stdout) : null;
}

/**
 * OpenClaw through its own program and files. Errors: OPENCLAW_NOT_INSTALLED, OPENCLAW_FAILED, OPENCLAW_REFUSED,
 * OPENCLAW_CONFIG_INVALID.
 */
export function createOpenClaw(options: OpenClawOptions): OpenClawWriter {
  return new OpenClaw(options);
}
