import { join } from 'node:path';
import type { FileReader } from '../../ports/files.js';
import type { JsonObject } from '../../ports/json.js';

/** The external Bedrock plug-in, as OpenClaw's own catalogue names it since 2026.5.12. */
export const pluginPackage = '@openclaw/amazon-bedrock-provider';

async function isBedrockPlugin(files: FileReader, folder: string): Promise<boolean> {
  const manifest = await files.read(join(folder, 'openclaw.plugin.json')).catch(() => null);
  if (manifest === null)
    return files
      .exists(join(folder, 'package.json'))
      .then((there) => there && folder.endsWith(pluginPackage));
  try {
    const value = JSON.parse(Buffer.from(manifest.bytes).toString('utf8')) as { readonly id?: unknown };
    return value.id === 'amazon-bedrock';
  } catch {
    return false;
  }
}

function loadPaths(config: JsonObject | null): readonly string[] {
  const plugins = config?.['plugins'] as { readonly load?: { readonly paths?: unknown } } | undefined;
  const paths = plugins?.load?.paths;
  return Array.isArray(paths) ? paths.filter((path): path is string => typeof path === 'string') : [];
}

/** Whether the plug-in is on the host: installed from npm, put into the extensions folder, or linked in the config. */
export async function findPlugin(
  files: FileReader,
  stateFolder: string,
  config: JsonObject | null,
): Promise<boolean> {
  const projects = join(stateFolder, 'npm', 'projects');
  const candidates = [
    ...(await files.list(projects)).map((name) => join(projects, name, 'node_modules', pluginPackage)),
    join(stateFolder, 'npm', 'node_modules', pluginPackage),
    join(stateFolder, 'extensions', 'amazon-bedrock'),
    ...loadPaths(config),
  ];
  const found = await Promise.all(candidates.map(async (folder) => isBedrockPlugin(files, folder)));
  return found.includes(true);
}
