import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockAwsEnvironment, startMockAws } from '../../../src/mock-aws/index.js';
import type { BenchRow } from '../figure.js';
import { runOnce } from '../measure.js';
import { bareVariables, tool } from '../tool.js';

const latencyMilliseconds = 60;
const propagationMilliseconds = 8000;
/** Reads, role and profile, policy and membership, association: none can begin before the one before it has answered. */
const roundTrips = 4;

/** A first run where AWS is slow, against the time that nobody can go below. */
export const propagation: BenchRow = {
  name: 'propagation',
  async run() {
    const mock = await startMockAws({
      latencyMilliseconds,
      propagation: { iamToEc2Milliseconds: propagationMilliseconds },
    });
    const home = await mkdtemp(join(tmpdir(), 'openclaw-bedrock-setup-bench-'));
    try {
      const variables = {
        ...bareVariables(home),
        ...mockAwsEnvironment(mock, 'operator'),
        AWS_EC2_METADATA_DISABLED: 'true',
      };
      const words = ['setup', '--instance-id', 'i-0abc1234def567890', '--host', 'skip', '--yes', '--json'];
      const { milliseconds } = await runOnce(tool(words, variables));
      const floor = (roundTrips + 1) * latencyMilliseconds + propagationMilliseconds;
      const detail = `${milliseconds.toFixed(0)} ms against ${floor} ms: ${roundTrips} round trips and the answer at ${latencyMilliseconds} ms, propagation ${propagationMilliseconds} ms`;
      return [
        {
          name: 'slow AWS against its critical path',
          value: milliseconds / floor,
          unit: 'x',
          bar: 1.1,
          gate: 1.25,
          detail,
        },
      ];
    } finally {
      await mock.stop();
      await rm(home, { recursive: true, force: true });
    }
  },
};
