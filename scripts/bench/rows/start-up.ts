import { tmpdir } from 'node:os';
import type { BenchRow, Figure } from '../figure.js';
import { type Command, compare, type MeasuredNode, runOnce, thisNode, type Timed } from '../measure.js';
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

/** What needs no AWS, on a Node, against the same Node doing nothing. */
export async function startUpFigures(rounds: number, node: MeasuredNode): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  const on = (command: Command): Timed => timed({ ...command, program: node.path });
  for (const [name, command] of cases) {
    // Short runs are noisy, and cheap to repeat.
    const { ratio, detail } = await compare(on(command), on(idleNode(variables)), rounds * 3);
    const limits = { bar: 1.15, gate: 1.35 };
    figures.push({
      name: `${name} against node -e 0${node.suffix}`,
      value: ratio,
      unit: 'x',
      ...limits,
      detail,
    });
  }
  return figures;
}

/** What needs no AWS, against Node doing nothing. */
export const startUp: BenchRow = {
  name: 'start-up',
  run: async ({ rounds }) => startUpFigures(rounds, thisNode),
};
