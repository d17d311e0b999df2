// `npm start`: the whole job against the embedded AWS; further arguments go to the tool.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const bin = join(dirname(fileURLToPath(import.meta.url)), '..', 'dist', 'bin.cjs');
const words = process.argv.slice(2);
const has = (/** @type {string[]} */ ...names) => words.some((word) => names.includes(word));
const rehearses = !has('mock-aws', 'render', '--version', '-V', '--help', '-h');
const asks = rehearses && !has('plan', '--yes', '--no-input', '--dry-run');
const more = [...(rehearses && !has('--mock') ? ['--mock'] : []), ...(asks ? ['--yes'] : [])];
const { status } = spawnSync(process.execPath, [bin, ...words, ...more], { stdio: 'inherit' });
process.exitCode = status ?? 1;
