import type { OpenClawEra } from '../core/openclaw-era.js';
import { eraOf } from '../core/openclaw-era.js';
import { scrub } from '../core/text/scrub.js';
import type { Json } from '../ports/json.js';
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
}

type Node = Json | undefined;

function isObject(value: Node): value is { readonly [key: string]: Node } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function at(value: Node, ...path: readonly string[]): Node {
  return path.reduce<Node>((node, key) => (isObject(node) ? node[key] : undefined), value);
}

function regionOf(config: Node, era: OpenClawEra): string | null {
  const region =
    era === 'core'
      ? at(config, 'models', 'bedrockDiscovery', 'region')
      : at(config, 'plugins', 'entries', 'amazon-bedrock', 'config', 'discovery', 'region');
  return typeof region === 'string' && region !== '' ? region : null;
}

function hasBedrockModel(config: Node): boolean {
  const agents = JSON.stringify(at(config, 'agents') ?? {});
  const models = at(config, 'models', 'providers', 'amazon-bedrock', 'models');
  return agents.includes('bedrock/') || (Array.isArray(models) && models.length > 0);
}

/** `agents.defaults.model` is the model, or holds it as `primary`; Bedrock has four names there. */
function primaryOf(config: Node): string | null {
  const model = at(config, 'agents', 'defaults', 'model');
  const primary = isObject(model) ? model['primary'] : model;
  return typeof primary === 'string' &&
    /^(?:amazon-bedrock|aws-bedrock|aws_bedrock|bedrock|amazon bedrock)\//iu.test(primary)
    ? primary
    : null;
}

function hostOf(url: Node): string {
  return typeof url === 'string' && URL.canParse(url) ? new URL(url).host : 'an unknown host';
}

/** A provider of the OpenAI kind whose name, address or models speak of Bedrock. */
function proxiesOf(config: Node): readonly string[] {
  const providers = at(config, 'models', 'providers');
  if (!isObject(providers)) return [];
  return Object.entries(providers).flatMap(([name, provider]) => {
    const api = at(provider, 'api');
    const speaks = /bedrock/iu.test(
      `${name} ${JSON.stringify([at(provider, 'baseUrl'), at(provider, 'models')])}`,
    );
    if (typeof api !== 'string' || !api.startsWith('openai') || !speaks) return [];
    return [scrub(`${name} at ${hostOf(at(provider, 'baseUrl'))}`)];
  });
}

/** Reads OpenClaw's config file for what concerns Bedrock. A config that cannot be read says nothing. No process but one. */
export async function readOpenClawSettings(openclaw: OpenClawReader): Promise<OpenClawSettings> {
  const installation = await openclaw.installation();
  const nothing = { region: null, hasModel: false, primary: null, proxies: [] };
  if (installation === null) return { ...nothing, era: null };
  const era = eraOf(installation.version);
  const config = await openclaw.readConfig().catch(() => null);
  if (config === null) return { ...nothing, era };
  return {
    region: regionOf(config, era),
    era,
    hasModel: hasBedrockModel(config),
    primary: primaryOf(config),
    proxies: proxiesOf(config),
  };
}
