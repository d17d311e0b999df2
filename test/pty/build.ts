import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { OutputOptions } from 'rolldown';
import { build } from 'rolldown';
import config from '../../rolldown.config.js';
import { slim } from '../../scripts/bundle/slim.js';

/** A program bundled the way the tool is bundled, in a folder of its own. */
export interface Built {
  readonly file: string;
  remove(): Promise<void>;
}

const project = path.join(import.meta.dirname, '../..');

function outputOf(output: typeof config.output): OutputOptions {
  const [first = {}] = [output].flat();
  return first;
}

/** Bundles a program of the project, e.g. `src/bin.ts`. */
export async function buildProgram(source: string): Promise<Built> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pty-program-'));
  await build({
    ...config,
    plugins: [slim({ whole: false })],
    input: path.join(project, source),
    output: {
      ...outputOf(config.output),
      dir: folder,
      cleanDir: false,
      entryFileNames: 'program.cjs',
      chunkFileNames: 'chunks/[name].cjs',
    },
    logLevel: 'silent',
  });
  return { file: path.join(folder, 'program.cjs'), remove: async () => rm(folder, { recursive: true }) };
}
