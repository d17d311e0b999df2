import { chmod, rename, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Finding } from '../../src/core/finding.js';
import type { Scene } from './scene.js';
import { setScene } from './scene.js';

const file = '.openclaw/.env';
const secret = 'wJalrXUtnFEMI-example';
const plain = 'AWS_PROFILE=default\nAWS_REGION=us-east-1\n';
const withKey = `${plain}DISCORD_BOT_TOKEN=${secret}\nOPENAI_API_KEY=${secret}\n`;

let scene: Scene;

beforeEach(async () => {
  scene = await setScene();
});

afterEach(async () => scene.close());

async function found(text: string, mode: number): Promise<readonly Finding[]> {
  await scene.put(file, text);
  await chmod(join(scene.home, file), mode);
  const findings = await scene.check();
  expect(JSON.stringify(findings)).not.toContain(secret);
  return findings.filter(({ id }) => id === 'env-file');
}

describe('a .env that others may read', { timeout: 30_000 }, () => {
  it.each([
    [0o644, 'every user of this host may read ~/.openclaw/.env'],
    [0o604, 'every user of this host may read ~/.openclaw/.env'],
    [0o640, "the file's group may read ~/.openclaw/.env"],
    [0o660, "the file's group may read ~/.openclaw/.env"],
  ])('is warned of with mode %o where it holds credentials, and the fix mends it', async (mode, message) => {
    const [finding, other] = await found(withKey, mode);
    const names = 'DISCORD_BOT_TOKEN, OPENAI_API_KEY';
    expect(finding).toMatchObject({
      status: 'warn',
      code: 'ENV_FILE_READABLE',
      message: `${message}, which holds ${names} (mode ${mode.toString(8)})`,
      who: 'you',
    });
    expect(other).toBeUndefined();
    const [command = ''] = (finding?.fix ?? '').split(';');
    expect(command).toBe('chmod 600 ~/.openclaw/.env');
    await execa('sh', ['-c', command], { env: { HOME: scene.home } });
    expect((await scene.check()).map(({ id }) => id)).not.toContain('env-file');
  });

  it.each([
    ['others may not read it', withKey, 0o600],
    ['others may write it, but not read', withKey, 0o622],
    ['nothing in it looks like a credential', `${plain}MAX_TOKENS=4096\nOPENAI_API_KEY=\n`, 0o644],
  ])('is nothing to speak of where %s', async (_what, text, mode) => {
    expect(await found(text, mode)).toEqual([]);
  });

  it('is judged by what a link leads to', async () => {
    await scene.put(file, withKey);
    const [from, to] = [join(scene.home, file), join(scene.home, 'shared.env')];
    await rename(from, to);
    await symlink(to, from);
    expect((await scene.check()).map(({ id }) => id)).not.toContain('env-file');
    await chmod(to, 0o644);
    expect((await scene.check()).map(({ id }) => id)).toContain('env-file');
  });
});
