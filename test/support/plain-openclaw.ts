import { join } from 'node:path';
import { parseConfig } from '../../src/adapters/host/openclaw-config.js';
import { editJson5 } from '../../src/core/json5/edit.js';
import type { HostWriter } from '../../src/ports/host.js';
import type { ConfigEdit, OpenClawWriter, PluginState } from '../../src/ports/openclaw.js';

/** What was asked of an OpenClaw that changes something. */
export interface PlainOpenClaw {
  readonly host: HostWriter;
  readonly configPath: string;
  /** `set`, `install` and `remove`, in turn. */
  readonly calls: readonly string[];
  plugin: PluginState;
  /** What an installation leaves as the config, given what it was; by default it leaves it alone. */
  afterInstall: (config: Uint8Array | null) => Uint8Array | null;
}

function edited(config: Uint8Array | null, edits: readonly ConfigEdit[]): Uint8Array {
  const text = config === null ? '{}\n' : new TextDecoder().decode(config);
  return new TextEncoder().encode(edits.reduce((now, { path, value }) => editJson5(now, path, value), text));
}

/**
 * A host with an OpenClaw of a version that takes every edit, in this process and at once. What a real one takes is tried in
 * test/e2e; this one is for what becomes of the files around it.
 */
export function plainOpenClaw(host: HostWriter, version: string): PlainOpenClaw {
  const stateFolder = join(host.user.home, '.openclaw');
  const configPath = join(stateFolder, 'openclaw.json');
  const calls: string[] = [];
  const openclaw: OpenClawWriter = {
    ...host.openclaw,
    installation: () => Promise.resolve({ version, configPath, stateFolder }),
    readConfig: async () => {
      const state = await host.files.read(configPath);
      return state === null ? null : parseConfig(configPath, state.bytes);
    },
    pluginState: () => Promise.resolve(stage.plugin),
    setConfig: (config, edits) => {
      calls.push('set');
      return Promise.resolve(edited(config, edits));
    },
    installPlugin: (config) => {
      calls.push('install');
      stage.plugin = 'installed';
      return Promise.resolve(stage.afterInstall(config));
    },
    removePlugin: () => {
      calls.push('remove');
      stage.plugin = 'missing';
      return Promise.resolve();
    },
  };
  const stage: PlainOpenClaw = {
    host: { ...host, openclaw },
    configPath,
    calls,
    plugin: 'installed',
    afterInstall: () => null,
  };
  return stage;
}
