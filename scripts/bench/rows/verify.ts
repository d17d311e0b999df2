import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockAwsEnvironment, startMockAws } from '../../../src/mock-aws/index.js';
import type { BenchRow } from '../figure.js';
import { runOnce } from '../measure.js';
import { bareVariables, tool } from '../tool.js';

const latencyMilliseconds = 60;
/**
 * None can begin before the one before it has answered: the SDK's credentials in the gateway's place (token, name, credentials), the
 * lists, a model's answer. Where this is (token, document), what the metadata say of the role and the operator's look go beside.
 */
const roundTrips = 5;
const instanceId = 'i-0abc1234def567890';

/** `verify` on the instance where AWS is slow, against its chain of round trips, starts of programs left out. */
export const verify: BenchRow = {
  name: 'verify',
  async run({ rounds }) {
    const mock = await startMockAws({ latencyMilliseconds });
    const home = await mkdtemp(join(tmpdir(), 'openclaw-bedrock-setup-bench-'));
    try {
      const operator = { ...bareVariables(home), ...mockAwsEnvironment(mock, 'operator') };
      const setup = ['setup', '--instance-id', instanceId, '--host', 'skip', '--yes', '--json'];
      await runOnce(tool(setup, operator));
      const own = Object.entries(operator).filter(([name]) => !/^AWS_(?:ACCESS|SECRET|SESSION)/u.test(name));
      const command = tool(['verify', '--host', 'local', '--json'], Object.fromEntries(own), [0, 1]);
      const times: number[] = [];
      for (let round = 0; round < rounds; round += 1) times.push((await runOnce(command)).milliseconds);
      const middle = times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
      const floor = roundTrips * latencyMilliseconds;
      const detail = `${middle.toFixed(0)} ms against ${floor} ms: ${roundTrips} round trips in a row at ${latencyMilliseconds} ms`;
      return [
        { name: 'verify against its critical path', value: middle / floor, unit: 'x', bar: 1.2, detail },
      ];
    } finally {
      await mock.stop();
      await rm(home, { recursive: true, force: true });
    }
  },
};
