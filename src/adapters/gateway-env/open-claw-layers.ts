import path from 'node:path';
import type { Assignment, EnvironmentLayer } from '../../core/environment/assignment.js';
import { parseDotenv } from '../../core/environment/dotenv.js';
import { isObject } from '../../core/json.js';
import type { Json } from '../../ports/json.js';
import type { OpenClawReader } from '../../ports/openclaw.js';
import type { Texts } from './texts.js';

/** `env.vars` of the config, and texts that stand in `env` directly. */
function configVariables(config: Json | undefined): readonly (readonly [string, string])[] {
  const env = isObject(config) ? config['env'] : undefined;
  if (!isObject(env)) return [];
  const vars = isObject(env['vars']) ? Object.entries(env['vars']) : [];
  return [...Object.entries(env), ...vars].filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
}

/** The first line of a JSON text on which a key stands. */
function lineOfKey(text: string | null, key: string): number | null {
  const index = (text ?? '').split('\n').findIndex((row) => row.includes(key));
  return index === -1 ? null : index + 1;
}

async function dotenvLayer(file: string, texts: Texts): Promise<readonly EnvironmentLayer[]> {
  const text = await texts.read(file);
  return text === null ? [] : [{ file, assignments: parseDotenv(text) }];
}

async function configLayer(openclaw: OpenClawReader, file: string, texts: Texts): Promise<EnvironmentLayer> {
  let config: Json | undefined;
  try {
    config = (await openclaw.readConfig()) ?? undefined;
  } catch {
    config = undefined;
  }
  const text = await texts.read(file);
  const assignments = configVariables(config).map(
    ([name, value]): Assignment => ({ name, value, line: lineOfKey(text, name) }),
  );
  return { file, assignments };
}

/**
 * What the gateway's own process adds to its environment when it starts, the strongest first: `.env` of its state folder,
 * `~/.config/openclaw/gateway.env`, `env` of its config. None overrides what is there; see "Environment variables" in
 * OpenClaw's help. The `.env` of a workspace is left out: OpenClaw takes no AWS variables from there.
 */
export async function openClawLayers(options: {
  readonly openclaw: OpenClawReader;
  readonly home: string;
  readonly stateFolder: string;
  readonly configPath: string;
  readonly texts: Texts;
}): Promise<readonly EnvironmentLayer[]> {
  const { openclaw, home, stateFolder, configPath, texts } = options;
  const [own, compatible, config] = await Promise.all([
    dotenvLayer(path.join(stateFolder, '.env'), texts),
    dotenvLayer(path.join(home, '.config/openclaw/gateway.env'), texts),
    configLayer(openclaw, configPath, texts),
  ]);
  return [...own, ...compatible, config];
}
