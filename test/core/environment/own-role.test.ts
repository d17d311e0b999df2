import { expect, it } from 'vitest';
import { isOwnRole } from '../../../src/core/environment/own-role.js';

const settings = (...names: readonly string[]) => ({ settings: names.map((name) => ({ name })) });

it.each([
  ['nothing at all', {}, settings()],
  ['what this tool writes', { AWS_PROFILE: 'default', AWS_REGION: 'us-east-1' }, settings('region')],
  ['an output format', {}, settings('region', 'output')],
  ['a variable that says nothing', { AWS_CONTAINER_CREDENTIALS_FULL_URI: ' ' }, settings()],
] as const)('the role of the instance is what %s comes to', (_what, variables, profile) => {
  expect(isOwnRole(variables, profile)).toBe(true);
});

it.each([
  ['a program', {}, settings('region', 'credential_process')],
  ['a role to assume', {}, settings('role_arn', 'source_profile')],
  ['single sign-on', {}, settings('sso_session')],
  ['a sign-in', {}, settings('login_session')],
  ['a setting that nobody knows', {}, settings('some_thing')],
  ['a container', { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1' }, settings()],
  ['a container of ECS', { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/v2' }, settings()],
  ['a token', { AWS_WEB_IDENTITY_TOKEN_FILE: '/token' }, settings('region')],
] as const)('%s may be asked instead', (_what, variables, profile) => {
  expect(isOwnRole(variables, profile)).toBe(false);
});
