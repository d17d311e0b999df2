// Brings the papers up to date with the program: the README's samples of output, the reference's table of flags, the policies. Writes
// the schema of the config file, too.
//   npx tsx scripts/readme/main.ts      (after a build)
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bin, runCli, withHome } from '../../test/support/cli.js';
import { configSchemaText } from './config-schema.js';
import { withFiles } from './files.js';
import { withFlags } from './flags.js';
import { withSamples } from './samples.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

writeFileSync(join(root, 'templates/schema/config.schema.json'), configSchemaText());
if (!existsSync(bin)) throw new Error('there is no build: npm run build');
writeFileSync(join(root, 'docs/reference.md'), withFlags(read('docs/reference.md')));
writeFileSync(join(root, 'docs/permissions.md'), withFiles(read('docs/permissions.md'), read));
const paper = await withSamples(read('README.md'), async ({ words, stream }) =>
  withHome(async (home) => (await runCli(words, { home }))[stream]),
);
writeFileSync(join(root, 'README.md'), paper);
