import path from 'node:path';
import { parseSharedConfig } from '../../core/environment/shared-config.js';
import { shownValue } from '../../core/environment/shown.js';
import type { AwsProfile, VariableSource } from '../../ports/gateway-environment.js';
import type { Texts } from './texts.js';

type Variables = Readonly<Record<string, string | undefined>>;

function filePath(variables: Variables, variable: string, home: string, name: string): string {
  const given = variables[variable] ?? '';
  if (given === '') return path.join(home, '.aws', name);
  return given.startsWith('~/') ? path.join(home, given.slice(2)) : given;
}

async function readSection(
  texts: Texts,
  file: string,
  kind: 'config' | 'credentials',
  profile: string,
): Promise<readonly VariableSource[] | null> {
  const sections = parseSharedConfig((await texts.read(file)) ?? '', kind);
  const own = sections.filter((section) => section.profile === profile);
  if (own.length === 0) return null;
  return own.flatMap(({ settings }) =>
    settings.map(({ key, value, line }) => ({ name: key, file, line, shown: shownValue(key, value) })),
  );
}

/** The profile that a process with these variables uses: AWS_PROFILE, else `default`. No value of a secret is kept. */
export async function readAwsProfile(variables: Variables, home: string, texts: Texts): Promise<AwsProfile> {
  const name = (variables['AWS_PROFILE'] ?? '').trim() || 'default';
  const [config, credentials] = await Promise.all([
    readSection(texts, filePath(variables, 'AWS_CONFIG_FILE', home, 'config'), 'config', name),
    readSection(
      texts,
      filePath(variables, 'AWS_SHARED_CREDENTIALS_FILE', home, 'credentials'),
      'credentials',
      name,
    ),
  ]);
  const stronger = new Set(credentials?.map((setting) => setting.name));
  const rest = (config ?? []).filter((setting) => !stronger.has(setting.name));
  return {
    name,
    named: (variables['AWS_PROFILE'] ?? '').trim() !== '',
    inConfig: config !== null || credentials !== null,
    settings: [...(credentials ?? []), ...rest],
  };
}
