import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { MockAws } from '../../src/mock-aws/index.js';
import { mockAwsEnvironment } from '../../src/mock-aws/index.js';
import { makeScratchHost, startRehearsalAws } from '../../src/mock-host/world.js';
import { nodeBinaries } from '../support/nodes.js';
import { key, PtyTerminal } from '../support/terminal.js';
import { buildProgram } from './build.js';

const run = promisify(execFile);
const program = await buildProgram('src/bin.ts');
afterAll(async () => program.remove());

const question = '(yes / no / explain)';
const keys = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'];
const metadata = ['AWS_EC2_METADATA_SERVICE_ENDPOINT'];

function without(
  variables: Readonly<Record<string, string>>,
  names: readonly string[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !names.includes(name)));
}

describe.each(await nodeBinaries())('the guide on $name', { timeout: 60_000 }, ({ path: node }) => {
  let aws: MockAws;
  let host: Awaited<ReturnType<typeof makeScratchHost>>;
  let terminals: PtyTerminal[] = [];

  beforeEach(async () => {
    aws = await startRehearsalAws({ port: 0, region: 'us-east-1', instanceId: null });
    host = await makeScratchHost(null, program.file);
  });

  afterEach(async () => {
    for (const terminal of terminals) terminal.kill('SIGKILL');
    terminals = [];
    await aws.stop();
    await host.remove();
  });

  function home(): Readonly<Record<string, string>> {
    return { HOME: host.home, PATH: `${host.programs}:${process.env['PATH'] ?? ''}`, NODE_NO_WARNINGS: '1' };
  }

  function start(
    env: Readonly<Record<string, string>>,
    args: readonly string[] = [],
    { columns, rows } = { columns: 120, rows: 40 },
  ): PtyTerminal {
    const terminal = new PtyTerminal({
      command: node,
      args: [program.file, ...args],
      env: { ...home(), ...env },
      columns,
      rows,
    });
    terminals.push(terminal);
    return terminal;
  }

  test('on the box, with an operator: the situation, the model, the plan, its explanation, the proof', async () => {
    const terminal = start(mockAwsEnvironment(aws, 'operator'));
    await terminal.waitFor('Which model should OpenClaw use?');
    expect(terminal.text).toContain('instance  i-0abc1234def567890 in us-east-1, account 111122223333');
    await terminal.waitFor('> Nova Pro');
    terminal.send(key.enter);
    await terminal.waitFor(question);
    expect(terminal.text).toContain('agents.defaults.model.primary');
    terminal.send(`explain${key.enter}`);
    await terminal.waitFor('bedrock:InvokeModelWithResponseStream');
    await terminal.waitFor(/explain\n[^]*\(yes \/ no \/ explain\)$/u);
    terminal.send(`yes${key.enter}`);
    expect(await terminal.ended(40)).toEqual({ exitCode: 0, signal: 0 });
    expect(terminal.text).toContain('Everything is in place.');
  });

  test.each([
    [40, 12, /within the US \(3 regions\); \$5\.50/u],
    [80, 24, /\$5\.50 in, \$27\.50 out per 1M tokens; needs a\n {4}form, once per account/u],
    [200, 60, /\$5\.50 in, \$27\.50 out per 1M tokens; .*1M context, 128K out; reasoning/u],
  ])('in %d x %d the model that is pointed at is told with its price', async (columns, rows, told) => {
    const terminal = start(mockAwsEnvironment(aws, 'operator'), [], { columns, rows });
    await terminal.waitFor('Which model should OpenClaw use?');
    terminal.send('opus');
    await terminal.waitFor('> Claude Opus 4.6');
    await terminal.waitFor(told);
    terminal.send(key.interrupt);
    expect(await terminal.ended()).toEqual({ exitCode: 130, signal: 0 });
  });

  test('where containers run the hop limit is offered, and left alone by default', async () => {
    await writeFile(path.join(host.programs, 'docker'), '', { mode: 0o755 });
    const instance = aws.state.instances['i-0abc1234def567890'];
    if (instance === undefined) throw new Error('the rehearsal has no instance');
    instance.metadataOptions.httpPutResponseHopLimit = 1;
    for (const [answer, shown] of [
      ['n', false],
      ['y', true],
    ] as const) {
      const terminal = start(mockAwsEnvironment(aws, 'operator'));
      await terminal.waitFor('Does OpenClaw run in one (metadata hop limit 2)?');
      expect(terminal.text).toMatch(/; (?:runs containers|in a container)/u);
      terminal.send(`${answer}${key.enter}`);
      await terminal.waitFor('Which model should OpenClaw use?');
      terminal.send(key.enter);
      await terminal.waitFor(question);
      expect(terminal.text.includes('metadata hop limit 1 -> 2')).toBe(shown);
      terminal.send(`no${key.enter}`);
      expect(await terminal.ended()).toEqual({ exitCode: 4, signal: 0 });
    }
  });

  test('where OpenClaw is missing no model is asked for, and it is said once', async () => {
    await rm(path.join(host.programs, 'openclaw'));
    const terminal = start(mockAwsEnvironment(aws, 'operator'));
    await terminal.waitFor(question);
    expect(terminal.text).toContain('OpenClaw  not installed');
    expect(terminal.text).not.toContain('Which model');
    expect(terminal.text.match(/no working openclaw was found/gu)).toHaveLength(1);
    terminal.send(`no${key.enter}`);
    expect(await terminal.ended()).toEqual({ exitCode: 4, signal: 0 });
  });

  test('on the box, with its role and no way to Bedrock: says so instead of waiting', async () => {
    Object.assign(aws.settings.propagation, { iamToEc2Milliseconds: 0, ec2ToMetadataMilliseconds: 0 });
    const set = ['setup', '--instance-id', 'i-0abc1234def567890', '--host', 'skip', '--yes'];
    await run(node, [program.file, ...set], { env: { ...home(), ...mockAwsEnvironment(aws, 'operator') } });
    const own = without(mockAwsEnvironment(aws, 'operator'), keys);
    const terminal = start({ ...own, AWS_ENDPOINT_URL_BEDROCK: 'http://127.0.0.1:1' });
    await terminal.waitFor('error NO_ROUTE');
    expect(terminal.text).not.toContain('CloudShell');
    expect(await terminal.ended()).toEqual({ exitCode: 1, signal: 0 });
  });

  test('no is an answer: nothing is changed, exit 4', async () => {
    const terminal = start(mockAwsEnvironment(aws, 'operator'), ['--instance-id', 'i-0abc1234def567890']);
    await terminal.waitFor(question);
    expect(terminal.text).not.toContain('Which model');
    terminal.send(`no${key.enter}`);
    expect(await terminal.ended()).toEqual({ exitCode: 4, signal: 0 });
    expect(aws.calls.filter(({ mutating }) => mutating)).toEqual([]);
  });

  test('from afar: the instance out of a list, its profile kept, the line for the box at the end', async () => {
    const terminal = start({
      ...without(mockAwsEnvironment(aws, 'operator'), metadata),
      AWS_EC2_METADATA_DISABLED: 'true',
    });
    await terminal.waitFor('Which instance in us-east-1 is OpenClaw on?');
    terminal.send('web-server');
    await terminal.waitFor(/> web-4/u);
    terminal.send(key.enter);
    await terminal.waitFor('The instance already has the profile web-server. Keep it?');
    terminal.send(key.enter);
    await terminal.waitFor('Which model should OpenClaw use?');
    terminal.send('micro');
    await terminal.waitFor('> Nova Micro');
    terminal.send(key.enter);
    await terminal.waitFor(question);
    expect(terminal.text).not.toContain('IAM role   ');
    terminal.send(`yes${key.enter}`);
    expect(await terminal.ended(40)).toEqual({ exitCode: 0, signal: 0 });
    expect(terminal.text).toMatch(
      /next: npx openclaw-bedrock-setup@\S+ --cloud skip --region us-east-1 --model/u,
    );
  });

  test('on the box without an operator: it prints the other half, waits, and goes on when the role is there', async () => {
    const terminal = start(without(mockAwsEnvironment(aws, 'operator'), keys));
    await terminal.waitFor('waiting for the role to arrive on this instance');
    const line = /npx openclaw-bedrock-setup@\S+ (?<words>.+)/u.exec(terminal.text)?.groups?.['words'] ?? '';
    expect(line).toBe('--instance-id i-0abc1234def567890 --region us-east-1');
    const cloudShell = {
      ...home(),
      ...without(mockAwsEnvironment(aws, 'operator'), metadata),
      AWS_EC2_METADATA_DISABLED: 'true',
    };
    await run(node, [program.file, ...line.split(' '), '--yes'], { env: cloudShell });
    await terminal.waitFor('Which model should OpenClaw use?', 30);
    terminal.send(key.enter);
    await terminal.waitFor(question);
    terminal.send(`yes${key.enter}`);
    expect(await terminal.ended(40)).toEqual({ exitCode: 0, signal: 0 });
    expect(terminal.text).toContain('Everything is in place.');
  });

  test('Ctrl-C while it waits ends with 130, and the same command waits again', async () => {
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const terminal = start(without(mockAwsEnvironment(aws, 'operator'), keys));
      await terminal.waitFor('waiting for the role to arrive on this instance');
      terminal.send(key.interrupt);
      expect(await terminal.ended()).toEqual({ exitCode: 130, signal: 0 });
      expect(terminal.screen.cursorVisible).toBe(true);
    }
  });

  test('Ctrl-C at a question leaves nothing behind', async () => {
    const terminal = start(mockAwsEnvironment(aws, 'operator'));
    await terminal.waitFor('Which model should OpenClaw use?');
    terminal.send(key.interrupt);
    expect(await terminal.ended()).toEqual({ exitCode: 130, signal: 0 });
    expect(terminal.text).toContain('error INTERRUPTED');
    expect(aws.calls.filter(({ mutating }) => mutating)).toEqual([]);
  });

  test('several profiles and no region: both are asked for first', async () => {
    const folder = path.join(host.home, '.aws');
    const {
      AWS_ACCESS_KEY_ID: id,
      AWS_SECRET_ACCESS_KEY: secret,
      AWS_ENDPOINT_URL: url,
    } = mockAwsEnvironment(aws, 'operator');
    await mkdir(folder);
    await writeFile(path.join(folder, 'config'), '[default]\n[profile work]\n');
    await writeFile(
      path.join(folder, 'credentials'),
      `[work]\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n`,
    );
    const terminal = start({ AWS_ENDPOINT_URL: url ?? '', AWS_EC2_METADATA_DISABLED: 'true' });
    await terminal.waitFor('Which AWS profile is for the account of the instance?');
    terminal.send('work');
    await terminal.waitFor('> work');
    terminal.send(key.enter);
    await terminal.waitFor('In which region is the instance?');
    await terminal.waitFor('> us-east-1');
    terminal.send(key.enter);
    await terminal.waitFor('Which instance in us-east-1 is OpenClaw on?');
    terminal.send(key.escape);
    expect(await terminal.ended()).toEqual({ exitCode: 4, signal: 0 });
    expect(terminal.text).toContain('fix  run it again, or answer with --instance-id');
  });

  test.each([
    ['at a question', [], 'Which model should OpenClaw use?'],
    ['while it waits', keys, 'waiting for the role to arrive on this instance'],
  ])('a terminal that is closed %s ends it with 4 or 130', async (_when, missing, text) => {
    const terminal = start(without(mockAwsEnvironment(aws, 'operator'), missing));
    await terminal.waitFor(text);
    terminal.hangUp();
    const { exitCode, signal } = await terminal.ended();
    // The signal of the terminal's end may come when the program is gone already but for its process.
    expect(signal === 1 ? 130 : exitCode).toSatisfy((code) => code === 4 || code === 130);
  });

  test('without a terminal nothing is asked and nothing hangs', async () => {
    const failed = await run(node, [program.file], {
      env: { ...home(), ...mockAwsEnvironment(aws, 'operator') },
    }).catch((error: { code: number; stderr: string }) => error);
    expect(failed).toMatchObject({ code: 2, stderr: expect.stringContaining('INPUT_NEEDED') as string });
    expect(failed.stderr).toContain('--yes');
  });
});
