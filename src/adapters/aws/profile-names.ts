import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { ExitCode, SetupError } from '../../core/errors.js';
import { nearest } from '../../core/text/nearest.js';
import type { Environment } from '../../ports/environment.js';

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return '';
  }
}

function sections(text: string): readonly string[] {
  return Array.from(text.matchAll(/^[ \t]*\[([^\]\n]+)\]/gmu), ([, name = '']) => name.trim());
}

/**
 * The profiles of the shared AWS files, `default` first: sections of the credentials file, and `[default]` and
 * `[profile NAME]` of the config file (AWS CLI User Guide, "Configuration and credential file settings").
 */
export async function profileNames(environment: Environment): Promise<readonly string[]> {
  const folder = path.join(environment['HOME'] ?? homedir(), '.aws');
  const [config, credentials] = await Promise.all([
    textOf(environment['AWS_CONFIG_FILE'] ?? path.join(folder, 'config')),
    textOf(environment['AWS_SHARED_CREDENTIALS_FILE'] ?? path.join(folder, 'credentials')),
  ]);
  const named = sections(config).flatMap((section) => {
    if (section === 'default') return [section];
    const name = /^profile\s+(.+)$/u.exec(section)?.[1];
    return name === undefined ? [] : [name.replace(/^(["'])(.*)\1$/u, '$2')];
  });
  const all = [...new Set([...named, ...sections(credentials)])].sort();
  return all.includes('default') ? ['default', ...all.filter((name) => name !== 'default')] : all;
}

/**
 * Throws NO_SUCH_PROFILE for a profile that neither shared file has. The SDK would say nothing and go on to the role of
 * the instance (credential-provider-node; the AWS CLI refuses: "The config profile (X) could not be found"). `default`
 * needs no section.
 */
export async function refuseUnknownProfile(profile: string | null, environment: Environment): Promise<void> {
  if (profile === null || profile === '' || profile === 'default') return;
  const names = await profileNames(environment);
  if (names.includes(profile)) return;
  const [meant] = nearest(profile, names);
  const known = names.length === 0 ? 'there is none; make it' : `there are: ${names.join(', ')}; or make it`;
  throw new SetupError({
    code: 'NO_SUCH_PROFILE',
    message: `the AWS profile ${JSON.stringify(profile)} is neither in the shared config nor in the credentials file`,
    why: 'without it other credentials would be taken, for example those of the role of the instance',
    fix: meant === undefined ? `${known} with aws configure --profile ${profile}` : `did you mean ${meant}?`,
    exitCode: ExitCode.blocked,
  });
}
