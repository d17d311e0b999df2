import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { completion } from '../../src/cli/completion/completion.js';
import { parseWhole } from '../support/parse.js';
import { completionShells } from '../../src/core/settings.js';
import { commandRequirement } from '../support/requirements.js';
import { PtyTerminal } from '../support/terminal.js';

const run = promisify(execFile);
const [bash, zsh, fish] = await Promise.all(['bash', 'zsh', 'fish'].map(commandRequirement));
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'completion-'));
  for (const shell of completionShells) await writeFile(join(folder, shell), completion(shell));
  await writeFile(join(folder, 'settings.json'), '{}');
});
afterAll(async () => rm(folder, { recursive: true }));

describe.skipIf(bash !== true)('bash', () => {
  async function candidates(...words: readonly string[]): Promise<readonly string[]> {
    const line = ['openclaw-bedrock-setup', ...words].map((word) => `'${word}'`).join(' ');
    const script = `compopt() { :; }; source ./bash; COMP_WORDS=(${line}); COMP_CWORD=${words.length}
      _openclaw_bedrock_setup; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout } = await run('bash', ['--norc', '-c', script], { cwd: folder });
    return stdout.split('\n').filter((word) => word !== '');
  }

  it('completes commands, their flags, words and files', async () => {
    expect(await candidates('ve')).toEqual(['verify']);
    expect(await candidates('plan', '--exit')).toEqual(['--exit-code']);
    expect(await candidates('verify', '--exit')).toEqual([]);
    expect(await candidates('--role')).toEqual(['--role-name']);
    expect(await candidates('--cloud', '')).toEqual(['auto', 'skip']);
    expect(await candidates('render', 'cloud')).toEqual(['cloudformation']);
    expect(await candidates('completion', '')).toEqual(expect.arrayContaining(['bash', 'zsh', 'fish']));
    expect(await candidates('--config', 'sett')).toEqual(['settings.json']);
    expect(await candidates('--region', '')).toEqual([]);
  });
});

describe.skipIf(fish !== true)('fish', () => {
  async function candidates(line: string): Promise<readonly string[]> {
    const script = `source ./fish; complete -C 'openclaw-bedrock-setup ${line}'`;
    const { stdout } = await run('fish', ['--no-config', '-c', script], { cwd: folder });
    return stdout.split('\n').flatMap((entry) => (entry === '' ? [] : [entry.split('\t')[0] ?? '']));
  }

  it('completes commands, their flags, words and files', async () => {
    expect(await candidates('ve')).toEqual(['verify']);
    expect(await candidates('plan --exit')).toEqual(['--exit-code']);
    expect(await candidates('verify --exit')).toEqual([]);
    expect(await candidates('--role')).toEqual(['--role-name']);
    expect(await candidates('--cloud ')).toEqual(['auto', 'skip']);
    expect(await candidates('render cloud')).toEqual(['cloudformation']);
    expect(await candidates('--config sett')).toEqual(['settings.json']);
  });
});

describe.skipIf(zsh !== true)('zsh', () => {
  it('completes commands, their flags and words as they are typed', async () => {
    const terminal = new PtyTerminal({
      command: 'zsh',
      args: ['-f', '-i'],
      env: { HOME: folder, PS1: 'ready> ' },
      folder,
      columns: 120,
    });
    try {
      await terminal.waitFor('ready>');
      terminal.send('autoload -U compinit; compinit -D -u; source ./zsh; echo sour"ced"\r');
      await terminal.waitFor('\nsourced');
      terminal.send('openclaw-bedrock-setup veri\t');
      await terminal.waitFor('openclaw-bedrock-setup verify');
      terminal.send('--repo\t');
      await terminal.waitFor('verify --report');
      terminal.send('\u0015openclaw-bedrock-setup --cloud sk\t');
      await terminal.waitFor('--cloud skip');
      terminal.send('\u0015openclaw-bedrock-setup plan --exit\t');
      await terminal.waitFor('plan --exit-code');
      terminal.send('\u0015openclaw-bedrock-setup render terr\t');
      await terminal.waitFor('render terraform');
      expect(terminal.text).not.toContain('command not found');
    } finally {
      terminal.kill('SIGKILL');
    }
  });
});

describe('the command', () => {
  it('takes one of three shells', () => {
    expect(parseWhole(['completion', 'zsh'])).toEqual({ kind: 'completion', shell: 'zsh' });
    expect(() => parseWhole(['completion'])).toThrow('completion needs to know for which shell');
    expect(() => parseWhole(['completion', 'tcsh'])).toThrow('no completion for "tcsh"');
    expect(() => parseWhole(['completion', 'bash', 'zsh'])).toThrow('unexpected argument "zsh"');
  });
});
