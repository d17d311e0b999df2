import { usageError } from '../../core/errors.js';
import { nearest } from '../../core/text/nearest.js';
import type { CommandName } from '../../core/settings.js';
import type { ConfigEntries } from './config-file.js';
import { configFileName, parseConfig } from './config-file.js';
import type { Environment } from '../../ports/environment.js';
import type { AnyFlag } from './flag.js';
import { flagNamed, flagNames, flagOf, flags } from './flag-table.js';
import type { Place, RawValues } from './values.js';
import { parsed, Values } from './values.js';

/** Where settings come from besides the command line. */
export interface Outside {
  readonly environment: Environment;
  /** The text of a file, `null` where there is none. */
  readText(path: string): string | null;
}

/** Raw values out of all places, and the config file among these. */
export interface Layered {
  readonly values: RawValues;
  readonly configFile: string | null;
}

type Value = string | boolean | readonly string[];

/** What every variable of this tool begins with. */
const variablePrefix = 'OPENCLAW_BEDROCK_SETUP_';

/** The variable that stands for a flag: `OPENCLAW_BEDROCK_SETUP_INSTANCE_ID` for `instance-id`. */
export function variableOf(flag: string): string {
  return `${variablePrefix}${flag.toUpperCase().replaceAll('-', '_')}`;
}

const truths: Readonly<Record<string, boolean>> = { '1': true, true: true, '0': false, false: false };

function fromText(flag: AnyFlag, variable: string, text: string): Value {
  if (flag.kind === 'list') return text.split(',').map((part) => part.trim());
  if (flag.kind === 'value') return text;
  const value = truths[text.toLowerCase()];
  if (value !== undefined) return value;
  throw usageError(
    'BAD_VALUE',
    `${variable}=${JSON.stringify(text)} is not valid`,
    'it stands for a flag that is there or not',
    `${variable}=1 or ${variable}=0`,
  );
}

/** The variables of this tool, by flag; those of flags that the command does not take are left out. */
function fromEnvironment(environment: Environment, command: CommandName): ReadonlyMap<string, Value> {
  const found = new Map<string, Value>();
  for (const [variable, text] of Object.entries(environment)) {
    if (!variable.startsWith(variablePrefix) || text === undefined || text === '') continue;
    const [name, flag] = flags.find(([one]) => variableOf(one) === variable) ?? [];
    if (name === undefined || flag === undefined) {
      const [hint] = nearest(variable, flagNames.map(variableOf));
      const fix =
        hint === undefined ? 'unset it; each flag has a variable of its name' : `did you mean ${hint}?`;
      throw usageError('UNKNOWN_VARIABLE', `unknown variable ${variable}`, 'no flag has that name', fix);
    }
    if (!flag.commands.includes(command)) continue;
    const value = fromText(flag, variable, text);
    checkValue(flag, value, { subject: variable, example: (right) => `${variable}=${right}` });
    found.set(name, value);
  }
  return found;
}

/** Parses for the error alone, which is told of the variable or the key; those of the command line are parsed later. */
function checkValue(flag: AnyFlag, value: Value, place: Place): void {
  if (flag.kind === 'switch' || typeof value === 'boolean') return;
  for (const text of typeof value === 'string' ? [value] : value) parsed(flag, text, place);
}

function fromFile(entries: ConfigEntries, path: string, command: CommandName): ReadonlyMap<string, Value> {
  const found = new Map<string, Value>();
  for (const [name, value] of entries) {
    const flag = flagOf(name);
    if (flag === null) continue;
    const subject = `${JSON.stringify(name)} in ${path}:`;
    checkValue(flag, value, { subject, example: (right) => `"${name}": ${JSON.stringify(right)}` });
    if (flag.commands.includes(command)) found.set(name, value);
  }
  return found;
}

function readConfig(path: string | null, outside: Outside): { path: string; text: string } | null {
  const text = outside.readText(path ?? configFileName);
  if (text !== null) return { path: path ?? configFileName, text };
  if (path === null) return null;
  throw usageError(
    'CONFIG_MISSING',
    `there is no config file ${path}`,
    '--config names the file to read',
    `name a file that is there, or leave it out: ${configFileName} in this folder is read where it is there`,
  );
}

/** A switch that is off in a higher layer hides it in a lower one; `restart-gateway` off is an answer of its own. */
function asRaw(values: ReadonlyMap<string, Value>): RawValues {
  const entries = [...values].map(([name, value]) =>
    value === false ? [`no-${name}`, true] : [name, value],
  );
  return Object.fromEntries(entries) as RawValues;
}

/**
 * The values of a run by precedence: command line, variable, config file. Throws UNKNOWN_VARIABLE, BAD_VALUE, CONFIG_MISSING
 * and what a wrong config file calls for.
 */
export function layered(command: CommandName, given: RawValues, outside: Outside | null): Layered {
  if (outside === null) return { values: given, configFile: null };
  const environment = fromEnvironment(outside.environment, command);
  const named = new Values(given).one('config') ?? environment.get('config');
  const takesFile = flagOf('config')?.commands.includes(command) === true;
  const file = takesFile ? readConfig(typeof named === 'string' ? named : null, outside) : null;
  const entries = file === null ? new Map() : fromFile(parseConfig(file.path, file.text), file.path, command);
  const below = new Map([...entries, ...environment]);
  for (const name of Object.keys(given)) below.delete(flagNamed(name));
  return { values: { ...asRaw(below), ...given }, configFile: file?.path ?? null };
}
