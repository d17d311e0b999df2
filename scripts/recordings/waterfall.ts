// Draws where the time of a rehearsal goes, for docs/performance.md.
//   npm run build && npx tsx scripts/recordings/waterfall.ts
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'waterfall-'));
try {
  const picture = join(root, 'docs/pictures/waterfall.svg');
  const words = [join(root, 'dist/bin.cjs'), '--mock', '--yes', '--json', '--trace', picture];
  execFileSync(process.execPath, words, {
    env: { PATH: process.env['PATH'], HOME: home, SHELL: '/bin/bash' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
} finally {
  rmSync(home, { recursive: true, force: true });
}
