import { parseArgs } from 'node:util';
import { usageError } from '../core/errors.js';
import { nearest } from '../core/nearest.js';
import type { CommandName, RenderKind, Settings } from '../core/settings.js';
import { defaultRoleName, renderKinds, roleMarker } from '../core/settings.js';
import type { SwitchName, ValueFlagName } from './flags.js';
import { switches, valueFlags } from './flags.js';

const commandNames: readonly CommandName[] = ['setup', 'plan', 'verify', 'undo', 'render', 'mock-aws'];

/** What an argument list asks for. */
export type Request =
  | { readonly kind: 'version' }
  | { readonly kind: 'help'; readonly command: CommandName | null }
  | { readonly kind: 'run'; readonly settings: Settings };

type RawValues = Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;

function commandOf(words: readonly string[]): CommandName | null {
  const [word, what, ...others] = words;
  if (word === undefined) return null;
  const found = commandNames.find((name) => name === word);
  if (found === undefined) {
    const [hint] = nearest(word, commandNames);
    const fix = hint === undefined ? `commands: ${commandNames.join(', ')}` : `did you mean ${hint}?`;
    throw usageError(
      'UNKNOWN_COMMAND',
      `unknown command ${JSON.stringify(word)}`,
      'the first word is the command',
      fix,
    );
  }
  const extra = found === 'render' ? others[0] : what;
  if (extra !== undefined) {
    throw usageError(
      'UNEXPECTED_ARGUMENT',
      `unexpected argument ${JSON.stringify(extra)}`,
      found === 'render' ? 'render takes one word and flags' : `${found} takes flags only`,
      `see ${found} --help`,
    );
  }
  return found;
}

function renderKindOf(command: CommandName, word: string | undefined): RenderKind | null {
  if (command !== 'render') return null;
  const found = renderKinds.find((kind) => kind === word);
  if (found !== undefined) return found;
  const [hint] = word === undefined ? [] : nearest(word, renderKinds);
  throw usageError(
    word === undefined ? 'RENDER_WHAT' : 'UNKNOWN_RENDER',
    word === undefined ? 'render needs to know what' : `render does not know ${JSON.stringify(word)}`,
    `it renders ${renderKinds.join(', ')}`,
    hint === undefined ? 'for example: render policy' : `did you mean render ${hint}?`,
  );
}

function optionTable(): Record<string, { type: 'string' | 'boolean'; multiple?: boolean; short?: string }> {
  const table: Record<string, { type: 'string' | 'boolean'; multiple?: boolean; short?: string }> = {
    help: { type: 'boolean', short: 'h' },
    version: { type: 'boolean', short: 'V' },
  };
  for (const [name, flag] of Object.entries(valueFlags))
    table[name] = { type: 'string', multiple: flag.kind === 'list' };
  for (const [name, flag] of Object.entries(switches)) {
    table[name] = { type: 'boolean' };
    if ('negatable' in flag) table[`no-${name}`] = { type: 'boolean' };
  }
  return table;
}

function unknownFlag(error: unknown): never {
  const message = error instanceof Error ? error.message : String(error);
  const name = /Unknown option '(-{1,2}[^']*)'/u.exec(message)?.[1];
  if (name === undefined) {
    const what = message.split('. ')[0] ?? message;
    throw usageError(
      'BAD_ARGUMENTS',
      `${what.charAt(0).toLowerCase()}${what.slice(1)}`,
      'the arguments cannot be read',
      'see --help',
    );
  }
  const [hint] = nearest(name.replace(/^-+/u, ''), Object.keys(optionTable()));
  const fix = hint === undefined ? 'see --help for all flags' : `did you mean --${hint}?`;
  throw usageError('UNKNOWN_FLAG', `unknown flag ${name}`, 'this version has no such flag', fix);
}

function checkCommand(command: CommandName, values: RawValues): void {
  for (const name of Object.keys(values)) {
    const base = name.startsWith('no-') && name.slice(3) in switches ? name.slice(3) : name;
    const flag = (
      { ...valueFlags, ...switches } as Record<string, { commands: readonly CommandName[] } | undefined>
    )[base];
    if (flag === undefined || flag.commands.includes(command)) continue;
    const why = `it belongs to ${flag.commands.join(', ')}`;
    throw usageError(
      'FLAG_NOT_HERE',
      `${command} does not take --${name}`,
      why,
      `leave it out, or see ${command} --help`,
    );
  }
}

/** Reads typed values out of what parseArgs gave. */
class Values {
  readonly #values: RawValues;

  constructor(values: RawValues) {
    this.#values = values;
  }

  one<Name extends ValueFlagName>(name: Name): ReturnType<(typeof valueFlags)[Name]['parse']> | null {
    const value = this.#values[name];
    if (typeof value !== 'string') return null;
    return valueFlags[name].parse(value) as ReturnType<(typeof valueFlags)[Name]['parse']>;
  }

  all<Name extends ValueFlagName>(name: Name): readonly ReturnType<(typeof valueFlags)[Name]['parse']>[] {
    const values = this.#values[name];
    if (!Array.isArray(values)) return [];
    return values.map(
      (value) => valueFlags[name].parse(String(value)) as ReturnType<(typeof valueFlags)[Name]['parse']>,
    );
  }

  has(name: SwitchName): boolean {
    return this.#values[name] === true;
  }

  either(name: SwitchName): boolean | null {
    if (this.#values[`no-${name}`] === true) return false;
    return this.has(name) ? true : null;
  }
}

function discoveryOf(values: Values): Settings['discovery'] {
  const entries = {
    providerFilter: values.one('provider-filter'),
    refreshInterval: values.one('refresh-interval'),
    defaultContextWindow: values.one('default-context-window'),
    defaultMaxTokens: values.one('default-max-tokens'),
  };
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== null));
}

function settingsOf(command: CommandName, values: Values, render: RenderKind | null): Settings {
  return {
    command,
    instanceIds: [...new Set(values.all('instance-id'))],
    region: values.one('region'),
    profile: values.one('profile'),
    roleName: values.one('role-name') ?? defaultRoleName,
    policy: values.one('policy') ?? { kind: 'invoke' },
    model: values.one('model'),
    permissionsBoundary: values.one('permissions-boundary'),
    resourceTags: Object.fromEntries(values.all('resource-tag')),
    replaceProfile: values.has('replace-profile'),
    hopLimit: values.one('hop-limit'),
    ssm: values.has('ssm'),
    host: values.one('host') ?? 'auto',
    cloud: values.one('cloud') ?? 'auto',
    gatewayProfile: values.one('gateway-profile') ?? roleMarker,
    openclawUser: values.one('openclaw-user'),
    discovery: discoveryOf(values),
    restartGateway: values.either('restart-gateway'),
    receipt: values.one('receipt'),
    yes: values.has('yes'),
    noInput: values.has('no-input'),
    dryRun: values.has('dry-run'),
    mock: values.has('mock'),
    json: values.has('json'),
    quiet: values.has('quiet'),
    verbose: values.has('verbose'),
    color: !values.has('no-color'),
    exitCode: values.has('exit-code'),
    timeoutSeconds: values.one('timeout'),
    render,
    account: values.one('account'),
    output: values.one('output'),
    mockFault: values.one('mock-fault'),
    report: values.one('report'),
    agentTurn: values.has('agent-turn'),
    port: values.one('port') ?? 0,
  };
}

function checkTogether(settings: Settings): void {
  if (settings.policy.kind === 'scoped' && settings.model === null && settings.command !== 'verify') {
    throw usageError(
      'MODEL_NEEDED',
      '--policy scoped needs a model',
      'it grants the models of --model and no others',
      'add --model, for example --model sonnet',
    );
  }
  if (settings.output !== null && settings.render !== 'terraform') {
    throw usageError(
      'OUTPUT_NOT_HERE',
      `render ${settings.render ?? ''} does not take --output`,
      'it is one file, and goes to standard output',
      `leave --output out and redirect: render ${settings.render ?? ''} > FILE`,
    );
  }
  if (settings.mockFault !== null && !settings.mock) {
    throw usageError(
      'MOCK_NEEDED',
      '--mock-fault needs --mock',
      'a failure can be rehearsed only where nothing real breaks',
      `add --mock, for example ${settings.command} --mock --mock-fault ${settings.mockFault}`,
    );
  }
  if (settings.cloud === 'skip' && settings.host === 'skip') {
    throw usageError(
      'NOTHING_LEFT',
      '--cloud skip and --host skip leave nothing to do',
      'each skips one half',
      'leave one of them out',
    );
  }
  if (settings.yes && settings.command === 'setup' && settings.dryRun && !settings.mock) {
    throw usageError(
      'CONTRADICTION',
      '--yes and --dry-run contradict each other',
      '--dry-run writes nothing, so there is nothing to confirm',
      'leave one of them out',
    );
  }
}

/** Turns an argument list into what it asks for. Throws usage errors (exit 2), each naming the word that is wrong. */
export function parseRequest(argv: readonly string[]): Request {
  let parsed: { values: RawValues; positionals: string[] };
  try {
    parsed = parseArgs({ args: [...argv], options: optionTable(), allowPositionals: true });
  } catch (error) {
    unknownFlag(error);
  }
  if (parsed.values['version'] === true) return { kind: 'version' };
  const command = commandOf(parsed.positionals);
  if (parsed.values['help'] === true) return { kind: 'help', command };
  checkCommand(command ?? 'setup', parsed.values);
  const render = renderKindOf(command ?? 'setup', parsed.positionals[1]);
  const settings = settingsOf(command ?? 'setup', new Values(parsed.values), render);
  checkTogether(settings);
  return { kind: 'run', settings };
}
