import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectFiles, readText, root } from './source.js';

const megabyte = 1024 * 1024;
const binary = /\.(?:png|gif|ico|woff2)$/u;

/** A pattern whose words are put together here, so that this file does not match itself. */
function pattern(before: string, pieces: readonly string[], after: string): RegExp {
  return new RegExp(`${before}${pieces.join('')}${after}`, 'u');
}

/** What would tie the project to one machine. */
const machineWords: readonly (readonly [string, RegExp])[] = [
  ['a folder of one machine', pattern('(?<![\\w.~-])/', ['wo', 'rk'], '/')],
  ['a temporary folder of one machine', pattern('/tmp/', ['bri', 'ef'], '')],
  ['a home of one machine', pattern('(?<![\\w.~/-])/', ['ro', 'ot'], '/')],
  ['a folder beside the project', pattern('\\.\\./', ['sha', 'red'], '\\b')],
  ['the host of a package registry', pattern('//[\\w.-]*', ['regi', 'stry'], '[\\w-]*\\.')],
];

const texts = projectFiles()
  .filter((path) => !binary.test(path))
  .map((path) => ({ path, text: readText(path) }));

function linesWith(wanted: RegExp): readonly string[] {
  return texts.flatMap(({ path, text }) =>
    text
      .split('\n')
      .flatMap((line, index) => (wanted.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [])),
  );
}

describe('every file', () => {
  it.each(machineWords)('is free of %s', (_what, wanted) => {
    expect(linesWith(wanted)).toEqual([]);
  });

  it.each([[['TO', 'DO']], [['FIX', 'ME']], [['HA', 'CK']]])('leaves nothing for later: %s', (pieces) => {
    expect(linesWith(pattern('\\b', pieces, '\\b'))).toEqual([]);
  });

  it('is small enough for a repository', () => {
    expect(projectFiles().filter((path) => statSync(join(root, path)).size > megabyte)).toEqual([]);
  });

  it('ends with a line break, where it is a text of ours', () => {
    const ours = texts.filter(({ path }) => !path.startsWith('test/fixtures/'));
    expect(ours.filter(({ text }) => text !== '' && !text.endsWith('\n')).map(({ path }) => path)).toEqual(
      [],
    );
  });
});

describe('the lock file', () => {
  it('names no place from which packages come', () => {
    expect(readText('package-lock.json')).not.toContain('"resolved"');
  });
});

describe('the package', () => {
  it('has no run-time dependencies', () => {
    const manifest: unknown = JSON.parse(readText('package.json'));
    const kinds = ['dependencies', 'peerDependencies', 'optionalDependencies', 'bundledDependencies'];
    expect(manifest).not.toBeNull();
    expect(kinds.filter((kind) => Object.hasOwn(manifest as object, kind))).toEqual([]);
  });
});
