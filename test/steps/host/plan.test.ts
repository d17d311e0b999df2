import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/adapters/clock.js';
import type { StepId } from '../../../src/core/change.js';
import { isConflict } from '../../../src/core/change.js';
import { hostSteps } from '../../../src/steps/host/index.js';
import type { TestHostOptions } from '../../support/host.js';
import { goalFor, setUp, takeBack, temporaryFolder, testHost } from '../../support/host.js';

const begin = '# >>> openclaw-bedrock-setup >>>';
const end = '# <<< openclaw-bedrock-setup <<<';
const posix = ['export AWS_PROFILE=default', 'export AWS_REGION=us-east-1'];
const names = 'AWS_PROFILE, AWS_REGION';

type Files = Readonly<Record<string, string>>;

/** What the plan of one step says on a host with these files: a line for each change, or scope and words of a refusal. */
async function told(id: StepId, files: Files, options: Partial<TestHostOptions> = {}): Promise<unknown> {
  const home = await temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(home, name)), { recursive: true });
    await writeFile(path.join(home, name), text);
  }
  const host = testHost({ home, ...options });
  const step = hostSteps.find((one) => one.id === id);
  const seen = await step?.look(await goalFor(host), { clock: systemClock, host });
  if (seen === undefined || seen === null) return null;
  const { subject, result } = seen;
  if (isConflict(result)) {
    const { code, message, why, fix } = result.conflict;
    return [subject, `${result.scope} ${code}: ${message.replace(home, 'HOME')}`, why, fix];
  }
  return [
    subject,
    ...result.map(
      ({ action, target, detail, body }) => `${action} ${target}: ${detail} ${JSON.stringify(body)}`,
    ),
  ];
}

describe('what the plan says of the shell profile', () => {
  const lines = JSON.stringify(posix);

  it('where it is to be written', async () => {
    expect(await told('shell-profile', { '.bashrc': '' })).toEqual([
      '~/.bashrc, ~/.profile',
      `update ~/.bashrc: ${names} ${lines}`,
      `create ~/.profile: ${names} ${lines}`,
    ]);
    expect(await told('shell-profile', {}, { shell: '-zsh' })).toEqual([
      '~/.zshenv',
      `create ~/.zshenv: ${names} ${lines}`,
    ]);
    const file = '~/.config/fish/conf.d/openclaw-bedrock-setup.fish';
    expect(await told('shell-profile', {}, { shell: '/usr/bin/fish' })).toEqual([
      file,
      `create ${file}: ${names} ["set -gx AWS_PROFILE default","set -gx AWS_REGION us-east-1"]`,
    ]);
  });

  it('where the shell is another', async () => {
    expect(await told('shell-profile', {}, { shell: '/bin/tcsh' })).toEqual([
      'login shell',
      'notice SHELL_UNKNOWN: the login shell is not bash, zsh or fish, so that its profile was left alone',
      'only the profiles of these three are known well enough to be edited; the gateway is not affected',
      "set in your shell's own profile: export AWS_PROFILE=default; export AWS_REGION=us-east-1",
    ]);
  });

  it.each([
    [[begin, ...posix], 'the block that begins on line 2 never ends'],
    [[end], 'line 2 ends a block that never begins'],
    [[begin, begin, end], 'line 3 begins a block inside the one from line 2'],
    [[begin, end, begin], 'line 4 has a marker of a second block'],
  ])('where its block is damaged: %j', async (block, reason) => {
    expect(await told('shell-profile', { '.bashrc': `# mine\n${block.join('\n')}\n` })).toEqual([
      '~/.bashrc, ~/.profile',
      `step BLOCK_BROKEN: the marked block in HOME/.bashrc is damaged: ${reason}`,
      'what is between the markers is replaced as a whole, and here it cannot be told where that begins and ends',
      `remove the lines "${begin}" and "${end}" and what is left between them, then run again`,
    ]);
  });

  it.each([
    'alias x=y',
    'export MINE=1',
    'export AWS_REGION=',
    ' export AWS_REGION=x',
    'export AWS_SECRET_ACCESS_KEY=x',
    'export AWS_SESSION_TOKEN=x',
    'export AWS_ACCESS_KEY_ID=x',
  ])('where its block holds %j', async (line) => {
    expect(await told('shell-profile', { '.bashrc': `${begin}\n${posix[0]}\n${line}\n${end}\n` })).toEqual([
      '~/.bashrc, ~/.profile',
      'step BLOCK_EDITED: the marked block in ~/.bashrc has lines that this tool did not write',
      'the block is replaced as a whole, and those lines would be lost',
      'move the lines out of the block, then run again',
    ]);
  });

  it.each(['export AWS_REGION=eu-west-1', 'export AWS_PROFILE=other'])(
    'where its block is an older one: %s',
    async (line) => {
      expect(await told('shell-profile', { '.bashrc': `${begin}\n${line}\n${end}\n` })).toMatchObject({
        1: `update ~/.bashrc: ${names} ${lines}`,
      });
    },
  );

  it('where fish has an older block, or one of somebody else', async () => {
    const file = '.config/fish/conf.d/openclaw-bedrock-setup.fish';
    const fish = (line: string) => ({ [file]: `${begin}\n${line}\n${end}\n` });
    const options = { shell: '/usr/bin/fish' };
    expect(await told('shell-profile', fish('set -gx AWS_REGION x'), options)).toMatchObject({
      1: expect.stringMatching(/^update /u) as unknown,
    });
    for (const line of ['set -gx MINE x', 'export AWS_REGION=x', 'set -gx AWS_REGION ']) {
      expect(await told('shell-profile', fish(line), options)).toMatchObject({
        1: expect.stringMatching(/^step BLOCK_EDITED/u) as unknown,
      });
    }
  });

  it('where a line of the user stands before its block, which wins over it', async () => {
    const files = { '.bashrc': '# mine\nexport AWS_PROFILE=work\nexport AWS_REGION=us-east-1\n' };
    expect(await told('shell-profile', files)).toMatchObject({
      1: `update ~/.bashrc: ${names}; wins over AWS_PROFILE on line 2 ${lines}`,
    });
  });

  const block = `${begin}\n${posix.join('\n')}\n${end}\n`;
  const login = { '.profile': block };
  const overridden = (name: string, file: string, line: number) => [
    `notice SHELL_PROFILE_OVERRIDDEN: ${name} is set once more in ~/${file} on line ${line}`,
    'that line is read after the block of this tool and wins over it in your shells; the gateway is not affected',
    `remove line ${line} if your shells are to use the instance's role`,
  ];

  it.each([
    ['AWS_PROFILE', 'export AWS_PROFILE=mine'],
    ['AWS_REGION', 'unset AWS_REGION'],
    ['AWS_REGION', 'AWS_REGION=x'],
    ['AWS_REGION', '  declare -x AWS_REGION=x'],
    ['AWS_REGION', 'if true; then export AWS_REGION=us-east-1; fi\nexport AWS_REGION=x'],
  ])('where %s is set again behind the block: %j', async (name, line) => {
    const at = 4 + line.split('\n').length;
    expect(await told('shell-profile', { ...login, '.bashrc': `${block}${line}\n` })).toEqual([
      '~/.bashrc, ~/.profile',
      ...overridden(name, '.bashrc', at),
    ]);
  });

  it.each(['export AWS_REGION=us-east-1', 'AWS_REGION=x aws s3 ls', 'echo AWS_REGION', '# AWS_REGION=x'])(
    'where what follows the block changes nothing: %j',
    async (line) => {
      expect(await told('shell-profile', { ...login, '.bashrc': `${block}${line}\n` })).toEqual([
        '~/.bashrc, ~/.profile',
      ]);
    },
  );

  it('where what came before the block is another value', async () => {
    const text = `export AWS_REGION=x\n${block}`;
    expect(await told('shell-profile', { ...login, '.bashrc': text })).toEqual(['~/.bashrc, ~/.profile']);
  });

  it('where zsh reads a file after the block', async () => {
    const files = { '.zshenv': block, '.zshrc': '\nexport AWS_REGION=x\n' };
    expect(await told('shell-profile', files, { shell: '/bin/zsh' })).toEqual([
      '~/.zshenv',
      ...overridden('AWS_REGION', '.zshrc', 2),
    ]);
  });

  it.each([
    ['bash', '.bashrc', true],
    ['bash', '.profile', false],
    ['zsh', '.zshenv', true],
    ['zsh', '.zshrc', true],
    ['zsh', '.zprofile', false],
    ['fish', '.config/fish/config.fish', true],
  ])('where all of it stands in %s’s %s by hand: nothing is to do? %s', async (shell, file, isInPlace) => {
    const lines =
      shell === 'fish' ? 'set -gx AWS_PROFILE default\nset -gx AWS_REGION us-east-1' : posix.join('\n');
    const said = (await told('shell-profile', { [file]: `${lines}\n` }, { shell })) as readonly string[];
    expect(said.length === 1).toBe(isInPlace);
  });
});

describe('which files the shell reads', () => {
  it.each([
    ['bash', {}, {}, ['~/.bashrc', '~/.profile']],
    ['bash', { '.profile': '', '.bash_login': '' }, {}, ['~/.bashrc', '~/.bash_login']],
    [
      'bash',
      { '.profile': '', '.bash_login': '', '.bash_profile': '' },
      {},
      ['~/.bashrc', '~/.bash_profile'],
    ],
    ['zsh', {}, { ZDOTDIR: '' }, ['~/.zshenv']],
    ['zsh', { '.zshenv': '' }, { ZDOTDIR: '/nonexistent/z' }, ['/nonexistent/z/.zshenv', '~/.zshenv']],
    ['zsh', {}, { ZDOTDIR: '/nonexistent/z' }, ['/nonexistent/z/.zshenv']],
    [
      'fish',
      {},
      { XDG_CONFIG_HOME: '/nonexistent/c' },
      ['/nonexistent/c/fish/conf.d/openclaw-bedrock-setup.fish'],
    ],
  ])('%s with %j and %j', async (shell, files, environment, expected) => {
    const said = (await told('shell-profile', files, { shell, environment })) as readonly string[];
    expect(said.slice(1).map((line) => line.split(' ')[1]?.replace(/:$/u, ''))).toEqual(expected);
  });
});

describe('what the plan says of the gateway’s environment', () => {
  it('where it is to be written', async () => {
    expect(await told('gateway-env', {})).toEqual([
      '~/.openclaw/.env',
      `create ~/.openclaw/.env: ${names} ["AWS_PROFILE=default","AWS_REGION=us-east-1"]`,
    ]);
    expect(await told('gateway-env', { '.openclaw/.env': 'AWS_PROFILE=default\n' })).toEqual([
      '~/.openclaw/.env',
      'update ~/.openclaw/.env: AWS_REGION ["AWS_REGION=us-east-1"]',
    ]);
  });

  it.each(['AKIAIOSFODNN7EXAMPLE', 'x'.repeat(65), 'a$b', `"a'`, 'a/b'])(
    'where a value is none that may be kept: %s',
    async (value) => {
      expect(await told('gateway-env', { '.openclaw/.env': `AWS_REGION=${value}\n` })).toEqual([
        '~/.openclaw/.env',
        "step ENV_VALUE_ODD: AWS_REGION in ~/.openclaw/.env has a value that is no profile's or region's name",
        'to be able to put it back it would have to be kept in the receipt, which never holds what may be a secret',
        'remove the line of AWS_REGION from ~/.openclaw/.env, then run again',
      ]);
    },
  );

  it.each(['eu-west-1', '"eu-west-1"', "'my profile'", '`x`', 'x'.repeat(64), 'a@b.c+d:e', ''])(
    'where a value may be kept: %s',
    async (value) => {
      expect(await told('gateway-env', { '.openclaw/.env': `AWS_REGION=${value}\n` })).toMatchObject({
        1: expect.stringMatching(/^update /u) as unknown,
      });
    },
  );
});

describe('what the plan says of the AWS config', () => {
  const config = '~/.aws/config';
  const why =
    'an existing [default] is never edited; AWS_REGION, which is set too, wins over it in the SDKs and the AWS CLI';
  const fix = 'if the AWS CLI should use us-east-1 there as well: aws configure set region us-east-1';

  it('where it is to be written', async () => {
    expect(await told('aws-config', {})).toEqual([
      config,
      `create ${config}: [default] region = us-east-1 undefined`,
    ]);
    const old = `${begin}\n[default]\nregion = eu-west-1\n${end}\n`;
    expect(await told('aws-config', { '.aws/config': old })).toEqual([
      config,
      `update ${config}: [default] region = us-east-1 undefined`,
    ]);
  });

  it.each([
    [
      '[default]\nregion = eu-west-1\n',
      '[default] in ~/.aws/config has the region eu-west-1 on line 2, not us-east-1',
    ],
    ['[profile x]\nregion = us-east-1\n\n[default]\n', '[default] in ~/.aws/config on line 4 has no region'],
    [
      `${begin}\n[default]\nregion = x\noutput = json\n${end}\n`,
      '[default] in ~/.aws/config has settings of yours inside the marked block',
    ],
    [
      `${begin}\n[default]\noutput = json\n${end}\n`,
      '[default] in ~/.aws/config has settings of yours inside the marked block',
    ],
    [
      `${begin}\n[default]\nregion = x y\n${end}\n`,
      '[default] in ~/.aws/config has settings of yours inside the marked block',
    ],
  ])('where it has a [default]: %j', async (text, message) => {
    expect(await told('aws-config', { '.aws/config': text })).toEqual([
      config,
      `notice AWS_CONFIG_DEFAULT: ${message}`,
      why,
      fix,
    ]);
  });
});

const places = [
  ['shell-profile', '.bashrc'],
  ['gateway-env', '.openclaw/.env'],
  ['aws-config', '.aws/config'],
] as const;

describe('a file that cannot be read or written', () => {
  it.each(places)('is named by %s where it is no file: %s', async (id, name) => {
    expect(await told(id, { [`${name}/x`]: '' })).toMatchObject({
      1: expect.stringMatching(/^step FILE_\w+: /u) as unknown,
    });
  });

  it.each(places)('is named by %s where it is read-only: %s', async (id, name) => {
    const home = await temporaryFolder();
    const file = path.join(home, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, 'FOO=1\n', { mode: 0o444 });
    const { made, conflicts } = await setUp(testHost({ home }), {}, [id]);
    expect(made).toEqual([]);
    expect(conflicts[id]).toMatchObject({ scope: 'step', conflict: { code: 'FILE_READ_ONLY' } });
  });

  it.each([...places, ['openclaw-discovery', ''], ['primary-model', ''], ['bedrock-plugin', '']] as const)(
    'is not looked for by %s where the host is left alone',
    async (id) => {
      const host = testHost({ home: await temporaryFolder() });
      const goal = await goalFor(host, { model: 'm' });
      const step = hostSteps.find((one) => one.id === id);
      expect(await step?.look({ ...goal, host: null }, { clock: systemClock, host })).toBeNull();
    },
  );

  it.each(['shell-profile', 'gateway-env'] as const)(
    'is left alone by %s where no variable is wanted',
    async (id) => {
      const host = testHost({ home: await temporaryFolder() });
      expect(await setUp(host, { variables: {} }, [id])).toEqual({ made: [], conflicts: {} });
    },
  );
});

it('names what undo finds changed, and what to do about it', async () => {
  const home = await temporaryFolder();
  const host = testHost({ home });
  const why = 'undo only takes back what is still as it was left, so that nobody else’s work is lost';
  const rc = path.join(home, '.bashrc');
  const { made } = await setUp(host, {}, ['shell-profile']);
  await writeFile(rc, `${begin}\nexport AWS_REGION=x\n${end}\n`);
  await expect(takeBack(host, made)).rejects.toMatchObject({
    details: {
      code: 'CHANGED_SINCE',
      message: `the block in ${rc} has been changed since this tool wrote it`,
      why,
      fix: `remove the block between "${begin}" and "${end}" by hand if it is no longer wanted`,
    },
  });
  const env = path.join(home, '.openclaw', '.env');
  const second = await setUp(host, {}, ['gateway-env']);
  await writeFile(env, 'AWS_PROFILE=default\nAWS_REGION=x\n');
  await expect(takeBack(host, second.made)).rejects.toMatchObject({
    details: {
      message: `AWS_REGION in ${env} has been changed since this tool wrote it`,
      why,
      fix: 'set or remove AWS_REGION there by hand',
    },
  });
});
