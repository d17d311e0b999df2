// Runs the tests and says how much of `src` they run, in their own processes and in the programs that they start:
//   npm run coverage [-- TEST-FILE...]
// The bundle is built with source maps for it and as usual afterwards. Fails where less is run than asked for below.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { reachedByChildren } from './children.js';
import { consequentsOf } from './consequents.js';
import { branchesOf, type FileCoverage, linesOf, type Share } from './figures.js';

/** In percent. */
const atLeast = { lines: 95, branches: 90 };
const project = join(import.meta.dirname, '../..');
const folder = join(project, 'coverage');

function run(words: readonly string[], environment: Readonly<Record<string, string>> = {}): boolean {
  const [program = '', ...rest] = words;
  const { status } = spawnSync(program, rest, {
    cwd: project,
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  });
  return status === 0;
}

function percent(shares: readonly Share[]): number {
  const sum = (count: (share: Share) => number): number => shares.reduce((all, one) => all + count(one), 0);
  return (
    (100 * sum(({ run: ran }) => ran)) /
    Math.max(
      1,
      sum(({ all }) => all),
    )
  );
}

function report(): boolean {
  const own = Object.values(
    JSON.parse(readFileSync(join(folder, 'own/coverage-final.json'), 'utf8')) as Record<string, FileCoverage>,
  );
  const children = reachedByChildren(join(folder, 'children'));
  const files = own.map((file) => {
    const name = relative(project, file.path);
    const reached = children.get(name) ?? [];
    const source = readFileSync(file.path, 'utf8');
    return {
      name,
      lines: linesOf(file, reached),
      branches: branchesOf(file, reached, consequentsOf(source)),
    };
  });
  for (const { name, lines, branches } of files.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (lines.missing.length + branches.missing.length === 0) continue;
    const shares = [lines, branches].map((share) => `${percent([share]).toFixed(0).padStart(3)} %`);
    const missing = [...new Set([...lines.missing, ...branches.missing])].toSorted((a, b) => a - b);
    process.stdout.write(`${shares.join('  ')}  ${name}  ${missing.join(' ')}\n`);
  }
  const lines = percent(files.map((file) => file.lines));
  const branches = percent(files.map((file) => file.branches));
  process.stdout.write(`\ncoverage: ${lines.toFixed(1)} % of lines, ${branches.toFixed(1)} % of branches\n`);
  return lines >= atLeast.lines && branches >= atLeast.branches;
}

rmSync(folder, { recursive: true, force: true });
mkdirSync(join(folder, 'children'), { recursive: true });
const build = ['npm', 'run', '--silent', 'build'];
const tests = ['npx', 'vitest', 'run', '--config', 'vitest.coverage.config.ts', ...process.argv.slice(2)];
const traced = { SOURCE_MAPS: '1' };
const passed = run(build, traced) && run(tests, traced);
const enough = report();
const rebuilt = run(build);
process.exitCode = passed && enough && rebuilt ? 0 : 1;
