import { access, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { execa } from 'execa';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { mockAwsEnvironment } from '../../src/mock-aws/index.js';
import { bin } from '../support/cli.js';
import type { Stage } from '../support/killing.js';
import { prepareStages, stateNames } from '../support/killing.js';

const setup = ['setup', '--yes', '--instance-id', 'i-0abc1234def567890', '--host', 'skip'];
let stages: Awaited<ReturnType<typeof prepareStages>>;
let stage: Stage;

beforeAll(async () => {
  stages = await prepareStages();
});

beforeEach(async () => {
  stage = await stages.open(stages.start);
});

afterEach(async () => stage.stop());
afterAll(async () => stages.remove());

/** A run that AWS keeps waiting. */
function startSlowly(...more: readonly string[]) {
  stage.mock.settings.latencyMilliseconds = 400;
  const env = { ...mockAwsEnvironment(stage.mock, 'operator'), HOME: stage.home, PATH: process.env['PATH'] };
  return execa(process.execPath, [bin, ...setup, ...more], {
    env,
    extendEnv: false,
    stdin: 'ignore',
    reject: false,
    all: true,
  });
}

/** Waits until the run has written its receipt; gives that one's name. */
async function untilWritten(): Promise<string> {
  for (let waited = 0; waited < 10_000; waited += 20) {
    const found = (await stateNames(stage)).find((name) => /^r-[^.]+\.json$/u.test(name));
    if (found !== undefined) return found;
    await pause(20);
  }
  throw new Error('the run wrote no receipt');
}

async function untilLocked(): Promise<void> {
  const lock = join(stage.home, '.local/state/openclaw-bedrock-setup/lock');
  for (let waited = 0; waited < 10_000; waited += 20) {
    if (
      await access(lock).then(
        () => true,
        () => false,
      )
    )
      return;
    await pause(20);
  }
  throw new Error('the first run took no lock');
}

describe('two runs on one host', () => {
  it('the second names the first and changes nothing; the first goes on', async () => {
    const first = startSlowly();
    await untilLocked();
    const second = await stage.run(setup);
    const undone = await stage.run(['undo', '--yes']);
    for (const { exitCode, output } of [second, undone]) {
      expect(exitCode).toBe(1);
      expect(output).toContain(
        `error ALREADY_RUNNING: another run of this tool is at work here: process ${first.pid}`,
      );
    }
    stage.mock.settings.latencyMilliseconds = 0;
    const { exitCode, all } = await first;
    expect(exitCode, `output: ${all}`).toBe(0);
    expect((await stateNames(stage)).filter((name) => name.startsWith('lock'))).toEqual([]);
  });

  it('a plan is no second run', async () => {
    const first = startSlowly();
    await untilLocked();
    stage.mock.settings.latencyMilliseconds = 0;
    const plan = await stage.run(['plan', '--instance-id', 'i-0abc1234def567890', '--host', 'skip']);
    expect(plan.exitCode, `output: ${plan.output}`).toBe(0);
    await first;
  });

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('%s releases the lock', async (signal) => {
    const first = startSlowly();
    await untilLocked();
    first.kill(signal);
    expect((await first).exitCode).toBe(130);
    expect((await stateNames(stage)).filter((name) => name.startsWith('lock'))).toEqual([]);
  });

  it('one that is interrupted says how it goes on and is taken back', async () => {
    const first = startSlowly();
    await untilLocked();
    first.kill('SIGINT');
    expect((await first).stderr).toContain(
      'the same command goes on from here, and undo takes back what was done',
    );
  });

  it('one that is interrupted ends with one document where that was asked for', async () => {
    const first = startSlowly('--json');
    await untilLocked();
    first.kill('SIGINT');
    const { stdout } = await first;
    const error = { code: 'INTERRUPTED', exitCode: 130 };
    expect(JSON.parse(stdout)).toMatchObject({ command: 'setup', ok: false, error, receipt: null });
  });

  it.each([[['--json']], [[]]])(
    'one that is interrupted names the receipt that it has written: %j',
    async (words) => {
      const first = startSlowly(...words);
      const path = join(stage.home, '.local/state/openclaw-bedrock-setup', await untilWritten());
      await pause(200);
      first.kill('SIGINT');
      const { stdout, stderr } = await first;
      expect(words.length > 0 ? stdout : stderr).toContain(
        words.length > 0 ? `"receipt": "${path}"` : `receipt: ${path}`,
      );
    },
  );

  it('the lock of one that was killed is taken over', async () => {
    const first = startSlowly();
    await untilLocked();
    first.kill('SIGKILL');
    await first;
    stage.mock.settings.latencyMilliseconds = 0;
    const second = await stage.run(setup);
    expect(second.exitCode, `output: ${second.output}`).toBe(0);
  });
});

describe('a lost receipt', () => {
  const lose = async (): Promise<void> =>
    rm(join(stage.home, '.local/state/openclaw-bedrock-setup'), { recursive: true });

  it('is made up for by the tags, and what they do not tell is named', async () => {
    const before = stage.account();
    expect((await stage.run(setup)).exitCode).toBe(0);
    await lose();
    const blind = await stage.run(['undo', '--yes']);
    expect(blind.output).toContain('With --instance-id the tags in the account are looked at too.');
    const undo = await stage.run(['undo', '--yes', '--instance-id', 'i-0abc1234def567890']);
    expect(undo.exitCode, `output: ${undo.output}`).toBe(0);
    expect(undo.output).toContain('not known: what was changed on the instance itself');
    expect(stage.account()).toEqual(before);
    const again = await stage.run(['undo', '--yes', '--instance-id', 'i-0abc1234def567890']);
    expect(again).toMatchObject({ exitCode: 0 });
    expect(again.output).toContain(
      "the account shows nothing of this tool's making for it under the name EC2-Bedrock-Access",
    );
    expect(again.output).not.toContain('not known');
  });

  it('is only shown by a dry run', async () => {
    expect((await stage.run(setup)).exitCode).toBe(0);
    await lose();
    const made = stage.account();
    const dry = await stage.run(['undo', '--dry-run', '--instance-id', 'i-0abc1234def567890']);
    expect(dry.output).toContain('Nothing was changed.');
    expect(stage.account()).toEqual(made);
  });
});
