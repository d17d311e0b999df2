import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'rolldown';

/** Folders of `templates` whose files are read while the program runs. */
const folders = ['cloud-init', 'commands', 'ssm', 'terraform'] as const;

/** The texts of all files that are read while the program runs, by their path in `templates`. */
function textsIn(templates: string): Readonly<Record<string, string>> {
  const paths = folders.flatMap((folder) =>
    readdirSync(join(templates, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith('.json'))
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  const texts = paths
    .toSorted()
    .map((path) => [path.slice(templates.length + 1), readFileSync(path, 'utf8')]);
  return Object.fromEntries(texts) as Readonly<Record<string, string>>;
}

/**
 * Puts the templates into the bundle, in the place of what reads them from the folder of a clone: every file of a package costs
 * whoever fetches it two milliseconds. `root` is the project's folder.
 */
export function templates(root: string): Plugin {
  return {
    name: 'templates',
    transform: {
      filter: { id: /[\\/]src[\\/]adapters[\\/]templates\.ts$/u },
      handler: () => ({
        code: `const texts = ${JSON.stringify(textsIn(join(root, 'templates')))};
export async function readTemplates(folder, names, extension = '') {
  return Object.fromEntries(names.map((name) => {
    const text = texts[\`\${folder}/\${name}\${extension}\`];
    if (text === undefined) throw new Error(\`no template \${folder}/\${name}\${extension}\`);
    return [name, text];
  }));
}
`,
        map: null,
      }),
    },
  };
}
