import type { Json } from './json.js';

/** What is known of the OpenClaw that is installed. */
export interface OpenClawInstallation {
  /** As `openclaw --version` has it, e.g. `2026.9.6`. */
  readonly version: string;
  /** Absolute path of its config file, whether or not it exists. */
  readonly configPath: string;
  /** Its state folder (`~/.openclaw`), where `.env` is read. */
  readonly stateFolder: string;
}

/** One value to set in OpenClaw's config; `value: undefined` removes it. */
export interface ConfigEdit {
  readonly path: readonly string[];
  readonly value: Json | undefined;
}

/** A plug-in's state on the host. */
export type PluginState = 'installed' | 'missing' | 'bundled';

/** OpenClaw for whoever only looks. Each method says how many processes it starts. */
export interface OpenClawReader {
  /** `null` when there is no working `openclaw` on the path. At most one process (`--version`) the first time, none after. */
  installation(): Promise<OpenClawInstallation | null>;
  /** The config as the file has it, parsed as JSON5; `null` when there is no file. No process. */
  readConfig(): Promise<{ readonly [key: string]: Json | undefined } | null>;
  /** Whether the external Bedrock plug-in is there (looked up in OpenClaw's folders). No process. */
  pluginState(): Promise<PluginState>;
  /** Names of the running gateway's user units, empty when none runs or there is no user bus. */
  runningGateways(): Promise<readonly string[]>;
  /** Bedrock models that OpenClaw itself lists, with the way that was used to ask. Seconds; one process. */
  listBedrockModels(timeoutSeconds: number): Promise<OpenClawModels>;
  /** One turn of the embedded agent with these variables. Costs some thousand tokens; one process, which keeps a session. */
  runTurn(variables: Readonly<Record<string, string>>, timeoutSeconds: number): Promise<OpenClawTurn>;
}

/** OpenClaw's own answer to what Bedrock models it sees. */
export interface OpenClawModels {
  /** The command that was run, as a person would type it. */
  readonly command: string;
  readonly exitCode: number;
  /** Keys such as `amazon-bedrock/us.amazon.nova-micro-v1:0`. */
  readonly keys: readonly string[];
  /** Which of the keys come from discovery, where the version lets one tell; `null` where it does not. */
  readonly discovered: readonly string[] | null;
  /** The last lines of standard error, secrets removed. */
  readonly stderr: string;
}

/** What came of one turn of OpenClaw's agent. */
export interface OpenClawTurn {
  /** As a person would type it. */
  readonly command: string;
  readonly exitCode: number;
  /** Who answered, e.g. `amazon-bedrock`; `null` where nothing says so. */
  readonly provider: string | null;
  readonly model: string | null;
  /** The answer, or the error that stands in its place. */
  readonly text: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** The last lines of standard error, secrets removed. */
  readonly stderr: string;
}

/** OpenClaw for whoever may change it. */
export interface OpenClawWriter extends OpenClawReader {
  /**
   * A config with the edits made, as OpenClaw takes it: its own `config set` runs on a private copy, so that its schema
   * has the last word, and what it leaves there is the answer. `config` is the file's content, `null` where there is none.
   * The real file is untouched. One process, however many edits. Throws OPENCLAW_REFUSED with OpenClaw's reason.
   */
  setConfig(config: Uint8Array | null, edits: readonly ConfigEdit[]): Promise<Uint8Array>;
  /**
   * Installs the Bedrock plug-in that fits the installed version. Gives what the config is to be afterwards, `null` where it stays as it is;
   * the real file is untouched. One process, two where the registry has no plug-in of the very same version.
   */
  installPlugin(config: Uint8Array | null): Promise<Uint8Array | null>;
  /** Removes it again. The real config is untouched. One process. */
  removePlugin(config: Uint8Array | null): Promise<void>;
  restartGateway(unit: string): Promise<void>;
}
