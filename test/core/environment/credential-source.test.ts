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

describe("OpenClaw's order", () => {
  it.each([
    [{ AWS_BEARER_TOKEN_BEDROCK: 'x', AWS_PROFILE: 'y' }, '[bearer token]'],
    [{ ...keys, AWS_PROFILE: 'y' }, '[access keys]'],
    [{ AWS_PROFILE: 'y' }, '[profile]'],
    [{ AWS_PROFILE: ' ' }, '[default chain]'],
  ])('%j', (variables, winner) => {
    expect(describeOpenClawOrder(environment(variables))).toContain(winner);
  });
});
