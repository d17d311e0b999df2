import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { print } from '../adapters/output/print.js';
import { openRegions } from '../adapters/probe/clients.js';
import { converseStream } from '../adapters/probe/conversation.js';
import { listFoundationModels, listInferenceProfiles } from '../adapters/probe/listings.js';
import type { ExitCode } from '../core/errors.js';
import type { Config } from './openclaw-config.js';
import { listedInstead } from './stand-in-models.js';
import { getAt, parseValue, readConfig, setAt, writeConfig } from './openclaw-config.js';

/** The version that the stand-in passes itself off as: its config paths and its external plug-in are that version's. */
export const standInVersion = '2026.9.6';

const pluginPackage = '@openclaw/amazon-bedrock-provider';
const entryPath = ['plugins', 'entries', 'amazon-bedrock'];

interface Place {
  readonly state: string;
  readonly config: string;
  readonly plugin: string;
}

function place(): Place {
  const { HOME = '/nonexistent', OPENCLAW_STATE_DIR, OPENCLAW_CONFIG_PATH } = process.env;
  const state = OPENCLAW_STATE_DIR ?? join(HOME, '.openclaw');
  const plugin = join(
    state,
    'npm',
    'projects',
    'openclaw-amazon-bedrock-provider',
    'node_modules',
    pluginPackage,
  );
  return { state, config: OPENCLAW_CONFIG_PATH ?? join(state, 'openclaw.json'), plugin };
}

async function edit(change: (config: Config) => Config): Promise<void> {
  const { config } = place();
  await writeConfig(config, change(await readConfig(config)));
}

async function configCommand(words: readonly string[]): Promise<ExitCode> {
  const [verb, path = '', value = ''] = words.filter((word) => !word.startsWith('--'));
  const { config } = place();
  const batch = words.find((_word, index) => words[index - 1] === '--batch-json');
  if (verb === 'file') return print(`${config}\n`);
  if (verb === 'validate') return print(`${JSON.stringify({ valid: true, path: config, issues: [] })}\n`);
  if (verb === 'get') return print(`${JSON.stringify(getAt(await readConfig(config), path.split('.')))}\n`);
  if (verb === 'unset') await edit((before) => setAt(before, path.split('.'), undefined));
  else if (batch === undefined) await edit((before) => setAt(before, path.split('.'), parseValue(value)));
  else {
    const edits = JSON.parse(batch) as readonly { readonly path: string; readonly value: unknown }[];
    await edit((before) =>
      edits.reduce((config, one) => setAt(config, one.path.split('.'), one.value), before),
    );
  }
  return print(`Updated ${path || 'the config'}.\n`);
}

async function pluginsCommand(words: readonly string[]): Promise<ExitCode> {
  const { plugin } = place();
  if (words[0] === 'install') {
    await mkdir(plugin, { recursive: true, mode: 0o700 });
    const manifest = { name: pluginPackage, version: standInVersion };
    await writeFile(join(plugin, 'package.json'), `${JSON.stringify(manifest)}\n`);
    await edit((config) => setAt(config, [...entryPath, 'enabled'], true));
    return print(`Installed ${pluginPackage}.\n`);
  }
  await rm(join(plugin, '..', '..', '..'), { recursive: true, force: true });
  await edit((config) => setAt(config, entryPath, undefined));
  return print(`Uninstalled ${pluginPackage}.\n`);
}

/** The variables of the gateway's `.env`, which OpenClaw loads by itself at its start. */
async function loadEnvironmentFile(): Promise<void> {
  try {
    const variables = parseEnv(await readFile(join(place().state, '.env'), 'utf8'));
    for (const [name, value] of Object.entries(variables)) process.env[name] ??= value;
  } catch {
    // No .env: the environment stays as it is.
  }
}

async function discover(config: Config): Promise<readonly string[]> {
  const { plugin } = place();
  const enabled = getAt(config, [...entryPath, 'config', 'discovery', 'enabled']) === true;
  const installed = await readFile(join(plugin, 'package.json'), 'utf8').then(
    () => true,
    () => false,
  );
  if (!enabled || !installed || (process.env['AWS_PROFILE'] ?? '') === '') return [];
  const region = getAt(config, [...entryPath, 'config', 'discovery', 'region']);
  const clients = openRegions().at(typeof region === 'string' ? region : 'us-east-1');
  const signal = AbortSignal.timeout(10_000);
  const bedrock = await clients.bedrock();
  const [profiles, models] = await Promise.all([
    listInferenceProfiles(bedrock, signal),
    listFoundationModels(bedrock, signal),
  ]);
  clients.destroy();
  const invokable = models.filter((model) => model.streaming && model.output.includes('TEXT'));
  return [...profiles.map((profile) => profile.id), ...invokable.map((model) => model.id)];
}

async function modelsCommand(): Promise<ExitCode> {
  await loadEnvironmentFile();
  const instead = await listedInstead(process.env['HOME'] ?? '/nonexistent');
  const ids = instead ?? (await discover(await readConfig(place().config)));
  const models = ids.map((id) => ({ key: `amazon-bedrock/${id}`, name: id, available: true }));
  return print(`${JSON.stringify({ count: models.length, models })}\n`);
}

/** One turn through the primary model, answered in the form of `openclaw agent --json`. */
async function agentCommand(): Promise<ExitCode> {
  await loadEnvironmentFile();
  const primary = getAt(await readConfig(place().config), ['agents', 'defaults', 'model', 'primary']);
  const [provider = '', ...rest] = String(primary).split('/');
  const clients = openRegions().at(process.env['AWS_REGION'] ?? 'us-east-1');
  const signal = AbortSignal.timeout(10_000);
  const model = rest.join('/');
  const answer = await converseStream(await clients.runtime(), model, signal);
  clients.destroy();
  const usage = { input: answer.inputTokens, output: answer.outputTokens };
  const meta = { agentMeta: { provider, model, usage } };
  return print(`${JSON.stringify({ payloads: [{ text: answer.text }], meta })}\n`);
}

/**
 * Stands in for OpenClaw in a rehearsal, where the real one may not be installed and must not be changed: the commands
 * that this tool uses, on the config of the scratch home, with discovery really asking Bedrock through the SDK's chain.
 */
export async function standInForOpenClaw(argv: readonly string[]): Promise<ExitCode> {
  const [command, ...words] = argv;
  if (command === 'config') return configCommand(words);
  if (command === 'plugins') return pluginsCommand(words);
  if (command === 'models') return modelsCommand();
  if (command === 'agent') return agentCommand();
  return print(`OpenClaw ${standInVersion} (stand-in)\n`);
}
