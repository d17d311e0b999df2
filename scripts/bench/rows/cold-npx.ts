import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BenchRow } from '../figure.js';
import { compare, runOnce, type Timed } from '../measure.js';
import { bareVariables } from '../tool.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** A package whose only program does nothing. */
function emptyPackage(folder: string): string {
  mkdirSync(folder);
  const manifest = { name: 'does-nothing', version: '1.0.0', bin: { 'does-nothing': 'bin.js' } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'bin.js'), '#!/usr/bin/env node\n');
  return folder;
}

function pack(folder: string, to: string): string {
  const words = ['pack', '--ignore-scripts', '--json', '--pack-destination', to];
  const text = execFileSync('npm', words, {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [packed] = JSON.parse(text) as readonly { readonly filename: string }[];
  if (packed === undefined) throw new Error('npm pack said nothing');
  return join(to, packed.filename);
}

/** `npm exec` (which `npx` is) of the tarball with an empty cache, against that of a package that does nothing. Without a network. */
export const coldNpx: BenchRow = {
  name: 'cold-npx',
  async run({ rounds }) {
    const base = mkdtempSync(join(tmpdir(), 'openclaw-bedrock-setup-bench-'));
    const cold =
      (tarball: string, program: string): Timed =>
      async () => {
        const cache = mkdtempSync(join(base, 'cache-'));
        const words = [
          'exec',
          '--yes',
          '--offline',
          '--no-audit',
          '--no-update-notifier',
          `--cache=${cache}`,
        ];
        const run = [`--package=${tarball}`, '--', program, '--version'];
        const variables = bareVariables(base);
        return (await runOnce({ program: 'npm', words: [...words, ...run], variables })).milliseconds;
      };
    try {
      const [ours, nothing] = [pack(root, base), pack(emptyPackage(join(base, 'empty')), base)];
      const { ratio, detail } = await compare(
        cold(ours, 'openclaw-bedrock-setup'),
        cold(nothing, 'does-nothing'),
        Math.min(rounds, 5),
      );
      return [{ name: 'npx with an empty cache', value: ratio, unit: 'x', bar: 1.3, detail, gate: 1.5 }];
    } finally {
      rmSync(base, { recursive: true, force: true });
    }
  },
};
