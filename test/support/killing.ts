import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import type { MockAws, MockState } from '../../src/mock-aws/index.js';
import { mockAwsEnvironment, startMockAws } from '../../src/mock-aws/index.js';
import { accountOf } from './account-look.js';
import { bin } from './cli.js';
import { snapshot } from './host.js';

const preload = fileURLToPath(new URL('kill-points.mjs', import.meta.url));

/** How a run ended, and what the preload saw of it. */
export interface KillableRun {
  readonly exitCode: number | undefined;
  readonly killed: boolean;
  /** Both outputs as they came. */
  readonly output: string;
  readonly stdout: string;
  readonly stderr: string;
  /** What stands at each point, in order. */
  readonly points: readonly string[];
  /** Every content that a file ever had after a rename: path below the home and fingerprint. */
  readonly versions: readonly string[];
}

/** A program, an account and a host of its own. */
export interface Stage {
  readonly mock: MockAws;
  readonly home: string;
  /** Resolves once no process of the run is left. `kill.children`: they die in the same moment. */
  run(
    words: readonly string[],
    kill?: { readonly at: number; readonly children: boolean },
  ): Promise<KillableRun>;
  /** The account without ids, times and names of receipts. */
  account(): unknown;
  /** Everything below the home but the tool's own receipts. */
  files(): Promise<Readonly<Record<string, string>>>;
  keep(): Promise<KeptStage>;
  stop(): Promise<void>;
}

/** Everything on a stage that a run may change. */
export interface Looks {
  readonly account: unknown;
  readonly files: Readonly<Record<string, string>>;
}

/** How a stage looks now. */
export async function lookAt(stage: Stage): Promise<Looks> {
  return { account: stage.account(), files: await stage.files() };
}

/** A stage as it stood at some time. */
export interface KeptStage {
  /** Where a copy of its home is. */
  readonly home: string;
  /** Where its home was, which is what the receipts speak of. */
  readonly place: string;
  readonly state: MockState | null;
}

const openclawConfig = `{
  // the gateway of this host
  gateway: { mode: 'local', port: 18789 },
  agents: { defaults: { model: { primary: 'openai/gpt-5.4' } } },
}
`;

/** What a home holds before the first run; no final newline at the end of the shell profile. */
const homeFiles: Readonly<Record<string, string>> = {
  '.bashrc': '# mine\nalias ll="ls -l"',
  '.profile': '[ -f ~/.bashrc ] && . ~/.bashrc\n',
  '.aws/config': '[profile other]\nregion = eu-west-1\n',
  '.openclaw/openclaw.json': openclawConfig,
  '.openclaw/.env': 'OPENAI_API_KEY="kept"\n',
  '.local/state/another-program/state': '',
  // OpenClaw keeps this folder when its last plug-in is removed.
  '.openclaw/npm/projects/another/package.json': '{}\n',
};

/** A folder with the built program as it is now, so that a build in between does not change it, and a first home. */
export async function prepareStages(): Promise<{
  readonly start: KeptStage;
  open(kept: KeptStage): Promise<Stage>;
  remove(): Promise<void>;
}> {
  const folder = await mkdtemp(join(tmpdir(), 'killed-'));
  const program = join(folder, 'dist', 'bin.cjs');
  await cp(dirname(bin), dirname(program), { recursive: true });
  const home = join(folder, 'start');
  for (const [path, text] of Object.entries(homeFiles)) {
    await mkdir(dirname(join(home, path)), { recursive: true, mode: 0o700 });
    await writeFile(join(home, path), text, { mode: 0o600 });
  }
  const openclaw = join(folder, 'bin', 'openclaw');
  await mkdir(dirname(openclaw));
  await writeFile(openclaw, `#!/bin/sh\nexec '${process.execPath}' '${program}' __openclaw "$@"\n`);
  await chmod(openclaw, 0o700);
  return {
    start: { home, place: home, state: null },
    open: async (kept) => openStage(folder, program, kept),
    remove: async () => rm(folder, { recursive: true, force: true }),
  };
}

async function openStage(folder: string, program: string, kept: KeptStage): Promise<Stage> {
  const mock = await startMockAws();
  if (kept.state !== null) Object.assign(mock.state, structuredClone(kept.state));
  const own = await mkdtemp(join(folder, 'stage-'));
  const home = join(own, 'home');
  await cp(kept.home, home, { recursive: true });
  for (const [name, text] of Object.entries(await receiptsOf({ home })))
    await writeFile(join(home, receipts, name), text.replaceAll(kept.place, home));
  await mkdir(join(own, 'tmp'));
  let runs = 0;
  return {
    mock,
    home,
    async run(words, kill) {
      runs += 1;
      const log = join(own, `log-${runs}`);
      await writeFile(log, '');
      const running = execa(process.execPath, ['--import', preload, program, ...words], {
        env: {
          ...mockAwsEnvironment(mock, 'operator'),
          PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}`,
          HOME: home,
          SHELL: '/bin/bash',
          TMPDIR: join(own, 'tmp'),
          KILL_LOG: log,
          ...(kill === undefined
            ? {}
            : { KILL_AT: String(kill.at), KILL_CHILDREN: kill.children ? '1' : '0' }),
        },
        extendEnv: false,
        stdin: 'ignore',
        reject: false,
        all: true,
        detached: true,
        timeout: 60_000,
      });
      const result = await running;
      await untilGone(running.pid);
      const lines = (await readFile(log, 'utf8')).split('\n');
      return {
        exitCode: result.exitCode,
        killed: result.signal === 'SIGKILL' && lines.includes('killed'),
        output: result.all,
        stdout: result.stdout,
        stderr: result.stderr,
        points: lines.filter((line) => line.startsWith('point ')),
        versions: lines.flatMap((line) => (line.startsWith('version ') ? [line.replace(home, '~')] : [])),
      };
    },
    account: () => accountOf(mock.state),
    files: async () => filesOf(home),
    async keep() {
      const copy = await mkdtemp(join(folder, 'kept-'));
      await cp(home, copy, { recursive: true });
      return { home: copy, place: home, state: structuredClone(mock.state) };
    },
    async stop() {
      await mock.stop();
      await rm(own, { recursive: true, force: true });
    },
  };
}

/** Children that outlive a killed program go on for a moment. */
async function untilGone(group: number | undefined): Promise<void> {
  if (group === undefined) return;
  for (let waited = 0; waited < 10_000; waited += 20) {
    try {
      process.kill(-group, 0);
    } catch {
      return;
    }
    await pause(20);
  }
  throw new Error(`processes of the group ${group} are still there`);
}

const receipts = '.local/state/openclaw-bedrock-setup';

/** The texts of the receipts, whole or not. */
export async function receiptsOf({ home }: Pick<Stage, 'home'>): Promise<Readonly<Record<string, string>>> {
  const folder = join(home, receipts);
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json'));
  const texts = names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const);
  return Object.fromEntries(await Promise.all(texts));
}

/** Names in the tool's own folder. */
export async function stateNames({ home }: Pick<Stage, 'home'>): Promise<readonly string[]> {
  return readdir(join(home, receipts)).catch(() => []);
}

async function filesOf(home: string): Promise<Readonly<Record<string, string>>> {
  const all = await snapshot(home);
  return Object.fromEntries(Object.entries(all).filter(([path]) => !path.startsWith(receipts)));
}
