import { describe, expect, it } from 'vitest';
import { parseSharedConfig } from '../../../src/core/environment/shared-config.js';

describe('the shared AWS config', () => {
  it('has profiles by the rules of each file', () => {
    const text =
      '[default]\nregion = us-east-1 ; here\n\n[profile a b]\nx=1\n  nested = y\n[sso-session s]\nz=1\n[plain]\n';
    const sections = parseSharedConfig(text, 'config');
    expect(sections.map(({ profile, line }) => [profile, line])).toEqual([
      ['default', 1],
      ['a b', 4],
      [null, 7],
      [null, 9],
    ]);
    expect(sections[0]?.settings).toEqual([{ key: 'region', value: 'us-east-1', line: 2 }]);
    expect(sections[1]?.settings).toEqual([{ key: 'x', value: '1', line: 5 }]);
    expect(parseSharedConfig('[plain]\n', 'credentials')[0]?.profile).toBe('plain');
  });

  it.each([
    ['[ default ]', 'default'],
    ['[default] # behind', 'default'],
    ['\t[profile x]', 'x'],
    ['[profile   x]', 'x'],
    ['[profile "a b"]', 'a b'],
    ["[profile 'a b']", 'a b'],
    ["['default']", 'default'],
    ['[my profile x]', null],
    ['[profilex]', null],
  ])('names a profile in %j', (header, profile) => {
    expect(parseSharedConfig(header, 'config')).toEqual([{ profile, line: 1, settings: [] }]);
  });

  it('names any section in the credentials file, with quotes taken off its ends only', () => {
    expect(parseSharedConfig(`["it's"]`, 'credentials')[0]?.profile).toBe("it's");
  });

  it('has settings below a section only, without comments', () => {
    const text = [
      'lost=1',
      '[default]',
      'Region = x',
      '# a=1',
      '; b=1',
      '  # c=1',
      'd',
      'e=1 # no',
      'f=1#yes',
      'g = a [b] = c ',
      'h=',
    ];
    const [section, ...others] = parseSharedConfig(text.join('\r\n'), 'config');
    expect(others).toEqual([]);
    expect(section?.settings).toEqual([
      { key: 'region', value: 'x', line: 3 },
      { key: 'e', value: '1', line: 8 },
      { key: 'f', value: '1#yes', line: 9 },
      { key: 'g', value: 'a [b] = c', line: 10 },
      { key: 'h', value: '', line: 11 },
    ]);
  });
});
