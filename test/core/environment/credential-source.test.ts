import { describe, expect, it } from 'vitest';
import { credentialSources, describeOpenClawOrder } from '../../../src/core/environment/credential-source.js';
import { mergeLayers } from '../../../src/core/environment/merge.js';
import type { GatewayEnvironment } from '../../../src/ports/gateway-environment.js';

function environment(
  variables: Readonly<Record<string, string>>,
  settings: readonly string[] = [],
): GatewayEnvironment {
  const assignments = Object.entries(variables).map(([name, value]) => ({ name, value, line: 1 }));
  return {
    ...mergeLayers([{ file: '.env', assignments }]),
    unit: null,
    envFile: '.env',
    envFileMode: null,
    envFileCredentials: [],
    shellProfiles: [],
    profile: {
      name: 'default',
      named: 'AWS_PROFILE' in variables,
      inConfig: true,
      settings: settings.map((name, index) => ({ name, file: 'credentials', line: index + 2, shown: null })),
    },
  };
}

const keys = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' };

describe('the sources of credentials', () => {
  it.each([
    ['nothing but metadata', {}, [], ['role of the instance']],
    ['the marker', { AWS_PROFILE: 'default' }, ['region'], ['role of the instance']],
    ['keys in the environment', keys, [], ['access keys in the environment', 'role of the instance']],
    [
      'keys in the environment behind AWS_PROFILE',
      { ...keys, AWS_PROFILE: 'x' },
      [],
      ['role of the instance'],
    ],
    ['half a pair of keys', { AWS_ACCESS_KEY_ID: 'a' }, ['aws_access_key_id'], ['role of the instance']],
    [
      'static keys',
      {},
      ['aws_access_key_id', 'aws_secret_access_key'],
      ['access keys of the profile', 'role of the instance'],
    ],
    [
      'a role over the metadata',
      {},
      ['role_arn', 'credential_source'],
      ['assumed role of the profile', 'role of the instance'],
    ],
    ['SSO', {}, ['sso_session'], ['SSO of the profile', 'role of the instance']],
    ['a process', {}, ['credential_process'], ['credential process of the profile', 'role of the instance']],
    ['metadata turned off', { AWS_EC2_METADATA_DISABLED: 'yes' }, [], ['nothing']],
    ['metadata not turned off', { AWS_EC2_METADATA_DISABLED: 'false' }, [], ['role of the instance']],
    ['an empty variable', { AWS_BEARER_TOKEN_BEDROCK: ' ' }, [], ['role of the instance']],
    [
      'everything',
      { ...keys, AWS_BEARER_TOKEN_BEDROCK: 'x' },
      ['sso_session', 'aws_secret_access_key', 'aws_access_key_id'],
      [
        'bearer token',
        'access keys in the environment',
        'access keys of the profile',
        'SSO of the profile',
        'role of the instance',
      ],
    ],
  ])('with %s', (_, variables, settings, kinds) => {
    expect(credentialSources(environment(variables, settings)).map(({ kind }) => kind)).toEqual(kinds);
  });

  it('say where they stand', () => {
    const [first] = credentialSources(environment({}, ['aws_access_key_id', 'aws_secret_access_key']));
    expect(first?.at).toMatchObject({ file: 'credentials', line: 2 });
  });
});

describe('each source', () => {
  const role = 'SHADOWED_BY_ROLE';

  it.each([
    ['bearer token', { AWS_BEARER_TOKEN_BEDROCK: 'x' }, [], 'AWS_BEARER_TOKEN_BEDROCK', 'SHADOWED_BY_BEARER'],
    ['access keys in the environment', keys, [], 'AWS_ACCESS_KEY_ID', 'SHADOWED_BY_KEYS'],
    ['assumed role of the profile', {}, ['source_profile', 'role_arn'], 'role_arn', role],
    ['assumed role of the profile', {}, ['credential_source', 'role_arn'], 'role_arn', role],
    [
      'access keys of the profile',
      {},
      ['aws_access_key_id', 'aws_secret_access_key'],
      'aws_access_key_id',
      'SHADOWED_BY_KEYS',
    ],
    [
      'web identity of the profile',
      {},
      ['role_arn', 'web_identity_token_file'],
      'web_identity_token_file',
      role,
    ],
    [
      'credential process of the profile',
      {},
      ['credential_process'],
      'credential_process',
      'SHADOWED_BY_PROCESS',
    ],
    ['SSO of the profile', {}, ['sso_start_url'], 'sso_start_url', 'SHADOWED_BY_SSO'],
    ['SSO of the profile', {}, ['sso_account_id'], 'sso_account_id', 'SHADOWED_BY_SSO'],
    ['SSO of the profile', {}, ['sso_role_name'], 'sso_role_name', 'SHADOWED_BY_SSO'],
    ['SSO of the profile', {}, ['sso_region'], 'sso_region', 'SHADOWED_BY_SSO'],
    [
      'web identity token',
      { AWS_ROLE_ARN: 'r', AWS_WEB_IDENTITY_TOKEN_FILE: 'f' },
      [],
      'AWS_WEB_IDENTITY_TOKEN_FILE',
      role,
    ],
    [
      'container credentials',
      { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/x' },
      [],
      'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
      role,
    ],
    [
      'container credentials',
      { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://x' },
      [],
      'AWS_CONTAINER_CREDENTIALS_FULL_URI',
      role,
    ],
    [
      'nothing',
      { AWS_EC2_METADATA_DISABLED: 'true' },
      [],
      'AWS_EC2_METADATA_DISABLED',
      'METADATA_TURNED_OFF',
    ],
  ])('%s, set by %j and %j, is found at %s and explained as %s', (kind, variables, settings, at, shadow) => {
    const [first] = credentialSources(environment(variables, settings));
    expect(first).toMatchObject({ kind, at: { name: at }, shadow });
    // Behind a credential process that gives nothing the chain goes on.
    expect(first?.final).toBe(kind !== 'credential process of the profile');
  });

  it.each([
    [{ AWS_WEB_IDENTITY_TOKEN_FILE: 'f' }, []],
    [{ AWS_ROLE_ARN: 'r' }, []],
    [{ AWS_SECRET_ACCESS_KEY: 'b' }, []],
    [{}, ['role_arn']],
    [{}, ['source_profile']],
    [{}, ['web_identity_token_file']],
    [{}, ['aws_secret_access_key']],
  ])('is none where only a part of it is set: %j %j', (variables, settings) => {
    expect(credentialSources(environment(variables, settings))).toEqual([
      { kind: 'role of the instance', at: null, shadow: null, final: true },
    ]);
  });
});

describe("OpenClaw's order", () => {
  it.each([
    [{ AWS_BEARER_TOKEN_BEDROCK: 'x', AWS_PROFILE: 'y' }, '[bearer token]'],
    [{ ...keys, AWS_PROFILE: 'y' }, '[access keys]'],
    [{ AWS_PROFILE: 'y' }, '[profile]'],
    [{ AWS_PROFILE: ' ' }, '[default chain]'],
  ])('%j', (variables, winner) => {
    const order = ['bearer token', 'access keys', 'profile', 'default chain'];
    const shown = order.map((name) => (`[${name}]` === winner ? winner : name)).join(' > ');
    expect(describeOpenClawOrder(environment(variables))).toBe(shown);
  });
});
