import { isList, isObject, valueAt } from '../core/json.js';
import {
  bedrockModelOf,
  discoveryPath,
  pluginBlock,
  primaryOf,
  providerPath,
  widenedAllowList,
} from '../core/openclaw/config.js';
import type { OpenClawEra } from '../core/openclaw/era.js';
import { eraOf } from '../core/openclaw/era.js';
import { scrub } from '../core/text/scrub.js';
import type { Json, JsonObject } from '../ports/json.js';
import type { OpenClawReader } from '../ports/openclaw.js';

/** What OpenClaw's own config says about Bedrock. */
export interface OpenClawSettings {
  /** `discovery.region`, or `null`. */
  readonly region: string | null;
  /** `null`: not installed. */
  readonly era: OpenClawEra | null;
  /** Whether a model of Bedrock is configured; before that OpenClaw has no reason to ask Bedrock for any. */
  readonly hasModel: boolean;
  /** The primary model where it is one of Bedrock, as OpenClaw names it. */
  readonly primary: string | null;
  /** Providers that reach Bedrock through an OpenAI-compatible proxy, with the proxy's host. */
  readonly proxies: readonly string[];
  /** What in the config keeps OpenClaw from loading Bedrock's plug-in, as a sentence; `null` for nothing. */
  readonly blocked: string | null;
}

function regionOf(config: JsonObject, era: OpenClawEra): string | null {
  const region = valueAt(config, [...discoveryPath(era), 'region']);
  return typeof region === 'string' && region !== '' ? region : null;
}

function hasBedrockModel(config: JsonObject): boolean {
  const agents = JSON.stringify(config['agents'] ?? {});
  const models = valueAt(config, [...providerPath, 'models']);
  return agents.includes('bedrock/') || (isList(models) && models.length > 0);
}

function hostOf(url: Json | undefined): string {
  return typeof url === 'string' && URL.canParse(url) ? new URL(url).host : 'an unknown host';
}

/** A provider of the OpenAI kind whose name, address or models speak of Bedrock. */
function proxiesOf(config: JsonObject): readonly string[] {
  const providers = valueAt(config, ['models', 'providers']);
  if (!isObject(providers)) return [];
  return Object.entries(providers).flatMap(([name, provider]) => {
    const { api, baseUrl, models } = isObject(provider) ? provider : {};
    const speaks = /bedrock/iu.test(`${name} ${JSON.stringify([baseUrl, models])}`);
    if (typeof api !== 'string' || !api.startsWith('openai') || !speaks) return [];
    return [scrub(`${name} at ${hostOf(baseUrl)}`)];
  });
}

function blockOf(config: JsonObject, era: OpenClawEra): string | null {
  if (era === 'core') return null;
  const isLeftOut = widenedAllowList(config) !== null;
  return pluginBlock(config) ?? (isLeftOut ? 'plugins.allow does not name amazon-bedrock' : null);
}

/** Reads OpenClaw's config file for what concerns Bedrock. A config that cannot be read says nothing. No process but one. */
export async function readOpenClawSettings(openclaw: OpenClawReader): Promise<OpenClawSettings> {
  const installation = await openclaw.installation();
  const nothing = { region: null, hasModel: false, primary: null, proxies: [], blocked: null };
  if (installation === null) return { ...nothing, era: null };
  const era = eraOf(installation.version);
  const config = await openclaw.readConfig().catch(() => null);
  if (config === null) return { ...nothing, era };
  const primary = primaryOf(config);
  return {
    region: regionOf(config, era),
    era,
    hasModel: hasBedrockModel(config),
    primary: primary === null || bedrockModelOf(primary) === null ? null : primary,
    proxies: proxiesOf(config),
    blocked: blockOf(config, era),
  };
}
