import { describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { filesBelow } from '../package/install.js';
import { runCli, withHome } from '../support/cli.js';

const instance = ['--instance-id', 'i-0abc1234def567890'];
const nowhere = { AWS_EC2_METADATA_SERVICE_ENDPOINT: 'http://127.0.0.1:1' };

/** What somebody types first who has no credentials, no region and no EC2 instance, and what they are told. */
const firstCommands: readonly (readonly [string, readonly string[], number, string])[] = [
  ['nothing', [], 2, 'error INSTANCE_NEEDED: '],
  ['plan', ['plan'], 2, 'error INSTANCE_NEEDED: '],
  ['plan of an instance', ['plan', ...instance], 2, 'error REGION_NEEDED: '],
  ['the host alone', ['--cloud', 'skip'], 2, 'error REGION_NEEDED: '],
  [
    'the host in China',
    ['plan', '--cloud', 'skip', '--host', 'local', '--region', 'cn-north-1'],
    2,
    'error BEDROCK_NOT_IN_PARTITION: ',
  ],
  ['verify', ['verify'], 2, 'error REGION_NEEDED: '],
  ['verify of an instance', ['verify', ...instance], 2, 'error REGION_NEEDED: '],
  ['undo', ['undo', '--yes'], 0, 'Nothing to undo'],
  ['a policy', ['render', 'policy'], 2, 'error REGION_NEEDED: '],
  ['a command that there is not', ['verfy'], 2, 'did you mean verify?'],
  ['a flag that there is not', ['--instance', 'i-0abc1234def567890'], 2, 'did you mean --instance-id?'],
];

describe('somebody who has just got it, without credentials, region and instance,', () => {
  it.each(firstCommands)(
    'is answered at once: %s, also the second time',
    async (_name, words, code, told) => {
      await withHome(async (home) => {
        for (const time of ['first', 'second']) {
          const { exitCode, stdout, stderr } = await runCli(words, {
            home,
            variables: nowhere,
            timeout: 30_000,
          });
          expect({ time, exitCode, output: stdout + stderr }).toEqual({
            time,
            exitCode: code,
            output: expect.stringContaining(told) as string,
          });
        }
        expect(await filesBelow(home)).toEqual([]);
      });
    },
  );
});

it('the half of the host is not done on a host that is no instance, where nobody says that it is meant', async () => {
  await withHome(async (home) => {
    const run = async (...words: readonly string[]) =>
      runCli(['--cloud', 'skip', '--region', 'us-east-1', '--yes', ...words], { home });
    const { exitCode, stderr } = await run();
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: expect.stringContaining('error NOT_AN_INSTANCE: ') as string,
    });
    expect(await filesBelow(home)).toEqual([]);
    expect((await run('--host', 'local')).stderr).not.toContain('NOT_AN_INSTANCE');
    expect(await filesBelow(home)).not.toEqual([]);
  });
});

describe('a command to paste', () => {
  const last = (text: string): string => text.trimEnd().split('\n').at(-1) ?? '';

  it.each([
    ['npx', {}, `npx openclaw-bedrock-setup@${manifest.version} --instance-id`],
    ['start', { npm_package_name: manifest.name }, 'npm start -- --instance-id'],
    ['start', { npm_package_name: 'another-project' }, 'openclaw-bedrock-setup --instance-id'],
    ['', {}, 'openclaw-bedrock-setup --instance-id'],
  ])('begins as this one was begun: %s %j', async (npm_lifecycle_event, more, begins) => {
    await withHome(async (home) => {
      const variables = { npm_lifecycle_event, ...more };
      const { stdout } = await runCli(['plan', '--mock'], { home, variables });
      expect(last(stdout)).toContain(`next: ${begins}`);
    });
  });

  it.each([
    ['undo', ...instance],
    ['plan', ...instance],
    ['plan', '--instance-tag', 'env=prod'],
    ['--asg', 'web'],
  ])('into CloudShell still means %s %s %s', async (...asked) => {
    await withHome(async (home) => {
      const words = [...asked.filter((word) => word !== undefined), '--region', 'us-east-1'];
      const { exitCode, stderr } = await runCli(words, { home, variables: nowhere });
      expect(exitCode).toBe(5);
      expect(stderr).toContain(`: npx openclaw-bedrock-setup@${manifest.version} ${words.join(' ')}\n`);
    });
  });
});
