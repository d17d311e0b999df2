import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import json5 from 'json5';
import { isRecord } from '../core/json.js';

/** A config as OpenClaw keeps it. */
export type Config = Record<string, unknown>;

/** Reads the config; an absent file is an empty one. */
export async function readConfig(path: string): Promise<Config> {
  try {
    const value: unknown = json5.parse(await readFile(path, 'utf8'));
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

/** Writes the config as plain JSON, mode 0600, in one step. */
export async function writeConfig(path: string, config: Config): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFile(`${path}.tmp`, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 });
  await chmod(`${path}.tmp`, 0o600);
  await rename(`${path}.tmp`, path);
}

/** A value as OpenClaw's `config set` reads it: JSON5, else the text itself. */
export function parseValue(text: string): unknown {
  try {
    return json5.parse(text);
  } catch {
    return text;
  }
}

/** The value at a dotted path, or `undefined`. */
export function getAt(config: Config, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => (isRecord(value) ? value[key] : undefined), config);
}

/** A copy with the value at the path set; `undefined` removes it. */
export function setAt(config: Config, path: readonly string[], value: unknown): Config {
  const [key, ...rest] = path;
  if (key === undefined || ['__proto__', 'constructor', 'prototype'].includes(key)) return config;
  const child = config[key];
  const next = rest.length === 0 ? value : setAt(isRecord(child) ? child : {}, rest, value);
  const { [key]: _old, ...others } = config;
  return next === undefined ? others : { ...config, [key]: next };
}
