import { spawn } from 'node:child_process';
import { chmod, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { Agent, AgentCommand, AgentResult, MockAws } from '../mock-aws/index.js';
import { mockAwsEnvironment } from '../mock-aws/index.js';
import type { ScratchHost } from './world.js';
import { singleQuoted } from '../core/text/shell-word.js';
import { makeScratchHost } from './world.js';

async function run(
  { script, signal }: AgentCommand,
  environment: Readonly<Record<string, string>>,
): Promise<AgentResult> {
  return new Promise((resolve) => {
    const child = spawn('/bin/sh', ['-c', script], {
      env: { ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const said = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text));
    const kill = (): void => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      } catch {
        // It has ended by itself.
      }
    };
    signal.addEventListener('abort', kill);
    child.on('error', (error) => resolve({ exitCode: -1, stdout: '', stderr: error.message }));
    child.on('close', (code) => {
      signal.removeEventListener('abort', kill);
      resolve({ ...said, exitCode: code ?? -1 });
    });
    if (signal.aborted) kill();
  });
}

/**
 * An agent that runs what it is sent in a scratch host, with these variables and no others: `npx` there starts this package, and the only
 * user is the one who runs this process, at home in the scratch home. What is still running when the command is cancelled is killed.
 */
export async function scratchAgent(
  { home, programs }: Pick<ScratchHost, 'home' | 'programs'>,
  entry: string,
  variables: Readonly<Record<string, string>>,
): Promise<Agent> {
  const { username } = userInfo();
  const start = [process.execPath, entry].map(singleQuoted).join(' ');
  const npx = `#!/bin/sh\n[ "$1" != --version ] || exec echo 11.0.0\nshift 4\nexec ${start} "$@"\n`;
  const getent = `#!/bin/sh\necho ${singleQuoted(`${username}:x:1000:1000::${home}:/bin/bash`)}\n`;
  const written = { npx, getent, node: `#!/bin/sh\nexec ${singleQuoted(process.execPath)} "$@"\n` };
  for (const [name, text] of Object.entries(written)) {
    await writeFile(join(programs, name), text);
    await chmod(join(programs, name), 0o700);
  }
  const environment = { PATH: `${programs}:/usr/local/bin:/usr/bin:/bin`, ...variables };
  return { run: async (command) => run(command, environment) };
}

/** Scratch hosts that a rehearsal has at most; the other instances of a fleet have no agent. */
const mostHosts = 20;

/** The hosts of a rehearsal that are somewhere else. */
export interface FarHosts {
  readonly hosts: ReadonlyMap<string, ScratchHost>;
  stop(): Promise<void>;
}

/** Gives instances of the embedded AWS agents that run what they are sent, each in a scratch host of its own, until `stop`. */
export async function startAgents(
  aws: MockAws,
  instanceIds: readonly string[],
  home: string | null,
  entry: string,
): Promise<FarHosts> {
  const made = await Promise.all(
    instanceIds.slice(0, mostHosts).map(async (instanceId) => {
      const host = await makeScratchHost(home, entry);
      const variables = { ...mockAwsEnvironment(aws, 'instance'), HOME: host.home };
      aws.settings.agents[instanceId] = await scratchAgent(host, entry, variables);
      return [instanceId, host] as const;
    }),
  );
  const hosts = new Map(made);
  return {
    hosts,
    stop: async () => {
      await Promise.all([...hosts.values()].map(async (host) => host.remove()));
    },
  };
}
