import { tmpdir } from 'node:os';
import type { BenchRow, Figure } from '../figure.js';
import { type Command, compare, runOnce, type Timed } from '../measure.js';
import { bareVariables, idleNode, tool } from '../tool.js';

const variables = bareVariables(tmpdir());

function timed(command: Command): Timed {
  return async () => (await runOnce(command)).milliseconds;
}

const cases: readonly (readonly [string, Command])[] = [
  ['--version', tool(['--version'], variables)],
  ['--help', tool(['--help'], variables)],
  ['a usage error', tool(['--instance-id', 'i-xxxxx'], variables, [2])],
];

/** What needs no AWS, against Node doing nothing. */
export const startUp: BenchRow = {
  name: 'start-up',
  async run({ rounds }) {
    const figures: Figure[] = [];
    for (const [name, command] of cases) {
      // Short runs are noisy, and cheap to repeat.
      const { ratio, detail } = await compare(timed(command), timed(idleNode(variables)), rounds * 3);
      figures.push({
        name: `${name} against node -e 0`,
        value: ratio,
        unit: 'x',
        bar: 1.15,
        gate: 1.35,
        detail,
      });
    }
    return figures;
  },
};
