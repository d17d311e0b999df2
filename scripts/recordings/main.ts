// Records the pictures of the README anew, from real runs in a real terminal.
//   npx tsx scripts/recordings/main.ts
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { record } from './recordings.js';
import { svg } from './svg.js';

const folder = fileURLToPath(new URL('../../docs/pictures', import.meta.url));
mkdirSync(folder, { recursive: true });
for (const [name, picture] of Object.entries(await record())) writeFileSync(join(folder, name), svg(picture));
