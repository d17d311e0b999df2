import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What a program left behind. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What `npm pack --json` says of a tarball; sizes in bytes. */
export interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string; readonly size: number; readonly mode: number }[];
}

/** The package as a user gets it. */
export interface Installation {
  readonly packed: Packed;
  /** The packed file. */
  readonly tarball: string;
  /** An empty folder into which nothing but the package was installed. */
  readonly folder: string;
  /** An empty home folder. */
  readonly home: string;
  /** Runs a program in the folder, with an environment that holds PATH and HOME only; `more` is added. */
  run(program: string, words: readonly string[], more?: Readonly<Record<string, string>>): Promise<Outcome>;
  remove(): Promise<void>;
}

/** Runs a program to its end; standard input is empty. Never rejects. */
export async function execute(
  program: string,
  words: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = execFile(
      program,
      words,
      { cwd, env, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        const code = typeof error?.code === 'number' ? error.code : 1;
        resolve({ code: error === null ? 0 : code, stdout, stderr });
      },
    );
    child.stdin?.end();
  });
}

function orThrow(outcome: Outcome, what: string): Outcome {
  if (outcome.code !== 0) throw new Error(`${what} ended with ${outcome.code}: ${outcome.stderr}`);
  return outcome;
}

function parsePacked(text: string): Packed {
  const [packed] = JSON.parse(text) as readonly Packed[];
  if (packed === undefined) throw new Error(`npm pack said nothing of a tarball: ${text}`);
  return packed;
}

/** Packs the project as it was built and installs the tarball, without a network, into an empty folder. */
export async function installPackage(): Promise<Installation> {
  await stat(join(root, 'dist', 'bin.cjs'));
  const base = await mkdtemp(join(tmpdir(), 'openclaw-bedrock-setup-package-'));
  const [folder, home] = [join(base, 'folder'), join(base, 'home')];
  await Promise.all([mkdir(folder), mkdir(home)]);
  const environment = { PATH: process.env['PATH'] ?? '', HOME: home };
  // Without the package's own scripts: `prepack` would rebuild `dist` under the feet of other tests.
  const pack = ['pack', '--ignore-scripts', '--json', '--pack-destination', base];
  const packed = parsePacked(orThrow(await execute('npm', pack, root, environment), 'npm pack').stdout);
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
  const tarball = join(base, packed.filename);
  const install = ['install', tarball, '--offline', '--no-audit', '--no-fund'];
  orThrow(await execute('npm', install, folder, environment), 'npm install');
  return {
    packed,
    tarball,
    folder,
    home,
    run: async (program, words, more = {}) => execute(program, words, folder, { ...environment, ...more }),
    remove: async () => rm(base, { recursive: true, force: true }),
  };
}

/** Names of everything below a folder, folders not counted. */
export async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name));
}
