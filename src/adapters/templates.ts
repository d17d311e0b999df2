import { access, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** Where `templates` may lie, seen from this module: it is run from `src`, or bundled into `dist` or a folder in it. */
const places = ['../templates/', '../../templates/'].map((place) => new URL(place, import.meta.url));

async function findFolder(): Promise<URL> {
  for (const place of places) {
    try {
      await access(new URL('iam/', place));
      return place;
    } catch {}
  }
  throw new Error(`the templates are missing beside ${fileURLToPath(import.meta.url)}`);
}

/** The texts of files of `templates`, by their name in `folder`. Rejects when the package is incomplete. */
export async function readTemplates<const Name extends string>(
  folder: string,
  names: readonly Name[],
  extension = '',
): Promise<Readonly<Record<Name, string>>> {
  const base = await findFolder();
  const texts = await Promise.all(
    names.map(async (name) => [name, await readFile(new URL(`${folder}/${name}${extension}`, base), 'utf8')]),
  );
  return Object.fromEntries(texts) as Record<Name, string>;
}
