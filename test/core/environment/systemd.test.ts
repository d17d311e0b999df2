import { describe, expect, it } from 'vitest';
import {
  parseManagerEnvironment,
  parseProperties,
  parseUnit,
  parseWords,
} from '../../../src/core/environment/systemd.js';
import { pairs } from './pairs.js';

describe('what systemctl prints', () => {
  it('are properties, one a line, of which only the first = parts', () => {
    expect(parseProperties('Id=a.service\nEnvironment=A=1 B=2\n\nnonsense\n=x\nEmpty=\n')).toEqual({
      Id: 'a.service',
      Environment: 'A=1 B=2',
      Empty: '',
    });
  });

  it("is the manager's environment, quoted as in a shell where it has to be", () => {
    const text = String.raw`A=1
B=$'two words'
C=x # y
D=$'it\'s\ta\nb\\c'
nonsense
E=
F="x"
`;
    expect(parseManagerEnvironment(text)).toEqual([
      { name: 'A', value: '1', line: null },
      { name: 'B', value: 'two words', line: null },
      { name: 'C', value: 'x # y', line: null },
      { name: 'D', value: "it's\ta\nb\\c", line: null },
      { name: 'E', value: '', line: null },
      { name: 'F', value: '"x"', line: null },
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
      resets: [],
    });
    expect(parseUnit('', '/h')).toEqual({ assignments: [], files: [], unset: [], resets: [] });
  });

  it('shows its loaded environment as words', () => {
    expect(pairs(parseWords('A=1 "B=two words" C=a\\ b', null))).toEqual([
      '- A=1',
      '- B=two words',
      '- C=a b',
    ]);
  });
});
