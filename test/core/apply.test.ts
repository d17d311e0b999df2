import { describe, expect, it } from 'vitest';
import type { ApplyRuntime, Worker } from '../../src/core/apply.js';
import { applyPlan } from '../../src/core/apply.js';
import { plannedResults } from '../../src/core/change-result.js';
import type { Lane, StepId } from '../../src/core/change.js';
import { openJournal } from '../../src/core/journal.js';
import type { PlannedStep } from '../../src/core/plan.js';
import { parseReceipt } from '../../src/core/receipt-parse.js';
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
  const progress = recordedProgress();
  const given: ApplyRuntime = {
    workers: new Map(Object.entries(workers) as [StepId, Worker][]),
    journal: openJournal(receipt, store, steppingClock()),
    progress,
    explain: (error) => ({ code: 'BROKEN', message: String(error), why: '', fix: '', exitCode: 1 }),
  };
  return { store, given, lines: progress.lines };
}

describe('applyPlan', () => {
  it('runs a step after one that is shown behind it', async () => {
    const order: string[] = [];
    const note = (id: string) => async () => {
      order.push(id);
      return null;
    };
    const { given } = runtime({
      'openclaw-discovery': note('discovery'),
      'bedrock-plugin': note('plug-in'),
    });
    const steps = [step('openclaw-discovery', 'host', ['bedrock-plugin']), step('bedrock-plugin', 'host')];
    await applyPlan({ steps }, given);
    expect(order).toEqual(['plug-in', 'discovery']);
  });

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

describe('what is shown and written of a plan', () => {
  const conflict = (scope: 'run' | 'step' | 'notice') =>
    ({ code: 'TAKEN', message: 'somebody has it', why: '', fix: '', exitCode: 5, scope }) as const;
  const none: PlannedStep['changes'] = [];

  it('is what is in place, what stands in the way, and what is planned', () => {
    const rows = plannedResults([
      step('iam-role', 'cloud', [], { changes: none, subject: 'role' }),
      step('association', 'cloud', [], { changes: none, conflict: conflict('step') }),
      step('shell-profile', 'host', [], { changes: none, conflict: conflict('notice') }),
      step('gateway-env', 'host'),
    ]);
    const row = (id: StepId, lane: Lane) => ({ step: id, title: id, lane, target: id });
    expect(rows).toEqual([
      { ...row('iam-role', 'cloud'), target: 'role', action: 'none', detail: 'in place', status: 'in-place' },
      { ...row('association', 'cloud'), action: 'none', detail: 'somebody has it', status: 'failed' },
      { ...row('shell-profile', 'host'), action: 'none', detail: 'somebody has it', status: 'skipped' },
      { ...row('gateway-env', 'host'), action: 'create', detail: 'made', status: 'planned' },
    ]);
  });

  it('goes on behind a step of which there is only something to say', async () => {
    const { given } = runtime({ 'primary-model': async () => null });
    const steps = [
      step('shell-profile', 'host', [], { changes: none, conflict: conflict('notice') }),
      step('primary-model', 'host', ['shell-profile']),
    ];
    const { changes } = await applyPlan({ steps }, given);
    expect(changes.map(({ status }) => status)).toEqual(['skipped', 'applied']);
  });

  it('leaves out everything that comes after a failure, also by way of others', async () => {
    const { given } = runtime({
      'iam-role': async () => Promise.reject(new Error('refused')),
      'instance-profile': async () => null,
    });
    const steps = [
      step('iam-role', 'cloud'),
      step('profile-membership', 'cloud', ['iam-role']),
      step('association', 'cloud', ['profile-membership']),
      step('instance-profile', 'cloud'),
    ];
    const { changes, errors } = await applyPlan({ steps }, given);
    expect(changes.map(({ status }) => status)).toEqual(['failed', 'skipped', 'skipped', 'applied']);
    expect(errors).toHaveLength(1);
  });

  it('ends a step with the edit that fails, and says of each edit what became of it', async () => {
    const made: unknown[] = [];
    const { given, lines } = runtime({
      'iam-role': async (op) => {
        made.push(op);
        return op === 2 ? Promise.reject(new Error('refused')) : null;
      },
    });
    const change = { action: 'update', target: 'role', undo: 'back' } as const;
    const changes = [1, 2, 3].map((op) => ({ ...change, op, detail: `part ${op}` }));
    const result = await applyPlan({ steps: [step('iam-role', 'cloud', [], { changes })] }, given);
    expect(made).toEqual([1, 2]);
    expect(result.changes.map(({ status, detail }) => [detail, status])).toEqual([
      ['part 1', 'applied'],
      ['part 2', 'failed'],
      ['part 3', 'skipped'],
    ]);
    expect(lines).toEqual(['~ iam-role: role  part 1', '! iam-role: role  Error: refused']);
    expect(given.journal.receipt.entries).toMatchObject([
      { op: 1, status: 'applied', undo: 'back' },
      { op: 2, status: 'failed', undo: 'back', reason: 'BROKEN' },
    ]);
  });

  it('keeps the planned inverse where acting knows none better', async () => {
    const { given } = runtime({ 'iam-role': async () => null });
    await applyPlan({ steps: [step('iam-role', 'cloud')] }, given);
    expect(given.journal.receipt.entries[0]?.undo).toEqual({ remove: 'iam-role' });
  });

  it('names a step that nobody can carry out', async () => {
    const { given } = runtime({});
    const { errors } = await applyPlan({ steps: [step('iam-role', 'cloud')] }, given);
    expect(errors[0]?.message).toBe('Error: no worker for the step iam-role');
  });

  it('makes no edit that could not be written down before', async () => {
    const made: unknown[] = [];
    const { given } = runtime({
      'iam-role': async (op) => {
        made.push(op);
        return null;
      },
    });
    const full = new Error('ENOSPC');
    const journal = {
      ...given.journal,
      receipt: given.journal.receipt,
      intend: async () => Promise.reject(full),
      record: async () => Promise.reject(new Error('recorded what was never written down')),
    };
    const { errors } = await applyPlan({ steps: [step('iam-role', 'cloud')] }, { ...given, journal });
    expect(made).toEqual([]);
    expect(errors.map(({ message }) => message)).toEqual(['Error: ENOSPC']);
  });

  it('tells that it waits, and does not let the host begin because the host waits', async () => {
    const order: string[] = [];
    const { given, lines } = runtime({
      'gateway-env': async (_op, context) => {
        context.waiting('the gateway', 9);
        order.push(context.receiptId);
        return null;
      },
    });
    await applyPlan({ steps: [step('gateway-env', 'host')] }, given);
    expect(order).toEqual(['r-1']);
    expect(lines[0]).toBe('? gateway-env: the gateway');
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

  const entry = (
    step: StepId,
    undo: unknown,
    action: 'create' | 'update' | 'replace' | 'delete' = 'create',
  ) => ({ step, action, target: step, detail: '', op: 1, undo }) as const;
  const describeStep = (id: StepId) => ({ title: `the ${id}`, lane: 'cloud' as const });

  it('takes back the host last edit first, then the account from the top, whatever the order in time', async () => {
    const undone: unknown[] = [];
    const worker: Worker = async (op) => {
      undone.push(op);
      return null;
    };
    const ids = ['association', 'iam-role', 'shell-profile', 'gateway-env', 'profile-membership'] as const;
    const { given } = runtime(Object.fromEntries(ids.map((id) => [id, worker])));
    for (const id of ids) await given.journal.intend(entry(id, id));
    await undoReceipt({ ...given, describe: describeStep });
    expect(undone).toEqual(['gateway-env', 'shell-profile', 'association', 'profile-membership', 'iam-role']);
  });

  it('shows each edit the other way round, and leaves alone what has no inverse or is undone', async () => {
    const { given, lines } = runtime({
      'iam-role': async (_op, context) => {
        context.waiting(`IAM for ${context.receiptId}`, 5);
        return null;
      },
    });
    const actions = ['create', 'update', 'replace', 'delete'] as const;
    for (const action of actions) await given.journal.intend(entry('iam-role', action, action));
    await given.journal.intend(entry('iam-role', null));
    const done = await given.journal.intend(entry('iam-role', 'done'));
    await given.journal.record(done, 'undone');
    const { changes } = await undoReceipt({ ...given, describe: describeStep });
    expect(changes).toEqual(
      ['create', 'replace', 'update', 'delete'].map((action) => ({
        step: 'iam-role',
        lane: 'cloud',
        title: 'the iam-role',
        action,
        target: 'iam-role',
        detail: 'put back',
        status: 'applied',
      })),
    );
    expect(lines.slice(0, 2)).toEqual(['? the iam-role: IAM for r-1', '+ the iam-role: iam-role  put back']);
    expect(given.journal.receipt.entries.map(({ status }) => status)).toEqual([
      'undone',
      'undone',
      'undone',
      'undone',
      'intended',
      'undone',
    ]);
  });

  it('skips the half that is not there, and does not close the receipt over it', async () => {
    const { given } = runtime({});
    await given.journal.intend(entry('iam-role', 'back'));
    const { changes, errors } = await undoReceipt({ ...given, describe: describeStep });
    expect(changes).toMatchObject([{ detail: 'the cloud half is skipped', status: 'skipped' }]);
    expect(errors).toEqual([]);
    expect(given.journal.receipt).toMatchObject({ closedAt: null, entries: [{ status: 'intended' }] });
  });

  it.each([
    ['CHANGED_SINCE', 'retained', 'skipped'],
    ['IN_USE', 'retained', 'skipped'],
    ['THROTTLED', 'applied', 'failed'],
  ])('says %s of what could not be put back, and tries the rest', async (code, status, shown) => {
    const { given, lines } = runtime({
      association: async () => Promise.reject(new Error('no')),
      'iam-role': async () => null,
    });
    await given.journal.record(await given.journal.intend(entry('iam-role', 'back')), 'applied');
    await given.journal.record(await given.journal.intend(entry('association', 'back')), 'applied');
    const details = { code, message: 'it stays', why: '', fix: '', exitCode: 1 } as const;
    const result = await undoReceipt({ ...given, explain: () => details, describe: describeStep });
    expect(result.changes).toMatchObject([
      { step: 'association', detail: 'it stays', status: shown },
      { step: 'iam-role', status: 'applied' },
    ]);
    expect(result.errors).toEqual([details]);
    expect(lines[0]).toBe('! the association: association  it stays');
    expect(given.journal.receipt.entries).toMatchObject([{ status: 'undone' }, { status, reason: code }]);
    expect(given.journal.receipt.closedAt).toBeNull();
  });
});

describe('the journal', () => {
  const entry = (target: string) =>
    ({ step: 'iam-role', action: 'create', target, detail: '', op: 1, undo: 2 }) as const;

  it('numbers edits in their order, also when they are written down at the same time', async () => {
    const { given, store } = runtime({});
    const numbers = await Promise.all(
      ['a', 'b', 'c'].map(async (target) => given.journal.intend(entry(target))),
    );
    expect(numbers).toEqual([0, 1, 2]);
    await given.journal.record(1, 'failed', { reason: 'X' });
    expect(given.journal.receipt.entries.map(({ target, status }) => `${target} ${status}`)).toEqual([
      'a intended',
      'b failed',
      'c intended',
    ]);
    const last = parseReceipt('r-1', store.texts.at(-1) ?? '');
    expect(last).toEqual(given.journal.receipt);
    expect(last.entries[1]).toMatchObject({ at: '2026-11-22T00:00:00.000Z', reason: 'X', undo: 2 });
  });

  it('writes on after a write that failed, and says which one it was', async () => {
    const { given, store } = runtime({});
    let fail = true;
    const flaky = {
      ...store,
      write: async (name: string, text: string) => {
        if (fail) throw new Error('ENOSPC');
        await store.write(name, text);
      },
    };
    const journal = openJournal(given.journal.receipt, flaky, steppingClock());
    const first = journal.intend(entry('a'));
    await expect(first).rejects.toThrow('ENOSPC');
    fail = false;
    expect(await journal.intend(entry('b'))).toBe(1);
    await journal.close();
    expect(parseReceipt('r-1', store.texts.at(-1) ?? '')).toMatchObject({
      closedAt: '2026-11-22T00:00:00.000Z',
      entries: [{ target: 'a' }, { target: 'b' }],
    });
  });
});
