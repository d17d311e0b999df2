import { join } from 'node:path';
import { eraOf } from '../../core/openclaw/era.js';
import type { FileReader } from '../../ports/files.js';
import type { OpenClawModels } from '../../ports/openclaw.js';
import type { RunProgram } from './openclaw-program.js';

/** What listing needs. */
export interface ListOptions {
  readonly run: RunProgram;
  readonly version: string;
  readonly files: FileReader;
  readonly stateFolder: string;
  readonly timeoutSeconds: number;
}

const prefix = 'amazon-bedrock/';

function parseKeys(stdout: string): readonly string[] {
  try {
    const value = JSON.parse(stdout.slice(Math.max(0, stdout.indexOf('{')))) as { readonly models?: unknown };
    if (!Array.isArray(value.models)) return [];
    return value.models.flatMap((model: { readonly key?: unknown }) =>
      typeof model.key === 'string' && model.key.startsWith(prefix) ? [model.key] : [],
    );
  } catch {
    return [];
  }
}

/** Before 2026.4.5 `models list` shows built-in rows without any AWS; what discovery found is in a generated file. */
async function generatedModels(files: FileReader, stateFolder: string): Promise<readonly string[]> {
  const file = await files
    .read(join(stateFolder, 'agents', 'main', 'agent', 'models.json'))
    .catch(() => null);
  if (file === null) return [];
  try {
    const value = JSON.parse(Buffer.from(file.bytes).toString('utf8')) as {
      readonly providers?: {
        readonly 'amazon-bedrock'?: { readonly models?: readonly { readonly id?: unknown }[] };
      };
    };
    const models = value.providers?.['amazon-bedrock']?.models ?? [];
    return models.flatMap(({ id }) => (typeof id === 'string' ? [`${prefix}${id}`] : []));
  } catch {
    return [];
  }
}

/** Asks OpenClaw for the Bedrock models that it sees, in the way of its version. */
export async function listModels(options: ListOptions): Promise<OpenClawModels> {
  const { run, version, files, stateFolder, timeoutSeconds } = options;
  const era = eraOf(version);
  const refresh = era === 'external' ? ['--refresh'] : [];
  const words = ['models', 'list', '--all', '--provider', 'amazon-bedrock', ...refresh, '--json'];
  const result = await run(words, timeoutSeconds);
  const keys = parseKeys(result.stdout);
  const discovered =
    era === 'core' ? await generatedModels(files, stateFolder) : era === 'external' ? keys : null;
  return {
    command: ['openclaw', ...words].join(' '),
    exitCode: result.exitCode,
    keys,
    discovered,
    stderr: result.stderr,
  };
}
