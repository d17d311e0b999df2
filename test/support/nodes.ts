import { access, constants } from 'node:fs/promises';
import { resolve } from 'node:path';
import { requirement } from './requirements.js';

/** A Node that tests are run with. */
export interface NodeBinary {
  readonly name: string;
  /** Absolute path. */
  readonly path: string;
}

async function isThere(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

async function other(major: 22 | 24): Promise<readonly NodeBinary[]> {
  const variable = `OPENCLAW_SETUP_NODE${major}`;
  const folder = `.cache/node${major}`;
  const path = resolve(process.env[variable] ?? `${folder}/node_modules/.bin/node`);
  const words = `a Node ${major} (${variable}, or npm i node@${major} in ${folder})`;
  return (await requirement(words, async () => isThere(path))) ? [{ name: `Node ${major}`, path }] : [];
}

const here: NodeBinary = { name: 'this Node', path: process.execPath };

/** The Node binaries that terminals are tested with: this one, and Node 24 where there is one. */
export async function nodeBinaries(): Promise<readonly NodeBinary[]> {
  return [here, ...(await other(24))];
}

/** The Node binaries that the package is tried on: this one, and the later lines where they are there. */
export async function nodeLines(): Promise<readonly NodeBinary[]> {
  return [here, ...(await other(22)), ...(await other(24))];
}
