import { readFile } from 'node:fs/promises';

/** The templates of a clone; in the bundle their texts stand in this module's place (`scripts/bundle/templates.ts`). */
const templates = new URL('../../templates/', import.meta.url);

/** The texts of files of `templates`, by their name in `folder`. Rejects for one that is not there. */
export async function readTemplates<const Name extends string>(
  folder: string,
  names: readonly Name[],
  extension = '',
): Promise<Readonly<Record<Name, string>>> {
  const texts = await Promise.all(
    names.map(async (name) => [
      name,
      await readFile(new URL(`${folder}/${name}${extension}`, templates), 'utf8'),
    ]),
  );
  return Object.fromEntries(texts) as Record<Name, string>;
}
