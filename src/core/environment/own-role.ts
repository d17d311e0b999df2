/** Settings of a profile that have nothing to do with credentials. */
const beside: ReadonlySet<string> = new Set(['region', 'output']);

const services = [
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
];

/**
 * Whether the SDK's default chain comes to keys of the environment or to the role of the instance, and to nothing else. Whatever
 * else a profile or a variable says may run a program, ask a service that stays silent, or renew a session and write that
 * down: that is done only where it is needed, and is not to be cut off.
 */
export function isOwnRole(
  variables: Readonly<Record<string, string | undefined>>,
  profile: { readonly settings: readonly { readonly name: string }[] },
): boolean {
  const plain = profile.settings.every(({ name }) => beside.has(name));
  return plain && services.every((name) => (variables[name] ?? '').trim() === '');
}
