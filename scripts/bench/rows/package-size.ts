import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { BenchRow } from '../figure.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));

interface Packed {
  readonly size: number;
  readonly unpackedSize: number;
  readonly entryCount: number;
}

/** What a user downloads. */
export const packageSize: BenchRow = {
  name: 'package',
  run: () => {
    const words = ['pack', '--dry-run', '--ignore-scripts', '--json'];
    const text = execFileSync('npm', words, {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [packed] = JSON.parse(text) as readonly Packed[];
    if (packed === undefined) throw new Error('npm pack said nothing');
    const { size, unpackedSize, entryCount } = packed;
    return Promise.resolve([
      // CI holds the tarball to what it is now, not to the bar.
      { name: 'package: tarball', value: size / 1024, unit: 'KiB', bar: 220, gate: 331, detail: '' },
      { name: 'package: unpacked', value: unpackedSize / 1024, unit: 'KiB', bar: 1024, detail: '' },
      { name: 'package: files', value: entryCount, unit: 'files', bar: 60, detail: '' },
    ]);
  },
};
