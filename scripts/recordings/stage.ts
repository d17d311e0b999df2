import { mockAwsEnvironment } from '../../src/mock-aws/index.js';
import { makeScratchHost, startRehearsalAws } from '../../src/mock-host/world.js';
import { buildProgram } from '../../test/pty/build.js';
import { PtyTerminal } from '../../test/support/terminal.js';

/** Columns of the terminal in which everything is recorded. */
export const columns = 110;

/** An instance on the embedded AWS, and the program on it. */
export interface Stage {
  /** Begins a run in a terminal of its own. */
  play(words: readonly string[]): PtyTerminal;
  close(): Promise<void>;
}

/** Sets the stage: the account's own instance, with OpenClaw and an operator's credentials, and nothing set up yet. */
export async function openStage(): Promise<Stage> {
  const program = await buildProgram('src/bin.ts');
  const aws = await startRehearsalAws({ port: 0, region: 'us-east-1', instanceId: null });
  const host = await makeScratchHost(null, program.file);
  const terminals: PtyTerminal[] = [];
  const env = {
    ...mockAwsEnvironment(aws, 'operator'),
    HOME: host.home,
    SHELL: '/bin/bash',
    PATH: `${host.programs}:${process.env['PATH'] ?? ''}`,
    NODE_NO_WARNINGS: '1',
  };
  return {
    play(words) {
      const args = [program.file, ...words];
      const terminal = new PtyTerminal({ command: process.execPath, args, env, columns, rows: 34 });
      terminals.push(terminal);
      return terminal;
    },
    async close() {
      for (const terminal of terminals) terminal.kill('SIGKILL');
      await aws.stop();
      await host.remove();
      await program.remove();
    },
  };
}
