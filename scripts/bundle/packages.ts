import type { OutputBundle } from 'rolldown';
import { isStoodInFor } from './slim.js';

/** The package's own folder for a module, wherever `node_modules` stands; `null` for a module of this program. */
function folderOf(id: string): string | null {
  return /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//u.exec(id.replaceAll('\\', '/'))?.[1] ?? null;
}

/** The folders of the packages whose code is in the bundle, in order. What only stands in for a package's code is not counted. */
export function bundledFolders(bundle: OutputBundle): readonly string[] {
  const modules = Object.values(bundle).flatMap((part) =>
    part.type === 'chunk' ? Object.entries(part.modules) : [],
  );
  const rendered = modules.filter(([id, { renderedLength }]) => renderedLength > 0 && !isStoodInFor(id));
  return [...new Set(rendered.flatMap(([id]) => folderOf(id) ?? []))].sort();
}
