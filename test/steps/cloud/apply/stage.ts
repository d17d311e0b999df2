import { beforeEach, expect } from 'vitest';
import type { StepId } from '../../../../src/core/change.js';
import type { CloudWriters } from '../../../../src/ports/lanes.js';
import { cloudSteps } from '../../../../src/steps/cloud/index.js';
import type { PlainState } from '../../../support/plain-account.js';
import { plainAccount } from '../../../support/plain-account.js';

/** Tags of what was made under the receipt `r-1`, in whose name the ops of these tests are carried out. */
export const ours = { 'managed-by': 'openclaw-bedrock-setup', 'openclaw-bedrock-setup:receipt': 'r-1' };

/** Tags of what was made under another receipt. */
export const anothers = { ...ours, 'openclaw-bedrock-setup:receipt': 'r-2' };

/** An account in which the steps act, a new one for each test. */
export interface Stage {
  readonly state: PlainState;
  /** Another account's may be put in their place. */
  ports: CloudWriters;
  /** What was waited for, and for how long at most. */
  readonly waits: readonly string[];
  /** What was said of what was done otherwise. */
  readonly notes: readonly string[];
  /** One op as a receipt has it, for the undo of these instances; what the step says takes it back better, or the error's code and words. */
  apply(step: StepId, op: unknown, instances?: readonly string[]): Promise<unknown>;
  /** Lets AWS refuse the next calls of a method. */
  refuse(method: string, ...errors: Error[]): void;
}

/** The stage of the tests of a file. */
export function useStage(): Stage {
  let { state, ports } = plainAccount();
  let waits: string[] = [];
  let notes: string[] = [];
  beforeEach(() => {
    ({ state, ports } = plainAccount());
    waits = [];
    notes = [];
  });
  return {
    get state() {
      return state;
    },
    get ports() {
      return ports;
    },
    set ports(others) {
      ports = others;
    },
    get waits() {
      return waits;
    },
    get notes() {
      return notes;
    },
    apply: async (step, op, instances = []) => {
      const waiting = (what: string, seconds: number): void => void waits.push(`${what}, ${seconds} s`);
      const note = (detail: string): void => void notes.push(detail);
      const found = cloudSteps.find(({ id }) => id === step);
      return found?.apply(op, ports, { receiptId: 'r-1', instances, waiting, note });
    },
    refuse: (method, ...errors) => void state.refusals.set(method, errors),
  };
}

/** An error of this code, in these words. */
export function refused(code: string, message: string, fix: string) {
  return { details: expect.objectContaining({ code, message, fix }) as unknown };
}
