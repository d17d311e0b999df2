import type { CommandName, RenderKind, Settings } from '../../core/settings.js';
import { defaultRoleName, farDefaults, roleMarker } from '../../core/settings.js';
import type { Values } from './values.js';

function discoveryOf(values: Values): Settings['discovery'] {
  const entries = {
    providerFilter: values.one('provider-filter'),
    refreshInterval: values.one('refresh-interval'),
    defaultContextWindow: values.one('default-context-window'),
    defaultMaxTokens: values.one('default-max-tokens'),
  };
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== null));
}

/** The settings that the values of all flags come to, with what holds where none is given. Throws BAD_VALUE. */
export function settingsOf(
  command: CommandName,
  values: Values,
  render: RenderKind | null,
  configFile: string | null,
  program: string,
): Settings {
  return {
    command,
    program,
    configFile,
    instanceIds: [...new Set(values.all('instance-id'))],
    instanceTags: values.all('instance-tag'),
    asg: values.one('asg'),
    instancesFile: values.one('instances-file'),
    region: values.one('region'),
    profile: values.one('profile'),
    roleName: values.one('role-name') ?? defaultRoleName,
    policy: values.one('policy') ?? { kind: 'invoke', unasked: true },
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
    maxConcurrency: values.one('max-concurrency') ?? farDefaults.maxConcurrency,
    maxErrors: values.one('max-errors') ?? farDefaults.maxErrors,
    hostTimeoutSeconds: values.one('host-timeout') ?? farDefaults.hostTimeoutSeconds,
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
