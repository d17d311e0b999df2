import { describe, expect, it } from 'vitest';
import type { ApplyRuntime, Worker } from '../../src/core/apply.js';
import { applyPlan } from '../../src/core/apply.js';
import type { Lane, StepId } from '../../src/core/change.js';
import { openJournal } from '../../src/core/journal.js';
import type { PlannedStep } from '../../src/core/plan.js';
import { parseReceipt } from '../../src/core/receipt.js';
import { pendingEntries, undoReceipt } from '../../src/core/undo.js';
import { memoryReceipts, recordedProgress, steppingClock } from '../support/memory.js';

function step(
  id: StepId,
  lane: Lane,
  after: readonly StepId[] = [],
  more: Partial<PlannedStep> = {},
): PlannedStep {
  const change = {
    action: 'create',
    target: id,
    detail: 'made',
    op: { make: id },
    undo: { remove: id },
  } as const;
  return { step: id, lane, title: id, after, subject: id, changes: [change], conflict: null, ...more };
}

function runtime(workers: Partial<Record<StepId, Worker>>) {
  const store = memoryReceipts();
  const target = { account: '111122223333', region: 'us-east-1', instanceId: 'i-0abc1234def567890' };
  const receipt = {
    schemaVersion: 1,
    id: 'r-1',
    toolVersion: '0',
    createdAt: '',
    target,
    closedAt: null,
    entries: [],
  } as const;
  const given: ApplyRuntime = {
    workers: new Map(Object.entries(workers) as [StepId, Worker][]),
    journal: openJournal(receipt, store, steppingClock()),
    progress: recordedProgress(),
    explain: (error) => ({ code: 'BROKEN', message: String(error), why: '', fix: '', exitCode: 1 }),
  };
  return { store, given };
}

describe('applyPlan', () => {
  it('runs a step after those that it names, and independent ones side by side', async () => {
    const order: string[] = [];
    let releaseRole = (): void => undefined;
    const roleMayEnd = new Promise<void>((resolve) => {
      releaseRole = resolve;
    });
    const { given } = runtime({
      'iam-role': async () => {
        await roleMayEnd;
        order.push('role');
        return null;
      },
      'instance-profile': async () => {
        order.push('profile');
        releaseRole();
        return null;
      },
      'profile-membership': async () => {
        order.push('membership');
        return null;
      },
    });
    const steps = [
      step('iam-role', 'cloud'),
      step('instance-profile', 'cloud'),
      step('profile-membership', 'cloud', ['iam-role', 'instance-profile']),
    ];
    await applyPlan({ steps }, given);
    expect(order).toEqual(['profile', 'role', 'membership']);
  });

  it('leaves the host untouched when the cloud refuses', async () => {
    let touched = false;
    const { given } = runtime({
      'iam-role': async () => Promise.reject(new Error('refused')),
      'shell-profile': async () => {
        touched = true;
        return null;
      },
    });
    const result = await applyPlan(
      { steps: [step('iam-role', 'cloud'), step('shell-profile', 'host')] },
      given,
    );
    expect(touched).toBe(false);
    expect(result.changes.map((change) => change.status)).toEqual(['failed', 'skipped']);
    expect(result.errors.map((error) => error.code)).toEqual(['BROKEN']);
  });

  it('begins with the host as soon as the cloud only waits', async () => {
    const order: string[] = [];
    let release = (): void => undefined;
    const hostDone = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { given } = runtime({
      association: async (_op, context) => {
        context.waiting('EC2 to see the profile', 180);
        await hostDone;
        order.push('association');
        return null;
      },
      'shell-profile': async () => {
        order.push('shell');
        release();
        return null;
      },
    });
    await applyPlan({ steps: [step('association', 'cloud'), step('shell-profile', 'host')] }, given);
    expect(order).toEqual(['shell', 'association']);
  });

  it('goes on with the other steps where one of them is blocked for itself', async () => {
    const done: string[] = [];
    const note =
      (name: string): Worker =>
      async () => {
        done.push(name);
        return null;
      };
    const { given } = runtime({ 'shell-profile': note('shell'), 'primary-model': note('model') });
    const conflict = {
      code: 'OPENCLAW_NOT_INSTALLED',
      message: 'no openclaw',
      why: '',
      fix: '',
      exitCode: 1,
      scope: 'step',
    } as const;
    const steps = [
      step('openclaw-discovery', 'host', [], { changes: [], conflict }),
      step('shell-profile', 'host'),
      step('primary-model', 'host', ['openclaw-discovery']),
    ];
    const result = await applyPlan({ steps }, given);
    expect(done).toEqual(['shell']);
    expect(result.changes.map((change) => change.status)).toEqual(['failed', 'applied', 'skipped']);
  });

  it('writes every edit down before it is made, and its outcome after', async () => {
    const { store, given } = runtime({ 'iam-role': async () => ({ remove: 'better' }) });
    await applyPlan({ steps: [step('iam-role', 'cloud')] }, given);
    const [before, after] = store.texts.map((text) => parseReceipt('r-1', text).entries[0]);
    expect(before).toMatchObject({ status: 'intended', undo: { remove: 'iam-role' } });
    expect(after).toMatchObject({ status: 'applied', undo: { remove: 'better' } });
  });
});

describe('undoReceipt', () => {
  it('takes everything back, last first, also what was only intended, and closes the receipt', async () => {
    const undone: unknown[] = [];
    const worker: Worker = async (op) => {
      undone.push(op);
      return null;
    };
    const { given } = runtime({ 'iam-role': worker, association: worker });
    await given.journal.intend({
      step: 'iam-role',
      action: 'create',
      target: 'role',
      detail: '',
      op: 1,
      undo: 'remove role',
    });
    await given.journal.intend({
      step: 'association',
      action: 'create',
      target: 'i-1',
      detail: '',
      op: 2,
      undo: 'disassociate',
    });
    await given.journal.record(0, 'applied');
    const result = await undoReceipt({ ...given, describe: () => ({ title: 'step', lane: 'cloud' }) });
    expect(undone).toEqual(['disassociate', 'remove role']);
    expect(result.errors).toEqual([]);
    expect(given.journal.receipt.closedAt).not.toBeNull();
    expect(pendingEntries(given.journal.receipt.entries)).toEqual([]);
  });

  it('retains what was changed since, says why, and stays open for another try', async () => {
    const { given } = runtime({ 'iam-role': async () => Promise.reject(new Error('someone else')) });
    await given.journal.intend({
      step: 'iam-role',
      action: 'create',
      target: 'role',
      detail: '',
      op: 1,
      undo: 'remove role',
    });
    const result = await undoReceipt({
      ...given,
      explain: () => ({ code: 'CHANGED_SINCE', message: 'changed', why: '', fix: '', exitCode: 1 }),
      describe: () => ({ title: 'step', lane: 'cloud' }),
    });
    expect(result.errors.map((error) => error.code)).toEqual(['CHANGED_SINCE']);
    expect(given.journal.receipt.entries[0]).toMatchObject({ status: 'retained', reason: 'CHANGED_SINCE' });
    expect(given.journal.receipt.closedAt).toBeNull();
  });
});
