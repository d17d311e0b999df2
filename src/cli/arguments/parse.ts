import { parseArgs } from 'node:util';
import { errorMessage, usageError } from '../../core/errors.js';
import { nearest } from '../../core/text/nearest.js';
import type { CommandName, CompletionShell, HelpTopic, RenderKind, Settings } from '../../core/settings.js';
import { completionShells, defaultRoleName, renderKinds, roleMarker } from '../../core/settings.js';
import { checkTogether } from './contradictions.js';
import { valueFlags } from './flags.js';
import { misused, withNumbers } from './misused.js';
import { switches } from './switches.js';
import type { Outside } from './layers.js';
import { layered } from './layers.js';
import type { RawValues } from './values.js';
import { Values } from './values.js';

const topics: readonly HelpTopic[] = ['setup', 'plan', 'verify', 'undo', 'render', 'mock-aws', 'completion'];

/** Words that take one more word. */
const withWord: ReadonlySet<HelpTopic> = new Set(['render', 'completion']);

/** What an argument list asks for. */
export type Request =
  | { readonly kind: 'version' }
  | { readonly kind: 'help'; readonly topic: HelpTopic | null }
  | { readonly kind: 'completion'; readonly shell: CompletionShell }
  | { readonly kind: 'run'; readonly settings: Settings };

/** What needs no look at the flags where nothing else is given: `parseArgs` takes Node a millisecond. */
const alone: ReadonlyMap<string, Request> = new Map([
  ['-V', { kind: 'version' }],
  ['--version', { kind: 'version' }],
  ['-h', { kind: 'help', topic: null }],
  ['--help', { kind: 'help', topic: null }],
]);

function topicOf(words: readonly string[]): HelpTopic | null {
  const [word, what, ...others] = words;
  if (word === undefined) return null;
  const found = topics.find((name) => name === word);
  if (found === undefined) {
    const [hint] = nearest(word, topics);
    const fix = hint === undefined ? `commands: ${topics.join(', ')}` : `did you mean ${hint}?`;
    throw usageError(
      'UNKNOWN_COMMAND',
      `unknown command ${JSON.stringify(word)}`,
      'the first word is the command',
      fix,
    );
  }
  const takesWord = withWord.has(found);
  const extra = takesWord ? others[0] : what;
  if (extra !== undefined) {
    throw usageError(
      'UNEXPECTED_ARGUMENT',
      `unexpected argument ${JSON.stringify(extra)}`,
      takesWord ? `${found} takes one word` : `${found} takes flags only`,
      `see ${found} --help`,
    );
  }
  return found;
}

function shellOf(word: string | undefined): CompletionShell {
  const found = completionShells.find((shell) => shell === word);
  if (found !== undefined) return found;
  const [hint] = word === undefined ? [] : nearest(word, completionShells);
  throw usageError(
    word === undefined ? 'COMPLETION_FOR' : 'UNKNOWN_SHELL',
    word === undefined
      ? 'completion needs to know for which shell'
      : `no completion for ${JSON.stringify(word)}`,
    `it knows ${completionShells.join(', ')}`,
    hint === undefined ? 'for example: completion bash' : `did you mean completion ${hint}?`,
  );
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
  for (const name of Object.keys(switches)) {
    table[name] = { type: 'boolean' };
    // Takes back what a config file or a variable has turned on.
    if (!name.startsWith('no-')) table[`no-${name}`] = { type: 'boolean' };
  }
  return table;
}

function unreadable(error: unknown, argv: readonly string[]): never {
  const misuse = misused(error, argv);
  if (misuse !== null) throw misuse;
  const message = errorMessage(error);
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

function discoveryOf(values: Values): Settings['discovery'] {
  const entries = {
    providerFilter: values.one('provider-filter'),
    refreshInterval: values.one('refresh-interval'),
    defaultContextWindow: values.one('default-context-window'),
    defaultMaxTokens: values.one('default-max-tokens'),
  };
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== null));
}

function settingsOf(
  command: CommandName,
  values: Values,
  render: RenderKind | null,
  configFile: string | null,
): Settings {
  return {
    command,
    configFile,
    instanceIds: [...new Set(values.all('instance-id'))],
    instanceTags: values.all('instance-tag'),
    asg: values.one('asg'),
    instancesFile: values.one('instances-file'),
    region: values.one('region'),
    profile: values.one('profile'),
    roleName: values.one('role-name') ?? defaultRoleName,
    policy: values.one('policy') ?? { kind: 'invoke' },
    model: values.one('model'),
    acceptModelAgreement: values.has('accept-model-agreement'),
    useCase: values.one('use-case'),
    permissionsBoundary: values.one('permissions-boundary'),
    resourceTags: Object.fromEntries(values.all('resource-tag')),
    replaceProfile: values.has('replace-profile'),
    hopLimit: values.one('hop-limit'),
    ssm: values.has('ssm'),
    host: values.one('host') ?? 'auto',
    cloud: values.one('cloud') ?? 'auto',
    enroll: values.one('enroll'),
    toolSource: values.one('tool-source'),
    maxConcurrency: values.one('max-concurrency') ?? '50',
    maxErrors: values.one('max-errors') ?? '10%',
    hostTimeoutSeconds: values.one('host-timeout') ?? 900,
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
    showCommands: values.has('show-commands'),
    color: !values.has('no-color'),
    exitCode: values.has('exit-code'),
    timeoutSeconds: values.one('timeout'),
    render,
    account: values.one('account'),
    output: values.one('output'),
    mockFault: values.one('mock-fault'),
    report: values.one('report'),
    trace: values.one('trace'),
    agentTurn: values.has('agent-turn'),
    port: values.one('port') ?? 0,
  };
}

/**
 * Turns an argument list into what it asks for. What it leaves open is taken from `outside`: a variable, then the config
 * file. Throws usage errors (exit 2), each naming the word that is wrong.
 */
export function parseRequest(argv: readonly string[], outside: Outside | null = null): Request {
  const lone = argv.length === 1 ? alone.get(argv[0] ?? '') : undefined;
  if (lone !== undefined) return lone;
  let parsed: { values: RawValues; positionals: string[] };
  try {
    parsed = parseArgs({ args: withNumbers(argv), options: optionTable(), allowPositionals: true });
  } catch (error) {
    unreadable(error, argv);
  }
  if (parsed.values['version'] === true) return { kind: 'version' };
  const topic = topicOf(parsed.positionals);
  if (parsed.values['help'] === true) return { kind: 'help', topic };
  if (topic === 'completion') return { kind: 'completion', shell: shellOf(parsed.positionals[1]) };
  const command = topic ?? 'setup';
  checkCommand(command, parsed.values);
  const render = renderKindOf(command, parsed.positionals[1]);
  const { values, configFile } = layered(command, parsed.values, outside);
  const settings = settingsOf(command, new Values(values), render, configFile);
  checkTogether(settings);
  return { kind: 'run', settings };
}
