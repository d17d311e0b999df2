// Keeps what this version sets up, so that later versions can show that they still undo it. To be run once, at a release.
//   npx tsx scripts/releases/main.ts
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { version } from '../../src/version.js';
import { openExposed } from '../../test/support/exposed.js';
import { accountOf, homeBefore, homeOf, setUps } from '../../test/support/released.js';

const folder = fileURLToPath(new URL(`../../test/fixtures/released/${version}`, import.meta.url));
mkdirSync(folder, { recursive: true });
for (const [name, words] of Object.entries(setUps)) {
  const stage = await openExposed({ files: homeBefore });
  try {
    const { exitCode, stderr } = await stage.run(['setup', ...words, '--yes']);
    if (exitCode !== 0) throw new Error(`${name} ended with ${exitCode}:\n${stderr}`);
    const released = { account: accountOf(stage.mock), files: await homeOf(stage) };
    writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(released, null, 2)}\n`);
  } finally {
    await stage.stop();
  }
}
