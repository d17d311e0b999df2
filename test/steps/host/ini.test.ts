import { describe, expect, it } from 'vitest';
import { beginsWithSettings, defaultSections } from '../../../src/steps/host/ini/sections.js';

const short = (text: string): readonly (readonly [number, number, string | null, number | null])[] =>
  defaultSections(text).map(({ line, start, region }) => [
    line,
    start,
    region?.value ?? null,
    region?.line ?? null,
  ]);

describe('the [default] sections of an AWS config', () => {
  it.each([
    ['', []],
    ['[default]', [[1, 0, null, null]]],
    ['[default]\nregion = a', [[1, 0, 'a', 2]]],
    ['x\n[default]\noutput = json\nregion=a\n', [[2, 2, 'a', 4]]],
    ['[default]\r\nregion = a\r\n', [[1, 0, 'a', 2]]],
    ['  [ default ] ; c\nregion: a', [[1, 0, 'a', 2]]],
    ['[profile default]\nREGION = a', [[1, 0, 'a', 2]]],
    ['[profile  "default"]\nregion = a', [[1, 0, 'a', 2]]],
    ["['default']\nregion = a", [[1, 0, 'a', 2]]],
    ['[default]\nregion = a # c', [[1, 0, 'a', 2]]],
    ['[default]\nregion = a ; c', [[1, 0, 'a', 2]]],
    ['[default]\nregion = a#c', [[1, 0, 'a#c', 2]]],
    ['[default]\nregion =   a b  ', [[1, 0, 'a b', 2]]],
    ['[default]\nregion = a\nregion = b', [[1, 0, 'b', 3]]],
    ['[default]\n  region = a', [[1, 0, null, null]]],
    ['[default]\nmy_region = a\nregions = b\nsso_region = c', [[1, 0, null, null]]],
    ['[default]\n# region = a', [[1, 0, null, null]]],
    ['region = a\n[default]', [[2, 11, null, null]]],
    ['[default]\n[profile x]\nregion = a', [[1, 0, null, null]]],
    [
      '[default]\nregion = a\n[default]\nregion = b',
      [
        [1, 0, 'a', 2],
        [3, 21, 'b', 4],
      ],
    ],
    ['[profile default-2]\nregion = a', []],
    ['[defaults]\nregion = a', []],
    ['# [default]\nregion = a', []],
    ['[profilex default]', []],
  ])('of %j', (text, sections) => {
    expect(short(text)).toEqual(sections);
  });
});

describe('what follows a section', () => {
  it.each([
    ['', false],
    ['\n  \n', false],
    ['# a = b\n; c = d\n', false],
    ['[x]\na = b', false],
    ['  [x]\na = b', false],
    ['# c\n[x]', false],
    ['a = b', true],
    ['\n# c\na = b', true],
    ['  a = b', true],
    ['a = b # c', true],
  ])('%j begins with settings: %s', (text, is) => {
    expect(beginsWithSettings(text)).toBe(is);
  });
});
