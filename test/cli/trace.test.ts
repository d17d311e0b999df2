import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MockAws } from '../../src/mock-aws/index.js';
import { mockAwsEnvironment, startMockAws } from '../../src/mock-aws/index.js';
import type { CliResult } from '../support/cli.js';
import { runCli } from '../support/cli.js';

let folder: string;
let mock: MockAws;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trace-'));
  mock = await startMockAws({ propagation: { iamToEc2Milliseconds: 600 } });
});

afterEach(async () => {
  await mock.stop();
  await rm(folder, { recursive: true, force: true });
});

async function run(...words: readonly string[]): Promise<CliResult> {
  const variables = { ...mockAwsEnvironment(mock, 'operator'), AWS_EC2_METADATA_DISABLED: 'true' };
  return runCli(words, { home: folder, variables });
}

/** The bars of a picture: what they are, and their names. */
function bars(svg: string): readonly { readonly kind: string; readonly name: string }[] {
  return [
    ...svg.matchAll(/<g class="bar (\w+)[^"]*"><title>[^:]+: (.*?), [\d.]+ m?s(?:, failed)?<\/title>/gu),
  ].map(([, kind = '', name = '']) => ({ kind, name }));
}

const instance = ['--instance-id', 'i-0abc1234def567890', '--host', 'skip', '--json'];

describe('--trace', () => {
  it.each([['setup', '--yes'], ['plan'], ['undo', '--yes']])(
    'has one bar for each call of %s that AWS was asked',
    async (...words) => {
      if (words[0] === 'undo') await run('setup', '--yes', ...instance);
      mock.calls.length = 0;
      const file = join(folder, 'trace.svg');
      await run(...words, ...instance, '--trace', file);
      const drawn = bars(await readFile(file, 'utf8')).filter(
        ({ kind, name }) => kind === 'call' && !name.startsWith('metadata'),
      );
      const asked = mock.calls.filter(({ service }) => service !== 'metadata');
      expect(asked.length).toBeGreaterThan(3);
      expect(drawn.map(({ name }) => name.split(' ').at(-1) ?? '').toSorted()).toEqual(
        asked.map(({ operation }) => operation).toSorted(),
      );
    },
  );

  it('draws waits and steps, and no id of the account', async () => {
    const file = join(folder, 'trace.html');
    await run('setup', '--yes', ...instance, '--trace', file);
    const page = await readFile(file, 'utf8');
    const drawn = bars(page);
    expect(drawn).toContainEqual({ kind: 'wait', name: 'EC2 to see the new instance profile' });
    expect(drawn).toContainEqual({ kind: 'step', name: 'permission policy' });
    expect(page).not.toMatch(/\b\d{12}\b|i-0abc1234|AKIA|ASIA/u);
  });

  it('draws the child processes of a rehearsal', async () => {
    const file = join(folder, 'trace.svg');
    await run('--mock', '--yes', '--json', '--trace', file);
    const processes = bars(await readFile(file, 'utf8')).filter(({ kind }) => kind === 'process');
    const names = processes.map(({ name }) => name);
    expect(names).toContain('gateway probe');
    expect(names).toContain('openclaw models list --all');
  }, 30_000);

  it('replaces its own picture, and nothing else', async () => {
    const file = join(folder, 'trace.svg');
    await run('plan', ...instance, '--trace', file);
    const before = await readFile(file, 'utf8');
    await run('plan', ...instance, '--trace', file);
    expect(await readFile(file, 'utf8')).not.toBe(before);
    await writeFile(file, 'mine');
    const { exitCode, stderr } = await run('plan', ...instance, '--trace', file);
    expect(stderr).toContain('is there already, and is no trace');
    expect({ exitCode, text: await readFile(file, 'utf8') }).toEqual({ exitCode: 0, text: 'mine' });
  });

  it('is refused where the name does not say what to draw', async () => {
    const { exitCode, stderr } = await run('plan', ...instance, '--trace', join(folder, 'trace.png'));
    expect(exitCode).toBe(2);
    expect(stderr).toContain('.svg or .html');
  });
});
