import { describe, expect, it } from 'vitest';
import { parseDotenv } from '../../../src/core/environment/dotenv.js';
import { mergeLayers } from '../../../src/core/environment/merge.js';
import { parseSharedConfig } from '../../../src/core/environment/shared-config.js';
import { parseShellProfile } from '../../../src/core/environment/shell-profile.js';
import {
  parseManagerEnvironment,
  parseProperties,
  parseUnit,
  parseWords,
} from '../../../src/core/environment/systemd.js';

const pairs = (
  assignments: readonly { name: string; value: string; line: number | null }[],
): readonly string[] => assignments.map(({ name, value, line }) => `${line ?? '-'} ${name}=${value}`);

describe('a .env file', () => {
  it('is read with quotes, comments, export and Windows line ends', () => {
    const text = '# c\r\nA=1 # x\r\nexport B = "two # words"\r\nC=\'3\'\r\nD=\r\nnonsense\r\nE=a#b\r\n';
    expect(pairs(parseDotenv(text))).toEqual(['2 A=1', '3 B=two # words', '4 C=3', '5 D=', '7 E=a#b']);
  });
});

describe('a value in a .env file', () => {
  it.each([
    ['A=plain', 'plain'],
    ['A = spaced  ', 'spaced'],
    ['\t export  A=tabbed', 'tabbed'],
    ['A=x "y"', 'x "y"'],
    ["A=it's", "it's"],
    ["A='a\\nb'", 'a\\nb'],
    ["A='more than one'", 'more than one'],
    ['A=`more than one`', 'more than one'],
    ['A="a\\nb\\rc"', 'a\nb\rc'],
    ['A="say \\"hi\\""', 'say \\"hi\\"'],
    ["A=''", ''],
    ['A=``', ''],
    ['A=#all', ''],
    ['A=a #b #c', 'a'],
    ['A=a\t#b', 'a'],
    ['A="quoted" # behind', 'quoted'],
    ['A="no end', '"no end'],
  ])('%j is %j', (line, value) => {
    expect(parseDotenv(line)).toEqual([{ name: 'A', value, line: 1 }]);
  });

  it.each(['1A=x', 'A', '=x', 'export A', 'A B=x', ''])('is none in %j', (line) => {
    expect(parseDotenv(line)).toEqual([]);
  });

  it('has a name with dots and dashes', () => {
    expect(parseDotenv('_a.b-c=1').map(({ name }) => name)).toEqual(['_a.b-c']);
  });
});

describe('what systemctl prints', () => {
  it('are properties, one a line, of which only the first = parts', () => {
    expect(parseProperties('Id=a.service\nEnvironment=A=1 B=2\n\nnonsense\n=x\nEmpty=\n')).toEqual({
      Id: 'a.service',
      Environment: 'A=1 B=2',
      Empty: '',
    });
  });

  it("is the manager's environment, quoted as in a shell where it has to be", () => {
    expect(parseManagerEnvironment("A=1\nB=$'two words'\n")).toEqual([
      { name: 'A', value: '1', line: null },
      { name: 'B', value: 'two words', line: null },
    ]);
  });

  it('has no word without a name', () => {
    expect(pairs(parseWords('=1 A B=', null))).toEqual(['- B=']);
  });
});

describe('a systemd unit', () => {
  it('is read with quotes, continuations, specifiers, resets and other sections left out', () => {
    const text = [
      '[Unit]',
      'Environment=NO=1',
      '[Service]',
      'Environment=GONE=1',
      'Environment=',
      'Environment="A=one two" B=2 \\',
      '  C=%h/x',
      "Environment='D=it is' E=100%%",
      '# Environment=F=1',
      'EnvironmentFile=-%h/.env',
      'UnsetEnvironment=A',
    ].join('\n');
    const unit = parseUnit(text, '/home/claw');
    expect(pairs(unit.assignments)).toEqual([
      '6 A=one two',
      '6 B=2',
      '6 C=/home/claw/x',
      '8 D=it is',
      '8 E=100%',
    ]);
    expect(unit.files).toEqual(['/home/claw/.env']);
    expect(unit.unset).toEqual(['A']);
  });

  it.each([
    ['[Service]\n  Environment = A=1  ', ['2 A=1']],
    ['  [Service]  \nEnvironment=A=1', ['2 A=1']],
    ['[Service] ; x\nEnvironment=A=1', []],
    ['x[Service]\nEnvironment=A=1', []],
    ['[Service]\nxEnvironment=A=1', []],
    ['Environment=A=1\n[Service]', []],
    [
      '[Service]\nEnvironment=A=1\n[Install]\nEnvironment=B=1\n[Service]\nEnvironment=C=1',
      ['2 A=1', '6 C=1'],
    ],
    ['[Service]\nEnvironment=A=1 \\\n\\\n B=2\nEnvironment=C=3', ['2 A=1', '2 B=2', '5 C=3']],
    ['[Service]\nEnvironment=A=1\\\nB=2', ['2 A=1', '2 B=2']],
    ['[Service]\r\nEnvironment=A=1\r\n', ['2 A=1']],
    [
      String.raw`[Service]` + '\n' + String.raw`Environment=A=a\\b "B=say \"x\"" 'C=x'y`,
      [String.raw`2 A=a\b`, '2 B=say "x"', '2 C=xy'],
    ],
    ['[Service]\nEnvironment=A=%h%%h', ['2 A=/home/claw%h']],
    ['[Service]\nEnvironment=A= B', ['2 A=']],
  ])('of %j sets %j', (text, wanted) => {
    expect(pairs(parseUnit(text, '/home/claw').assignments)).toEqual(wanted);
  });

  it('names files to read, and forgets those before an empty one', () => {
    const files = (...lines: readonly string[]): readonly string[] =>
      parseUnit(['[Service]', ...lines].join('\n'), '/h').files;
    expect(files('EnvironmentFile=/a', 'EnvironmentFile= -/b-c ', 'EnvironmentFile=%h/d')).toEqual([
      '/a',
      '/b-c',
      '/h/d',
    ]);
    expect(files('EnvironmentFile=/a', 'EnvironmentFile=', 'EnvironmentFile=/b')).toEqual(['/b']);
  });

  it('takes variables away by their names, from every line that says so', () => {
    expect(parseUnit('[Service]\nUnsetEnvironment=A "B"\nUnsetEnvironment=C', '/h')).toEqual({
      assignments: [],
      files: [],
      unset: ['A', 'B', 'C'],
    });
    expect(parseUnit('', '/h')).toEqual({ assignments: [], files: [], unset: [] });
  });

  it('shows its loaded environment as words', () => {
    expect(pairs(parseWords('A=1 "B=two words" C=a\\ b', null))).toEqual([
      '- A=1',
      '- B=two words',
      '- C=a b',
    ]);
  });
});

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

describe('a shell profile', () => {
  it('is searched for plain assignments', () => {
    const text = [
      'export AWS_PROFILE=default',
      '  AWS_REGION="us-east-1"; export AWS_REGION',
      'set -gx AWS_PROFILE fishy',
      '# export AWS_REGION=no',
      'echo AWS_PROFILE=no',
    ].join('\n');
    expect(pairs(parseShellProfile(text))).toEqual([
      '1 AWS_PROFILE=default',
      '2 AWS_REGION=us-east-1',
      '3 AWS_PROFILE=fishy',
    ]);
  });
});

describe('layers', () => {
  it('are laid over each other, the first the strongest, with secrets not shown', () => {
    const layer = (file: string, text: string) => ({ file, assignments: parseDotenv(text) });
    const merged = mergeLayers([
      layer('unit', 'AWS_PROFILE=a\nX=1'),
      layer('.env', 'AWS_PROFILE=b\nAWS_PROFILE=c\nAWS_ACCESS_KEY_ID=AKIACANARY\nX=2\nY=3'),
    ]);
    expect(merged.variables).toEqual({ AWS_PROFILE: 'a', X: '1', AWS_ACCESS_KEY_ID: 'AKIACANARY', Y: '3' });
    expect(merged.sources).toEqual([
      { name: 'AWS_PROFILE', file: 'unit', line: 1, shown: 'a' },
      { name: 'AWS_ACCESS_KEY_ID', file: '.env', line: 3, shown: null },
    ]);
    expect(merged.overridden.map(({ line }) => line)).toEqual([2, 1]);
  });
});
