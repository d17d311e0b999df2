import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { completionShells, renderKinds } from '../../src/core/settings.js';
import { bin } from '../support/cli.js';
import type { Exposed } from '../support/exposed.js';
import { bareInstance, openExposed } from '../support/exposed.js';

/** What must never be seen: by place, so that a failure says where a secret came from. */
const canaries = {
  'the operator’s secret key': 'cAnArYoPeRaToR/sEcReT+kEy0123456789abcde',
  'the session token': 'IQoJcAnArYsEsSiOn0123456789abcdefghij',
  'the Bedrock key': 'ABSKcAnArYbEdRoCk0123456789abcdefghijkl==',
  'a token of OpenClaw in the environment': 'cAnArY-gateway-env-0123456789',
  'a token in openclaw.json': 'cAnArY-gateway-json-0123456789',
  'an API key in openclaw.json': 'sk-cAnArYoPeNaI0123456789abcdef',
  'a key in .env': 'cAnArY-dotenv-0123456789',
  'a secret key in .env': 'cAnArYdOtEnV/sEcReT+kEy0123456789abcdefg',
  'a secret key in the credentials file': 'cAnArYfIlE/sEcReT+kEy0123456789abcdefghi',
  'a secret key in an error of AWS': 'cAnArYeRrOr/sEcReT+kEy0123456789abcdefgh',
} as const;

const files = {
  '.openclaw/openclaw.json': `{
  gateway: { mode: 'local', auth: { token: '${canaries['a token in openclaw.json']}' } },
  models: { providers: { openai: { baseUrl: 'https://x.test/v1', apiKey: '${canaries['an API key in openclaw.json']}', models: [] } } },
}
`,
  '.openclaw/.env': `TELEGRAM_BOT_TOKEN=${canaries['a key in .env']}\n`,
  '.aws/credentials': `[spare]\naws_access_key_id = AKIACANARYCANARY1234\naws_secret_access_key = ${canaries['a secret key in the credentials file']}\n`,
  '.aws/config': '[profile spare]\nregion = us-east-1\n',
  '.bashrc': `export OPENAI_API_KEY=${canaries['an API key in openclaw.json']}\n`,
} as const;

const environment = {
  AWS_SECRET_ACCESS_KEY: canaries['the operator’s secret key'],
  AWS_SESSION_TOKEN: canaries['the session token'],
  OPENCLAW_GATEWAY_TOKEN: canaries['a token of OpenClaw in the environment'],
};

const target = ['--instance-id', bareInstance];
let searched = 0;
let found: string[] = [];
let stage: Exposed;

beforeEach(async () => {
  found = [];
  stage = await openExposed({ files });
  stage.mock.settings.operator.secretAccessKey = environment.AWS_SECRET_ACCESS_KEY;
});

afterEach(async () => stage.stop());
afterAll(
  () => void process.stderr.write(`${searched} outputs and files searched for ${names().length} secrets\n`),
);

function names(): readonly (readonly [string, string])[] {
  const issued = Object.values(stage.mock.state.credentials).flatMap(({ secretAccessKey, token }) => [
    ['a secret key of instance metadata', secretAccessKey] as const,
    ['a token of instance metadata', token] as const,
  ]);
  return [...Object.entries(canaries), ...issued];
}

/** A secret as it may be written: as it is, escaped for JSON, for a URL, in base64. */
function forms(secret: string): readonly string[] {
  const base64 = Buffer.from(secret).toString('base64').replaceAll('=', '').slice(0, -2);
  return [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret), base64];
}

function search(where: string, text: string): void {
  searched += 1;
  for (const [name, secret] of names())
    if (forms(secret).some((form) => text.includes(form))) found.push(`${name} in ${where}: ${text}`);
}

/** Files in which a secret was before, and the copies of OpenClaw's config that are kept beside it. */
const own = /\/(?:\.openclaw\/(?:openclaw\.json.*|\.env)|\.aws\/credentials|\.bashrc)$/u;

async function searchFiles(): Promise<void> {
  for (const [path, bytes] of Object.entries(await stage.files()))
    if (!own.test(`/${path}`)) search(path, bytes.toString('latin1'));
}

async function run(words: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<number> {
  const { exitCode, stdout, stderr } = await stage.run(words, { ...environment, ...more });
  search(`stdout of ${words.join(' ')}`, stdout);
  search(`stderr of ${words.join(' ')}`, stderr);
  await searchFiles();
  return exitCode;
}

describe('no secret is shown or kept', () => {
  it('by a life with everything said aloud', { timeout: 300_000 }, async () => {
    const loud = ['--verbose', '--show-commands'];
    await run(['plan', ...target, ...loud]);
    expect(await run(['setup', ...target, ...loud, '--yes', '--model', 'nova-micro'])).toBe(0);
    await run(['verify', ...target, '--verbose', '--report', join(stage.home, 'report.md')]);
    await run(['verify', ...target, '--json', '--agent-turn']);
    await run(['setup', ...target, '--json', '--yes', '--verbose']);
    const state = join(stage.home, '.local/state/openclaw-bedrock-setup');
    const receipts = await readdir(state);
    expect(receipts.length).toBeGreaterThan(0);
    for (const name of receipts) expect((await stat(join(state, name))).mode % 0o1000).toBe(0o600);
    const kept = (await readdir(join(stage.home, '.openclaw'))).filter((name) => name.includes('.before-'));
    expect(kept.length).toBeGreaterThan(0);
    for (const name of kept)
      expect((await stat(join(stage.home, '.openclaw', name))).mode % 0o1000).toBe(0o600);
    await run(['undo', ...target, '--dry-run', '--verbose']);
    expect(await run(['undo', ...target, '--yes', '--verbose'])).toBe(0);
    expect(await readFile(join(stage.home, '.openclaw/openclaw.json'), 'utf8')).toBe(
      files['.openclaw/openclaw.json'],
    );
    expect(found).toEqual([]);
  });

  it('by what is printed for others', { timeout: 300_000 }, async () => {
    for (const kind of renderKinds)
      await run(['render', kind, ...target, '--verbose', '--account', '111122223333']);
    for (const shell of completionShells) await run(['completion', shell]);
    await run(['--mock', '--yes', '--verbose']);
    await run(['--help']);
    expect(found).toEqual([]);
  });

  it('by the embedded AWS', { timeout: 300_000 }, async () => {
    const child = spawn(process.execPath, [bin, 'mock-aws', '--verbose'], {
      env: { ...stage.variables, ...environment },
    });
    const said: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => said.push(piece));
    while (!Buffer.concat(said).includes('Ctrl-C')) await pause(20);
    child.kill('SIGINT');
    await once(child, 'exit');
    search('mock-aws', Buffer.concat(said).toString());
    expect(found).toEqual([]);
  });

  it.each([
    [
      'a key in the gateway’s .env',
      {
        '.openclaw/.env': `AWS_ACCESS_KEY_ID=AKIACANARYCANARY1234\nAWS_SECRET_ACCESS_KEY=${canaries['a secret key in .env']}\n`,
      },
      {},
    ],
    [
      'a secret in a variable of ours',
      {
        '.openclaw/.env': `AWS_PROFILE=default\nAWS_REGION="${canaries['a secret key in .env']}"\n`,
      },
      {},
    ],
    ['a Bedrock key', {}, { AWS_BEARER_TOKEN_BEDROCK: canaries['the Bedrock key'] }],
    [
      'a profile with a key',
      {},
      { AWS_PROFILE: 'spare', AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '', AWS_SESSION_TOKEN: '' },
    ],
    [
      'a config that is no JSON5',
      { '.openclaw/openclaw.json': `{ token: '${canaries['a token in openclaw.json']}' oops` },
      {},
    ],
    [
      'a config that is a list',
      { '.openclaw/openclaw.json': `['${canaries['a token in openclaw.json']}']` },
      {},
    ],
    [
      'a profile that is broken',
      {
        '.bashrc': `# >>> openclaw-bedrock-setup >>>\nexport AWS_SECRET_ACCESS_KEY=${canaries['a secret key in .env']}\n`,
      },
      {},
    ],
  ] as const)('about %s', { timeout: 300_000 }, async (_what, more, variables) => {
    for (const [name, text] of Object.entries(more)) await writeFile(join(stage.home, name), text);
    await run(['plan', ...target, '--verbose', '--show-commands'], variables);
    await run(['setup', ...target, '--yes', '--verbose', '--model', 'nova-micro'], variables);
    await run(['verify', ...target, '--verbose', '--report', join(stage.home, 'report.md')], variables);
    await run(['verify', ...target, '--json'], variables);
    await run(['undo', ...target, '--yes', '--json'], variables);
    expect(found).toEqual([]);
  });

  it('of an error of AWS', { timeout: 300_000 }, async () => {
    const secret = canaries['a secret key in an error of AWS'];
    const message = `SecretAccessKey: ${secret}, "secretAccessKey":"${secret}" <SecretAccessKey>${secret}</SecretAccessKey> aws_secret_access_key=${secret} Authorization: AWS4-HMAC ${secret}`;
    for (const operation of [
      'GetCallerIdentity',
      'DescribeInstances',
      'CreateRole',
      'ListFoundationModels',
      'SimulatePrincipalPolicy',
    ]) {
      stage.mock.settings.faults.splice(0);
      stage.mock.settings.faults.push({ operation, kind: { code: 'AccessDenied', status: 403, message } });
      for (const words of [
        ['plan', '--verbose'],
        ['setup', '--yes', '--verbose'],
        ['verify', '--verbose'],
        ['setup', '--yes', '--json'],
      ])
        await run([...words, ...target]);
    }
    expect(found).toEqual([]);
  });

  it('by a bug', { timeout: 300_000 }, async () => {
    const secret = canaries['the operator’s secret key'];
    const preload = join(stage.folder, 'bug.mjs');
    await writeFile(
      preload,
      `import http from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
http.request = () => { throw new RangeError('AWS_SECRET_ACCESS_KEY=${secret} aws_session_token: "${canaries['the session token']}" i-0abc1234def567890'); };
syncBuiltinESMExports();
`,
    );
    for (const words of [
      ['plan', ...target],
      ['verify', ...target, '--json'],
      ['setup', ...target, '--yes', '--verbose'],
    ])
      expect(await run(words, { NODE_OPTIONS: `--import=${preload}` })).not.toBe(0);
    expect(found).toEqual([]);
  });
});

describe('temporary files', () => {
  const slow = `#!/bin/sh
case "$1 $2" in --version*) echo 'OpenClaw 2026.9.6'; exit 0 ;; esac
echo there > "$HOME/reached"
sleep 20
`;

  async function untilReached(): Promise<void> {
    for (let waited = 0; waited < 20_000; waited += 50) {
      if ((await readdir(stage.home)).includes('reached')) return;
      await pause(50);
    }
    throw new Error('OpenClaw was never started');
  }

  async function endedBy(signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL'): Promise<readonly string[]> {
    const words = ['setup', ...target, '--yes'];
    const child = spawn(process.execPath, [bin, ...words], {
      env: { ...stage.variables, ...environment },
      detached: true,
      stdio: 'ignore',
    });
    await untilReached();
    const during = await readdir(join(stage.folder, 'tmp'));
    expect(during).toHaveLength(1);
    for (const name of during) {
      const folder = join(stage.folder, 'tmp', name);
      expect((await stat(folder)).mode % 0o1000).toBe(0o700);
      for (const file of await readdir(folder)) expect((await stat(join(folder, file))).mode & 0o077).toBe(0);
    }
    process.kill(-(child.pid ?? 0), signal);
    await once(child, 'exit');
    return readdir(join(stage.folder, 'tmp'));
  }

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'are private, and gone after %s',
    { timeout: 300_000 },
    async (signal) => {
      await stage.stop();
      stage = await openExposed({ files, openclaw: slow });
      stage.mock.settings.operator.secretAccessKey = environment.AWS_SECRET_ACCESS_KEY;
      expect(await endedBy(signal)).toEqual([]);
    },
  );

  it('are gone after the next run where a run was killed', { timeout: 300_000 }, async () => {
    await stage.stop();
    stage = await openExposed({ files, openclaw: slow });
    stage.mock.settings.operator.secretAccessKey = environment.AWS_SECRET_ACCESS_KEY;
    expect(await endedBy('SIGKILL')).toHaveLength(1);
    await writeFile(
      join(stage.folder, 'bin', 'openclaw'),
      `#!/bin/sh\nexec '${process.execPath}' '${bin}' __openclaw "$@"\n`,
    );
    await run(['setup', ...target, '--yes']);
    expect(await readdir(join(stage.folder, 'tmp'))).toEqual([]);
  });
});
