import type { EnrollTag } from './account/enrollment.js';

/** The commands of the tool. */
export type CommandName = 'setup' | 'plan' | 'verify' | 'undo' | 'render' | 'mock-aws';

/** The shells that `completion` writes for. */
export const completionShells = ['bash', 'zsh', 'fish'] as const;

/** One of the shells that `completion` writes for. */
export type CompletionShell = (typeof completionShells)[number];

/** What there is help for: the commands, and `completion`, which does nothing but print. */
export type HelpTopic = CommandName | 'completion';

/** What `render` can print. */
export const renderKinds = [
  'policy',
  'operator-policy',
  'commands',
  'user-data',
  'cloudformation',
  'terraform',
] as const;

/** One of the things that `render` can print. */
export type RenderKind = (typeof renderKinds)[number];

/** Which rights the role gets: one of ours, or a managed policy by its ARN. `unasked`: no flag says so, so that a narrower one of ours stays. */
export type PolicyChoice =
  | { readonly kind: 'invoke'; readonly unasked?: true }
  | { readonly kind: 'scoped' }
  | { readonly kind: 'full-access' }
  | { readonly kind: 'managed'; readonly arn: string };

/** OpenClaw's six discovery settings; one that is absent is left as it is. */
export interface DiscoverySettings {
  readonly providerFilter?: readonly string[];
  /** Seconds; 0 turns the cache off. */
  readonly refreshInterval?: number;
  /** Tokens. */
  readonly defaultContextWindow?: number;
  /** Tokens. */
  readonly defaultMaxTokens?: number;
}

/** What the user wants, validated. Plain data; every command is a function of it and of what is there. */
export interface Settings {
  readonly command: CommandName;
  /** The config file that some of it comes from, or `null`. */
  readonly configFile: string | null;
  readonly instanceIds: readonly string[];
  /** Tags that the instances have, all of them. */
  readonly instanceTags: readonly (readonly [string, string])[];
  /** The Auto Scaling group whose instances are meant. */
  readonly asg: string | null;
  /** The file that lists instances; `-` is standard input. */
  readonly instancesFile: string | null;
  readonly region: string | null;
  /** This program as whoever started it can start it again: its name, or npx with this version. */
  readonly program: string;
  /** The operator's profile in the shared AWS config. */
  readonly profile: string | null;
  readonly roleName: string;
  readonly policy: PolicyChoice;
  readonly model: string | null;
  /** Consent to the agreement of the model's provider, which a first call accepts as well. */
  readonly acceptModelAgreement: boolean;
  /** The file with Anthropic's use-case form. */
  readonly useCase: string | null;
  readonly permissionsBoundary: string | null;
  readonly resourceTags: Readonly<Record<string, string>>;
  readonly replaceProfile: boolean;
  readonly hopLimit: number | null;
  readonly ssm: boolean;
  readonly host: 'auto' | 'local' | 'ssm' | 'skip';
  readonly cloud: 'auto' | 'skip';
  /** Instances with this tag set themselves up, those still to come among them; `null`: none. */
  readonly enroll: EnrollTag | null;
  /** `--host ssm`: what npx fetches the tool from on the hosts, or `null` for the registry. */
  readonly toolSource: string | null;
  /** `--host ssm`: on how many hosts it runs at once, and after how many failures no further one is begun; `50`, `10%`. */
  readonly maxConcurrency: string;
  readonly maxErrors: string;
  /** `--host ssm`: seconds that a host may take. */
  readonly hostTimeoutSeconds: number;
  /** The `AWS_PROFILE` that the gateway gets. */
  readonly gatewayProfile: string;
  readonly openclawUser: string | null;
  readonly discovery: DiscoverySettings;
  /** Whether a running gateway is restarted after a change; `null`: ask. */
  readonly restartGateway: boolean | null;
  readonly receipt: string | null;
  readonly yes: boolean;
  readonly noInput: boolean;
  readonly dryRun: boolean;
  readonly mock: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  /** Show each change in the account as a command of the AWS CLI. */
  readonly showCommands: boolean;
  readonly color: boolean;
  /** `plan --exit-code`. */
  readonly exitCode: boolean;
  /** Seconds that one check may take, or `null` for each check's own bound. */
  readonly timeoutSeconds: number | null;
  /** What `render` prints; `null` for every other command. */
  readonly render: RenderKind | null;
  /** `render`: the account, twelve digits, where no credentials say it. */
  readonly account: string | null;
  /** `render`: the folder that the files are written into; `null` prints them. */
  readonly output: string | null;
  /** Code of the failure that a rehearsal shows, or `null`. */
  readonly mockFault: string | null;
  /** `verify`: the file that a report to be posted is written to, or `null`. */
  readonly report: string | null;
  /** The file that a picture of where the time went is written to, or `null`. */
  readonly trace: string | null;
  /** `verify`: one turn of OpenClaw's agent is asked for; costs some thousand input tokens. */
  readonly agentTurn: boolean;
  /** Port for `mock-aws`; 0 takes a free one. */
  readonly port: number;
}

/** The role and profile name of OpenClaw's documentation, so that a half-done manual set-up is picked up. */
export const defaultRoleName = 'EC2-Bedrock-Access';

/** How hosts are reached from afar where nothing else is said. */
export const farDefaults = { maxConcurrency: '50', maxErrors: '10%', hostTimeoutSeconds: 900 } as const;

/** The value of `AWS_PROFILE` that OpenClaw takes as the marker for credentials of the instance's role. */
export const roleMarker = 'default';

/** Whether the settings are about as many instances as there are, not about one or this host. */
export function isFleet({ instanceIds, instanceTags, asg, instancesFile }: FleetSettings): boolean {
  return instanceIds.length > 1 || instanceTags.length > 0 || asg !== null || instancesFile !== null;
}

/** The settings that say which instances are meant. */
export type FleetSettings = Pick<Settings, 'instanceIds' | 'instanceTags' | 'asg' | 'instancesFile'>;
