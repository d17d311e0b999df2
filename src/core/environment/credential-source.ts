import type { AwsProfile, GatewayEnvironment, VariableSource } from '../../ports/gateway-environment.js';

/** Where credentials can come from, in the words of the AWS SDKs' provider chain. */
export type CredentialKind =
  | 'bearer token'
  | 'access keys in the environment'
  | 'assumed role of the profile'
  | 'access keys of the profile'
  | 'web identity of the profile'
  | 'credential process of the profile'
  | 'SSO of the profile'
  | 'aws login of the profile'
  | 'web identity token'
  | 'container credentials'
  | 'role of the instance'
  | 'nothing';

/** A source of credentials that is set up, and where. */
export interface CredentialSource {
  readonly kind: CredentialKind;
  /** `null` for the role of the instance, which needs no setting. */
  readonly at: VariableSource | null;
  /** The code of the catalogue when the role of the instance was meant. */
  readonly shadow: string | null;
  /** The chain never goes on behind it, whatever it gives. */
  readonly final: boolean;
}

type Lookup = (...names: readonly string[]) => VariableSource | null;

/** The first of the names if all of them are set to something. */
function inEnvironment({ variables, sources }: GatewayEnvironment): Lookup {
  return (...names) => {
    if (!names.every((name) => (variables[name] ?? '').trim() !== '')) return null;
    return sources.find(({ name }) => name === names[0]) ?? null;
  };
}

function inProfile({ settings }: AwsProfile): Lookup {
  return (...keys) => {
    const found = keys.map((key) => settings.find(({ name }) => name === key));
    return found.every((setting) => setting !== undefined) ? (found[0] ?? null) : null;
  };
}

function anyOf(lookup: Lookup, names: readonly string[]): VariableSource | null {
  for (const name of names) {
    const found = lookup(name);
    if (found !== null) return found;
  }
  return null;
}

function source(
  kind: CredentialKind,
  at: VariableSource | null,
  shadow: string | null,
  final = true,
): readonly CredentialSource[] {
  return at === null ? [] : [{ kind, at, shadow, final }];
}

function metadata(environment: GatewayEnvironment, env: Lookup): readonly CredentialSource[] {
  const off = env('AWS_EC2_METADATA_DISABLED');
  if (off !== null && environment.variables['AWS_EC2_METADATA_DISABLED'] !== 'false')
    return source('nothing', off, 'METADATA_TURNED_OFF');
  return [{ kind: 'role of the instance', at: null, shadow: null, final: true }];
}

const ssoKeys = ['sso_session', 'sso_start_url', 'sso_account_id', 'sso_role_name', 'sso_region'];

/**
 * The sources of credentials that are set up for the gateway, in the order in which the AWS SDK for JavaScript v3 asks
 * them (`@aws-sdk/credential-provider-node`: environment, unless AWS_PROFILE is set; shared config; token file;
 * container; instance metadata), the bearer token of Bedrock before all. The first is the one that is used, unless it is
 * not `final` and gives nothing.
 */
export function credentialSources(environment: GatewayEnvironment): readonly CredentialSource[] {
  const env = inEnvironment(environment);
  const profile = inProfile(environment.profile);
  const keys = env('AWS_PROFILE') === null ? env('AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY') : null;
  const container = anyOf(env, [
    'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
    'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  ]);
  return [
    ...source('bearer token', env('AWS_BEARER_TOKEN_BEDROCK'), 'SHADOWED_BY_BEARER'),
    ...source('access keys in the environment', keys, 'SHADOWED_BY_KEYS'),
    ...source(
      'assumed role of the profile',
      profile('role_arn', 'source_profile') ?? profile('role_arn', 'credential_source'),
      'SHADOWED_BY_ROLE',
    ),
    ...source(
      'access keys of the profile',
      profile('aws_access_key_id', 'aws_secret_access_key'),
      'SHADOWED_BY_KEYS',
    ),
    ...source(
      'web identity of the profile',
      profile('web_identity_token_file', 'role_arn'),
      'SHADOWED_BY_ROLE',
    ),
    ...source(
      'credential process of the profile',
      profile('credential_process'),
      'SHADOWED_BY_PROCESS',
      false,
    ),
    ...source('SSO of the profile', anyOf(profile, ssoKeys), 'SHADOWED_BY_SSO'),
    ...source('aws login of the profile', profile('login_session'), 'SHADOWED_BY_SSO'),
    ...source('web identity token', env('AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_ROLE_ARN'), 'SHADOWED_BY_ROLE'),
    ...source('container credentials', container, 'SHADOWED_BY_ROLE'),
    ...metadata(environment, env),
  ];
}

/** Which of its four sources OpenClaw itself takes the credentials for: its own order, from the environment alone. */
const openClawOrder = [
  ['bearer token', ['AWS_BEARER_TOKEN_BEDROCK']],
  ['access keys', ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']],
  ['profile', ['AWS_PROFILE']],
  ['default chain', []],
] as const;

/** OpenClaw's order with the winner marked: `bearer token > access keys > [profile] > default chain`. */
export function describeOpenClawOrder({ variables }: GatewayEnvironment): string {
  const winner = openClawOrder.find(([, names]) =>
    names.every((name) => (variables[name] ?? '').trim() !== ''),
  );
  return openClawOrder.map(([name]) => (name === winner?.[0] ? `[${name}]` : name)).join(' > ');
}
