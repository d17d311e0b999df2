import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchRow, Figure } from '../figure.js';
import { notMeasured } from '../figure.js';
import { runOnce } from '../measure.js';
import { memoryGroup } from '../memory-group.js';
import { bareVariables, tool } from '../tool.js';

const mebibyte = 1024 * 1024;
const bar = 256;
const figure = { name: 'rehearsal with all its processes, held to 256 MiB', unit: 'MiB', bar } as const;

/** A whole rehearsal, child processes and pages of files included, in a control group that gets no more than 256 MiB. */
export const memoryLimit: BenchRow = {
  name: 'memory-limit',
  async run(): Promise<readonly Figure[]> {
    const group = memoryGroup(bar * mebibyte);
    if (group === null) return [notMeasured(figure, 'no control group may be made here')];
    const home = await mkdtemp(join(tmpdir(), 'openclaw-bedrock-setup-bench-'));
    try {
      const { program, words } = tool(['--mock', '--yes', '--json'], {});
      const script = `${group.enter} && exec "$0" "$@"`;
      await runOnce({
        program: '/bin/sh',
        words: ['-c', script, program, ...words],
        variables: bareVariables(home),
      });
      return [{ ...figure, value: group.peak() / mebibyte, detail: 'it ended with 0' }];
    } finally {
      group.remove();
      await rm(home, { recursive: true, force: true });
    }
  },
};
