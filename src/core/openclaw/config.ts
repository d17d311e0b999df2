import type { JsonObject } from '../../ports/json.js';
import { isObject, valueAt } from '../json.js';
import type { OpenClawEra } from './era.js';

/** Where the first era held discovery; from 2026.4.5 on OpenClaw's schema refuses it. */
export const legacyDiscoveryPath = ['models', 'bedrockDiscovery'] as const;

/** The plug-in's entry in the config of the later eras. */
export const pluginPath = ['plugins', 'entries', 'amazon-bedrock'] as const;

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

/** The model's id in a reference such as `amazon-bedrock/ID`, by any of OpenClaw's names for the provider; `null` for another's model. */
export function bedrockModelOf(reference: string): string | null {
  return /^(?:amazon-bedrock|aws[-_]bedrock|bedrock|amazon bedrock)\/(.*)$/iu.exec(reference)?.[1] ?? null;
}
