import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { execute, filesBelow } from './install.js';

const project = join(import.meta.dirname, '../..');
const sources = ['package.json', 'package-lock.json', 'rolldown.config.ts', 'src', 'scripts/bundle'];
const papers = ['README.md', 'LICENSE', 'templates'];
/** Taken as it stands in the copy, not as the link leads to the project's own folder. */
const config = `import config from './rolldown.config.js';
export default { ...config, resolve: { ...config.resolve, symlinks: false } };
`;

/** How a machine may differ from another one. */
interface Machine {
  readonly folder: string;
  readonly umask: string;
  readonly environment: Readonly<Record<string, string>>;
  /** When the files were last changed, in seconds. */
  readonly changed: number;
}

const machines: readonly Machine[] = [
  { folder: 'a', umask: '022', environment: { TZ: 'UTC', LANG: 'C' }, changed: 1_000_000_000 },
  {
    folder: 'some where/else/deeper',
    umask: '002',
    environment: { TZ: 'Pacific/Kiritimati', LANG: 'ja_JP.UTF-8', CI: 'true', NODE_ENV: 'development' },
    changed: 1_700_000_000,
  },
];

/** What came out on a machine. */
interface Built {
  /** The checksum of each file of the bundle. */
  readonly files: Readonly<Record<string, string>>;
  /** The checksum of the tarball, as npm says it. */
  readonly integrity: string;
}

let base: string;
let built: readonly Built[];

async function checksums(folder: string): Promise<Readonly<Record<string, string>>> {
  const files = [...(await filesBelow(folder))].sort();
  const each = files.map(async (file) => {
    const checksum = createHash('sha256').update(await readFile(file));
    return [relative(folder, file), checksum.digest('hex')] as const;
  });
  return Object.fromEntries(await Promise.all(each));
}

async function buildOn({ folder: name, umask, environment, changed }: Machine): Promise<Built> {
  const folder = join(base, name);
  for (const entry of [...sources, ...papers]) {
    await cp(join(project, entry), join(folder, entry), { recursive: true });
  }
  await writeFile(join(folder, 'copy.config.ts'), config);
  for (const file of await filesBelow(folder)) await utimes(file, changed, changed);
  await symlink(join(project, 'node_modules'), join(folder, 'node_modules'));
  const env = { PATH: process.env['PATH'] ?? '', HOME: base, ...environment };
  const run = async (command: string): Promise<string> => {
    const { code, stdout, stderr } = await execute('sh', ['-c', `umask ${umask}; ${command}`], folder, env);
    if (code !== 0) throw new Error(`${command} ended with ${code}: ${stderr}`);
    return stdout;
  };
  await run('node node_modules/.bin/rolldown --config copy.config.ts');
  const [packed] = JSON.parse(await run('npm pack --ignore-scripts --json')) as [{ integrity: string }];
  return { files: await checksums(join(folder, 'dist')), integrity: packed.integrity };
}

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'reproducible-'));
  const done: Built[] = [];
  for (const machine of machines) done.push(await buildOn(machine));
  built = done;
}, 180_000);

afterAll(async () => rm(base, { recursive: true, force: true }));

describe('two machines', () => {
  it('build the same files', () => {
    const [one, other] = built;
    expect(Object.keys(one?.files ?? {})).toEqual(
      expect.arrayContaining(['bin.cjs', 'third-party-licenses.txt', 'sbom.cdx.json']),
    );
    expect(other?.files).toEqual(one?.files);
  });

  it('pack the same tarball', () => {
    const [one, other] = built;
    expect(one?.integrity).toMatch(/^sha512-/u);
    expect(other?.integrity).toBe(one?.integrity);
    process.stdout.write(`reproducible: ${manifest.name} ${manifest.version} is ${one?.integrity}\n`);
  });
});
