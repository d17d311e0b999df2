import { readdir } from 'node:fs/promises';
import { basename, delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/core/report.js';
import manifest from '../../package.json' with { type: 'json' };
import { nodeLines } from '../support/nodes.js';
import { execute, filesBelow, type Installation, installPackage } from './install.js';

const kibibyte = 1024;
const name = 'openclaw-bedrock-setup';
const nodes = await nodeLines();
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
    expect(packed.size).toBeLessThanOrEqual(331 * kibibyte);
    expect(packed.unpackedSize).toBeLessThanOrEqual(1024 * kibibyte);
    expect(packed.files.length).toBeLessThanOrEqual(60);
  });

  it('holds the program, its templates and its papers, and nothing else', () => {
    const tops = new Set(installation.packed.files.map(({ path }) => path.split('/')[0]));
    expect(tops).toEqual(new Set(['LICENSE', 'README.md', 'dist', 'package.json', 'templates']));
  });

  it('brings no other package along', async () => {
    const installed = await readdir(join(installation.folder, 'node_modules'));
    expect(installed.filter((entry) => !entry.startsWith('.'))).toEqual([name]);
  });
});

describe('the installed package', () => {
  it.each([
    ['user-data', 'openclaw-bedrock-setup'],
    ['terraform', 'resource "aws_iam_role"'],
  ])('brings the texts along that it renders: %s', async (kind, text) => {
    const words = [
      '--no-install',
      name,
      'render',
      kind,
      '--account',
      '111122223333',
      '--region',
      'us-east-1',
    ];
    const { code, stdout, stderr } = await installation.run('npx', words);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stdout).toContain(text);
  });

  it('says its version through npx', async () => {
    const { code, stdout } = await installation.run('npx', ['--no-install', name, '--version']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${manifest.version}\n` });
  });

  it.each(nodes)(
    'rehearses the whole job on $name in an empty home and leaves nothing there',
    async ({ path }) => {
      const before = await filesBelow(installation.home);
      const bin = join(installation.folder, 'node_modules', name, manifest.bin[name]);
      const { code, stdout, stderr } = await installation.run(path, [bin, '--mock', '--yes', '--json']);
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

describe.each(nodes)('the tarball on $name', ({ path }) => {
  const onIt = { PATH: [dirname(path), process.env['PATH'] ?? ''].join(delimiter) };

  it('runs through npx from an empty folder, and names itself so that it runs again', async () => {
    const { home, tarball } = installation;
    const words = ['--yes', '--offline', `./${basename(tarball)}`, 'plan', '--mock'];
    const { code, stdout, stderr } = await execute('npx', words, dirname(tarball), { ...onIt, HOME: home });
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.not.stringContaining('error') as string });
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(
      `next: npx ${name}@${manifest.version} --instance-id `,
    );
  });

  it('is found by its name once it is installed for all', async () => {
    const prefix = join(installation.home, 'global');
    const words = ['install', '--global', '--prefix', prefix, '--offline', installation.tarball];
    expect(await installation.run('npm', words, onIt)).toMatchObject({ code: 0 });
    const bin = join(prefix, 'bin', name);
    expect(await installation.run(bin, ['--version'], onIt)).toMatchObject({
      code: 0,
      stdout: `${manifest.version}\n`,
    });
  });
});
