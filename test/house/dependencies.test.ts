import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

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
