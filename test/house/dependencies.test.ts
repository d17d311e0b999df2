import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { workflows } from './workflows.js';

function read(file: string): unknown {
  return JSON.parse(readFileSync(join(import.meta.dirname, '../..', file), 'utf8'));
}

const versions = z.record(z.string(), z.string());
const manifest = z.looseObject({ scripts: versions, devDependencies: versions }).parse(read('package.json'));
const { packages } = z
  .object({ packages: z.record(z.string(), z.looseObject({ version: z.string().optional() })) })
  .parse(read('package-lock.json'));
const { '': root, ...locked } = packages;

describe('what the project is built from', () => {
  it('is named with one version each, and locked to it', () => {
    const { devDependencies } = manifest;
    const loose = Object.entries(devDependencies).filter(([, version]) => !/^\d+\.\d+\.\d+$/u.test(version));
    expect(loose).toEqual([]);
    expect(root?.['devDependencies']).toEqual(devDependencies);
    const installed = Object.keys(devDependencies).map((name) => [
      name,
      locked[`node_modules/${name}`]?.version,
    ]);
    expect(Object.fromEntries(installed)).toEqual(devDependencies);
  });

  it('has a checksum for each package, and comes from the registry that everybody uses', () => {
    const sha512 = /^sha512-[\w+/]{86}==$/u;
    const unchecked = Object.entries(locked).filter(([, one]) => !sha512.test(String(one['integrity'])));
    expect(unchecked.map(([name]) => name)).toEqual([]);
    const elsewhere = Object.entries(locked).filter(
      ([, one]) => one['link'] === true || 'resolved' in one || one['inBundle'] === true,
    );
    expect(elsewhere.map(([name]) => name)).toEqual([]);
  });

  it('is installed without scripts', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'install-'));
    try {
      for (const part of ['scripts/bundle', 'src', 'templates', 'bin'])
        mkdirSync(join(folder, part), { recursive: true });
      cpSync(join(import.meta.dirname, '../../scripts/prepare.mjs'), join(folder, 'scripts/prepare.mjs'));
      writeFileSync(join(folder, 'package-lock.json'), '{}');
      writeFileSync(join(folder, 'bin/npm'), '#!/bin/sh\necho "$*" >>"$LOG"\n', { mode: 0o755 });
      const LOG = join(folder, 'log');
      const env = { PATH: `${join(folder, 'bin')}:/usr/bin:/bin`, LOG };
      await execa(process.execPath, [join(folder, 'scripts/prepare.mjs')], { env, extendEnv: false });
      const [install] = readFileSync(LOG, 'utf8').split('\n');
      expect(install).toMatch(/^install .*--ignore-scripts/u);
    } finally {
      rmSync(folder, { recursive: true });
    }
    const steps = [...workflows().values()].flatMap(({ jobs }) =>
      Object.values(jobs).flatMap((job) => job.steps),
    );
    const installing = steps.filter(({ run = '' }) =>
      /npm (?:ci|i|install)\b(?!.*--ignore-scripts)/u.test(run),
    );
    expect(installing).toEqual([]);
  });

  it('is not passed on: the package has no dependencies and runs nothing when it is installed', () => {
    const kinds = [
      'dependencies',
      'optionalDependencies',
      'peerDependencies',
      'bundleDependencies',
      'bundledDependencies',
    ];
    expect(kinds.filter((kind) => kind in manifest)).toEqual([]);
    const hooks = ['preinstall', 'install', 'postinstall', 'preprepare', 'prepare', 'postprepare'];
    expect(Object.keys(manifest.scripts).filter((name) => hooks.includes(name))).toEqual([]);
  });
});
