import { execFile } from 'node:child_process';
import { access, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import json5 from 'json5';
import type { HostWriter } from '../../src/ports/host.js';
import { temporaryFolder, testHost } from './host.js';
import { requirement } from './requirements.js';

const run = promisify(execFile);

/** Where test/e2e/install-openclaw.sh has put the releases. */
export const releases = path.resolve(process.env['OPENCLAW_E2E_FOLDER'] ?? '.cache/openclaw');

/** A real release, or a reason printed why its tests are skipped. */
export async function openClawRequirement(version: string): Promise<boolean> {
  const program = path.join(releases, version, 'node_modules', '.bin', 'openclaw');
  return requirement(`OpenClaw ${version} (test/e2e/install-openclaw.sh)`, async () => isThere(program));
}

async function isThere(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch {
    return false;
  }
}

/** A real OpenClaw in a home of its own. */
export interface TestOpenClaw {
  readonly home: string;
  readonly configPath: string;
  readonly host: HostWriter;
  /** The commands that were run since the last time it was asked. */
  commands(): Promise<readonly string[]>;
  /** Runs a command as the user would; standard output. Rejects where it fails. */
  run(...words: readonly string[]): Promise<string>;
  config(): Promise<unknown>;
}

/** OpenClaw of a version with a fresh home; a program in front of it writes down how it is called. */
export async function testOpenClaw(
  version: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<TestOpenClaw> {
  const home = await temporaryFolder();
  const tools = await temporaryFolder();
  const log = path.join(tools, 'log');
  const real = path.join(releases, version, 'node_modules', '.bin', 'openclaw');
  await writeFile(path.join(tools, 'openclaw'), `#!/bin/sh\necho "$*" >> '${log}'\nexec '${real}' "$@"\n`, {
    mode: 0o755,
  });
  const PATH = [tools, path.join(releases, 'node', 'node_modules', '.bin'), '/usr/bin', '/bin'].join(':');
  const variables = { PATH, ...environment };
  const configPath = path.join(home, '.openclaw', 'openclaw.json');
  return {
    home,
    configPath,
    host: testHost({ home, environment: variables }),
    async commands() {
      const text = await readFile(log, 'utf8').catch(() => '');
      await writeFile(log, '');
      return text.split('\n').filter((line) => line !== '');
    },
    async run(...words) {
      const env = { HOME: home, NO_COLOR: '1', ...variables };
      return (await run(real, words, { env, cwd: '/' })).stdout;
    },
    config: async () => json5.parse(await readFile(configPath, 'utf8')),
  };
}

/** Writes OpenClaw's config as a text. */
export async function writeConfig({ configPath }: TestOpenClaw, text: string): Promise<void> {
  await mkdir(path.dirname(configPath), { recursive: true });
  await writeFile(configPath, text, { mode: 0o600 });
}
