// Installs what the lock file names (with 'npm install': 'npm ci' insists on entries for platforms that this one cannot
// resolve) and builds, each only when it is out of date. Plain JavaScript: it runs before
// anything is installed.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** @param {string} path */
const changedAt = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0);

/** @param {string} folder @returns {number} */
const newestIn = (folder) =>
  Math.max(
    changedAt(folder),
    ...readdirSync(folder, { withFileTypes: true }).map((entry) =>
      entry.isDirectory() ? newestIn(join(folder, entry.name)) : changedAt(join(folder, entry.name)),
    ),
  );

/** Runs a command; what it says is shown only where it fails. @param {string} what @param {string[]} words */
const run = (what, words) => {
  process.stderr.write(`${what} …\n`);
  const [command = '', ...rest] = words;
  const { status, error, stdout, stderr } = spawnSync(command, rest, { cwd: root, encoding: 'utf8' });
  if (status === 0) return;
  const said = `${stdout ?? ''}${stderr ?? ''}`;
  process.stderr.write(`${said}error: ${words.join(' ')} failed${error ? `: ${error.message}` : ''}\n`);
  process.exit(1);
};

const lock = changedAt(join(root, 'package-lock.json'));
if (changedAt(join(root, 'node_modules', '.package-lock.json')) < lock) {
  run('installing', [
    'npm',
    'install',
    '--no-save',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]);
}
const files = ['package.json', 'package-lock.json', 'rolldown.config.ts'].map((name) =>
  changedAt(join(root, name)),
);
const folders = ['src', 'templates', 'scripts/bundle'].map((name) => newestIn(join(root, name)));
if (changedAt(join(root, 'dist', 'bin.cjs')) < Math.max(...files, ...folders)) {
  run('building', ['npm', 'run', '--silent', 'build']);
}
