import type { BenchRow } from '../figure.js';
import { ansiblePlaybook } from './ansible.js';
import { calls } from './calls.js';
import { coldNpx } from './cold-npx.js';
import { firstRun } from './first-run.js';
import { fleet, largeFleet } from './fleet.js';
import { memory } from './memory.js';
import { memoryLimit } from './memory-limit.js';
import { noOp } from './no-op.js';
import { node24 } from './node-24.js';
import { openClawProcesses } from './openclaw-processes.js';
import { packageSize } from './package-size.js';
import { propagation } from './propagation.js';
import { rawHttp } from './raw-http.js';
import { startUp } from './start-up.js';
import { terraform } from './terraform.js';
import { verify } from './verify.js';

/** Rows that take minutes: measured when they are named. */
export const longRows: readonly BenchRow[] = [fleet, largeFleet];

/** Every other row, in the order in which they are measured. */
export const benchRows: readonly BenchRow[] = [
  startUp,
  firstRun,
  noOp,
  rawHttp,
  node24,
  terraform,
  ansiblePlaybook,
  propagation,
  verify,
  calls,
  openClawProcesses,
  memory,
  memoryLimit,
  packageSize,
  coldNpx,
];

/** The rows that CI runs: they take less than two minutes together, and hold on a busy machine of two cores. */
export const gateRows: readonly BenchRow[] = [
  startUp,
  rawHttp,
  propagation,
  calls,
  memory,
  memoryLimit,
  packageSize,
];
