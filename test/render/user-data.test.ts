import { readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readTemplates } from '../../src/adapters/templates.js';
import { userData } from '../../src/render/user-data.js';
import { commandRequirement } from '../support/requirements.js';
import { someUserData } from './designs.js';
import { run, standIns, withFolder, writeFiles } from './programs.js';

const hasCloudInit = await commandRequirement('cloud-init');
const hasShellcheck = await commandRequirement('shellcheck');
const { 'first-boot.sh': script } = await readTemplates('cloud-init', ['first-boot.sh']);

describe('user data', () => {
  it('hands every word over by itself', () => {
    const words = ["'; rm -rf /", '$(id)', '--model', 'a: b\n- c'];
    const text = userData({ script, package: 'p@1', words, owner: 'open claw' });
    expect(text.slice(text.indexOf('runcmd:'))).toBe(
      'runcmd:\n  - - /usr/local/sbin/openclaw-first-boot\n    - p@1\n    - "open claw"\n    - "\'; rm -rf /"\n    - "$(id)"\n    - "--model"\n    - "a: b\\n- c"\n',
    );
    expect(text).toContain('users:\n  - default\n  - name: "open claw"\n');
  });

  it('holds hostile words, packages and owners as they are, and nothing beside them', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }),
      fc.constantFrom(
        "'; rm -rf / #",
        '$(id)',
        '- a\n  - b',
        'runcmd:\n  - id',
        '{{ds}}',
        '#cloud-config',
        '*a',
        '!!x',
      ),
    );
    fc.assert(
      fc.property(text, text, fc.array(text, { maxLength: 5 }), (owner, name, words) => {
        const read: unknown = parse(userData({ script, package: name, words, owner }));
        expect(read).toEqual({
          users: ['default', { name: owner, shell: '/bin/bash' }],
          write_files: [expect.objectContaining({ content: script }) as unknown],
          runcmd: [['/usr/local/sbin/openclaw-first-boot', name, owner, ...words]],
        });
      }),
      { numRuns: 25 },
    );
  });

  it('is small enough for EC2, which takes 16 KB', () => {
    expect(Buffer.byteLength(someUserData)).toBeLessThan(8192);
  });
});

describe.skipIf(!hasCloudInit)('user data before cloud-init', () => {
  it.each([null, 'openclaw'])('fits its schema (owner %s)', async (owner) => {
    await withFolder(async (folder) => {
      const words = ['--provider-filter', 'anthropic,amazon', '--yes'];
      await writeFiles(folder, { 'user-data.yaml': userData({ script, package: 'p@1', words, owner }) });
      const { exitCode, stdout, stderr } = await run('cloud-init', [
        'schema',
        '--config-file',
        join(folder, 'user-data.yaml'),
      ]);
      expect({ exitCode, stderr }).toStrictEqual({ exitCode: 0, stderr: '' });
      expect(stdout).toMatch(/^Valid cloud-config/u);
    });
  });
});

describe.skipIf(!hasShellcheck)('the scripts among the templates', () => {
  it.each([
    'cloud-init/first-boot.sh',
    'commands/until-visible.sh',
    'commands/until-released.sh',
    'commands/association-of.sh',
  ])('%s is as shellcheck wants it', async (path) => {
    const file = new URL(`../../templates/${path}`, import.meta.url).pathname;
    expect(await run('shellcheck', ['--shell=bash', file])).toStrictEqual({
      exitCode: 0,
      stdout: '',
      stderr: '',
    });
  });
});

describe('the first boot', () => {
  const says = '#!/bin/sh\necho "$(basename "$0") $*" >>"$LOG"\n';

  async function boot(node: string, words: readonly string[]): Promise<{ log: string; asked: string[] }> {
    return withFolder(async (folder) => {
      const programs = await standIns(folder, {
        node: `#!/bin/sh\necho ${node}\n`,
        npx: says,
        npm: says,
        loginctl: says,
        uname: '#!/bin/sh\necho x86_64\n',
        tar: says,
        curl: `${says}for file; do :; done
name=$(basename "$file")
case $name in
  SHASUMS256.txt) printf '%s  node-v24.9.0-linux-x64.tar.gz\\n' "$(printf node | sha256sum | cut -d' ' -f1)" >"$name" ;;
  *) printf node >"$name" ;;
esac
`,
        runuser: `#!/bin/sh\nfor word; do printf '%s\\0' "$word"; done >"$LOG.asked"\n`,
      });
      const LOG = join(folder, 'log');
      await writeFiles(folder, { boot: script.replace(/^export PATH=/mu, `export PATH=${programs}:`) });
      const variables = { LOG };
      const ended = await run('bash', [join(folder, 'boot'), 'p@1', userInfo().username, ...words], {
        variables,
      });
      expect(ended).toMatchObject({ exitCode: 0, stderr: '' });
      const asked = (await readFile(`${LOG}.asked`, 'utf8')).split('\0').slice(0, -1);
      return { log: await readFile(LOG, 'utf8'), asked };
    });
  }

  it("asks for the host's half as the user who runs OpenClaw, word for word", async () => {
    const words = ['--model', "a'b $(c)", ''];
    const { asked, log } = await boot('24', words);
    expect(asked.slice(0, 5)).toStrictEqual(['-u', userInfo().username, '--', 'env', '-i']);
    expect(asked).toContain(`HOME=${userInfo().homedir}`);
    expect(asked.slice(asked.indexOf('npx'))).toStrictEqual(['npx', '--yes', 'p@1', ...words]);
    expect(log).toContain(`loginctl enable-linger ${userInfo().username}\n`);
    expect(log).not.toContain('curl');
  });

  it('installs Node where it is too old, after a look at its checksum', async () => {
    const { log } = await boot('20', []);
    expect(log).toContain('https://nodejs.org/dist/latest-v24.x/node-v24.9.0-linux-x64.tar.gz');
    expect(log).toContain('tar -xzf node-v24.9.0-linux-x64.tar.gz -C /usr/local');
    expect(log).toContain('npm install --global --no-audit --no-fund openclaw@latest');
  });
});
