import { access, constants } from 'node:fs/promises';
import { requirement } from './requirements.js';

const candidate = process.env['OPENCLAW_SETUP_NODE24'] ?? '.cache/node24/node_modules/.bin/node';

/** The Node binaries that terminals are tested with: this one, and Node 24 where there is one. */
export async function nodeBinaries(): Promise<readonly { readonly name: string; readonly path: string }[]> {
  const here = { name: 'this Node', path: process.execPath };
  const present = await requirement(
    'a Node 24 (OPENCLAW_SETUP_NODE24, or npm i node@24 in .cache/node24)',
    async () =>
      access(candidate, constants.X_OK).then(
        () => true,
        () => false,
      ),
  );
  return present ? [here, { name: 'Node 24', path: candidate }] : [here];
}
