import type { BenchRow } from '../figure.js';
import { notMeasured } from '../figure.js';
import { rawHttpFigure } from './raw-http.js';
import { startUpFigures } from './start-up.js';

/** Start and no-op on the Node that `OPENCLAW_SETUP_NODE24` names. */
export const node24: BenchRow = {
  name: 'node-24',
  async run({ rounds }) {
    const path = process.env['OPENCLAW_SETUP_NODE24'];
    if (path === undefined) {
      const figure = { name: 'start and no-op on Node 24', unit: 'x', bar: 1.15 } as const;
      return [notMeasured(figure, 'OPENCLAW_SETUP_NODE24 names none')];
    }
    const node = { path, suffix: ' on Node 24' };
    return [...(await startUpFigures(rounds, node)), await rawHttpFigure(rounds, node)];
  },
};
