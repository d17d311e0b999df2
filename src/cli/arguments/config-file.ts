import type { SetupError } from '../../core/errors.js';
import { errorMessage, usageError } from '../../core/errors.js';
import { nearest } from '../../core/text/nearest.js';
import { toolName } from '../../version.js';
import type { AnyFlag } from './flag.js';
import { flagNames, flagOf } from './flag-table.js';

/** The config file that is read where it lies in the working directory. */
export const configFileName = 'openclaw-bedrock-setup.json';

/** Flags that a file cannot set: it names itself, or it would agree in place of a person. */
const notInFile: ReadonlySet<string> = new Set(['config', 'yes', 'accept-model-agreement']);

/** What a config file says, by flag. */
export type ConfigEntries = ReadonlyMap<string, string | boolean | readonly string[]>;

/** Keys that a config file may have, without `$schema`. */
export const configKeys: readonly string[] = flagNames.filter((name) => !notInFile.has(name));

function invalid(path: string, what: string, why: string, fix: string): SetupError {
  return usageError('CONFIG_INVALID', `${path}: ${what}`, why, fix);
}

function read(path: string, text: string): object {
  let content: unknown;
  try {
    content = JSON.parse(text.replace(/^\uFEFF/u, ''));
  } catch (error) {
    throw invalid(path, 'it is not JSON', errorMessage(error), 'write it like { "region": "us-east-1" }');
  }
  if (typeof content === 'object' && content !== null && !Array.isArray(content)) return content;
  throw invalid(
    path,
    'it is not an object',
    'its keys are flags without the dashes',
    'write it like { "region": "us-east-1" }',
  );
}

function refuseKey(path: string, key: string): SetupError {
  if (notInFile.has(key)) {
    return invalid(
      path,
      `${JSON.stringify(key)} has no place in a file`,
      key === 'config' ? 'it says which file to read' : 'a file does not agree for a person',
      `give it on the command line: --${key}`,
    );
  }
  const [hint] = nearest(key.replace(/^-+/u, ''), configKeys);
  const fix =
    hint === undefined
      ? `its keys are flags without the dashes, see ${toolName} setup --help`
      : `did you mean "${hint}"?`;
  return invalid(path, `unknown key ${JSON.stringify(key)}`, 'no flag has that name', fix);
}

const shapes = {
  value: 'a string or a number',
  list: 'a string or a list of strings',
  switch: 'true or false',
};

function isText(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

function valueOf(flag: AnyFlag, value: unknown): string | boolean | readonly string[] | null {
  if (flag.kind === 'switch') return typeof value === 'boolean' ? value : null;
  if (isText(value)) return flag.kind === 'list' ? [String(value)] : String(value);
  if (flag.kind === 'list' && Array.isArray(value) && value.every(isText)) return value.map(String);
  return null;
}

/** A config file's entries. Throws CONFIG_INVALID, with the nearest right key where there is one. */
export function parseConfig(path: string, text: string): ConfigEntries {
  const entries = new Map<string, string | boolean | readonly string[]>();
  for (const [key, value] of Object.entries(read(path, text))) {
    if (key === '$schema') continue;
    const flag = notInFile.has(key) ? null : flagOf(key);
    if (flag === null) throw refuseKey(path, key);
    const read = valueOf(flag, value);
    if (read === null) {
      const shown = `${JSON.stringify(key)}: ${JSON.stringify(value)} is not valid`;
      throw invalid(
        path,
        shown,
        `it is ${shapes[flag.kind]}`,
        'see the schema: templates/schema/config.schema.json',
      );
    }
    entries.set(key, read);
  }
  return entries;
}
