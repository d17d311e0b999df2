import { readFile } from 'node:fs/promises';
import path from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

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
  const folder = path.join(environment['HOME'] ?? '', '.aws');
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
