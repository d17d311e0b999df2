import type { Json, JsonObject } from '../../ports/json.js';
import { isList, isObject, valueAt } from '../json.js';
import type { OpenClawEra } from './era.js';

/** Where the first era held discovery; from 2026.4.5 on OpenClaw's schema refuses it. */
export const legacyDiscoveryPath = ['models', 'bedrockDiscovery'] as const;

/** The plug-in's entry in the config of the later eras. */
export const pluginPath = ['plugins', 'entries', 'amazon-bedrock'] as const;

/** The list of plug-ins that alone are loaded, where it names any. */
export const allowPath = ['plugins', 'allow'] as const;

/** The list of allowed plug-ins with Bedrock's in it; `null` where OpenClaw may load that already. Source: OpenClaw's `plugins.allow`. */
export function widenedAllowList(config: JsonObject | null): readonly Json[] | null {
  const allowed = valueAt(config, allowPath);
  if (!isList(allowed) || allowed.length === 0 || names(allowed)) return null;
  return [...allowed, 'amazon-bedrock'];
}

/** The setting by which somebody has turned Bedrock's plug-in off, as a sentence about it; `null` for none. */
export function pluginBlock(config: JsonObject | null): string | null {
  if (valueAt(config, ['plugins', 'enabled']) === false) return 'plugins.enabled is false';
  const denied = valueAt(config, ['plugins', 'deny']);
  return isList(denied) && names(denied) ? 'plugins.deny names amazon-bedrock' : null;
}

function names(list: readonly Json[]): boolean {
  return list.some((id) => typeof id === 'string' && id.trim() === 'amazon-bedrock');
}

/** Where OpenClaw holds its default model: a text, or an object with `primary` and `fallbacks`. */
export const modelPath = ['agents', 'defaults', 'model'] as const;

/** The explicit provider of OpenClaw's documentation ("Amazon Bedrock", manual set-up). */
export const providerPath = ['models', 'providers', 'amazon-bedrock'] as const;

/** Where an era holds discovery. */
export function discoveryPath(era: OpenClawEra): readonly string[] {
  return era === 'core' ? legacyDiscoveryPath : [...pluginPath, 'config', 'discovery'];
}

/** The primary model of a config as it is written there, whatever its provider; `null` for none. */
export function primaryOf(config: JsonObject | null): string | null {
  const model = valueAt(config, modelPath);
  const primary = isObject(model) ? model['primary'] : model;
  return typeof primary === 'string' ? primary : null;
}

/** The model's id in a reference such as `amazon-bedrock/ID`, by any of OpenClaw's names for the provider; `null` for anything else. */
export function bedrockModelOf(reference: string): string | null {
  return /^(?:amazon-bedrock|aws[-_]bedrock|bedrock|amazon bedrock)\/(.*)$/iu.exec(reference)?.[1] ?? null;
}
