import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { bin } from '../../support/cli.js';
import { setUp, takeBack, temporaryFolder, testHost } from '../../support/host.js';

const setup = ['setup', '--cloud', 'skip', '--host', 'local', '--region', 'us-east-1', '--yes'];
const undo = ['undo', '--region', 'us-east-1', '--yes'];
const line = "alias something='one of a million lines of a profile'\n";

/** MiB that the program takes at its most, by the system's own count (getrusage(2), ru_maxrss). */
async function mostMemory(words: readonly string[], home: string): Promise<number> {
  const folder = await temporaryFolder();
  const [preload, result] = [path.join(folder, 'count.cjs'), path.join(folder, 'count')];
  const write = `require('node:fs').writeFileSync(${JSON.stringify(result)}, String(process.resourceUsage().maxRSS))`;
  await writeFile(preload, `process.on('exit', () => ${write});\n`);
  await execa(process.execPath, ['--require', preload, bin, ...words], {
    env: { PATH: process.env['PATH'], HOME: home, SHELL: '/bin/bash' },
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
    timeout: 60_000,
  });
  return Number(await readFile(result, 'utf8')) / 1024;
}

it('takes at most 350 MiB more, seven times its size, for a profile of 50 MB, and gives every byte back', {
  timeout: 120_000,
}, async () => {
  const small = await temporaryFolder();
  const large = await temporaryFolder();
  const text = line.repeat(Math.ceil(50_000_000 / line.length));
  await writeFile(path.join(small, '.bashrc'), line);
  await writeFile(path.join(large, '.bashrc'), text);
  for (const words of [setup, undo]) {
    const base = await mostMemory(words, small);
    const most = await mostMemory(words, large);
    process.stderr.write(`${words[0]}: ${base.toFixed(0)} MiB, with 50 MB ${most.toFixed(0)} MiB\n`);
    expect(base).toBeGreaterThan(20);
    expect(most - base).toBeLessThan(350);
    const isGrown = (await readFile(path.join(large, '.bashrc'), 'utf8')) !== text;
    expect(isGrown).toBe(words === setup);
  }
});

it('takes at most ten seconds for a profile of 50 MB, and gives it back', async () => {
  const home = await temporaryFolder();
  const text = line.repeat(1_000_000);
  await writeFile(path.join(home, '.bashrc'), text);
  const host = testHost({ home });
  const begin = performance.now();
  const { made } = await setUp(host, {}, ['shell-profile']);
  expect(performance.now() - begin).toBeLessThan(10_000);
  await takeBack(host, made);
  expect((await readFile(path.join(home, '.bashrc'), 'utf8')) === text).toBe(true);
});
