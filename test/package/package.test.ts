import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/core/report.js';
import manifest from '../../package.json' with { type: 'json' };
import { nodeBinaries } from '../support/node24.js';
import { filesBelow, type Installation, installPackage } from './install.js';

const kibibyte = 1024;
const name = 'openclaw-bedrock-setup';
const nodes = await nodeBinaries();
let installation: Installation;

beforeAll(async () => {
  installation = await installPackage();
}, 120_000);

afterAll(async () => {
  await installation?.remove();
});

describe('the tarball', () => {
  it('is small', () => {
    const { packed } = installation;
    expect(packed.size).toBeLessThanOrEqual(340 * kibibyte);
    expect(packed.unpackedSize).toBeLessThanOrEqual(1060 * kibibyte);
    expect(packed.files.length).toBeLessThanOrEqual(60);
  });

  it('holds the program, its templates and its papers, and nothing else', () => {
    const tops = new Set(installation.packed.files.map(({ path }) => path.split('/')[0]));
    expect(tops).toEqual(
      new Set(['CHANGELOG.md', 'LICENSE', 'README.md', 'dist', 'package.json', 'templates']),
    );
  });

  it('brings no other package along', async () => {
    const installed = await readdir(join(installation.folder, 'node_modules'));
    expect(installed.filter((entry) => !entry.startsWith('.'))).toEqual([name]);
  });
});

describe('the installed package', () => {
  it('says its version through npx', async () => {
    const { code, stdout } = await installation.run('npx', ['--no-install', name, '--version']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${manifest.version}\n` });
  });

  it.each(nodes)(
    'rehearses the whole job on $name in an empty home and leaves nothing there',
    async ({ path }) => {
      const before = await filesBelow(installation.home);
      const bin = join(installation.folder, 'node_modules', name, manifest.bin[name]);
      const { code, stdout, stderr } = await installation.run(resolve(path), [
        bin,
        '--mock',
        '--yes',
        '--json',
      ]);
      expect(stderr).not.toMatch(/^error /mu);
      const report = JSON.parse(stdout) as Report;
      expect(report).toMatchObject({ ok: true, mock: true });
      const answers = report.checks.filter(({ id }) => id.startsWith('converse'));
      expect(answers.map(({ status }) => status)).toEqual(['ok', 'ok']);
      expect(code).toBe(0);
      expect(await filesBelow(installation.home)).toEqual(before);
    },
  );
});
