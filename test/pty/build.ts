import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'rolldown';

/** A program bundled the way the tool is bundled, in a folder of its own. */
export interface Built {
  readonly file: string;
  remove(): Promise<void>;
}

/** Bundles the program that asks questions. */
export async function buildProgram(): Promise<Built> {
  const folder = await mkdtemp(path.join(tmpdir(), 'prompt-program-'));
  await build({
    input: path.join(import.meta.dirname, 'program.ts'),
    platform: 'node',
    resolve: { mainFields: ['module', 'main'] },
    output: { dir: folder, format: 'esm', entryFileNames: 'program.mjs', chunkFileNames: '[name].mjs' },
    logLevel: 'silent',
  });
  return { file: path.join(folder, 'program.mjs'), remove: async () => rm(folder, { recursive: true }) };
}
