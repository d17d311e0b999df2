import type { BenchRow } from '../figure.js';
import { calls } from './calls.js';
import { firstRun } from './first-run.js';
import { fleet, largeFleet } from './fleet.js';
import { memory } from './memory.js';
import { noOp } from './no-op.js';
import { packageSize } from './package-size.js';
import { propagation } from './propagation.js';
import { rawHttp } from './raw-http.js';
import { startUp } from './start-up.js';

/** Rows that take minutes: measured when they are named. */
export const longRows: readonly BenchRow[] = [fleet, largeFleet];

/** Every other row, in the order in which they are measured. */
export const benchRows: readonly BenchRow[] = [
  startUp,
  firstRun,
  noOp,
  rawHttp,
  propagation,
  calls,
  memory,
  packageSize,
];
