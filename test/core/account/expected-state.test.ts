import { describe, expect, it } from 'vitest';
import { expectedState, rolesOf } from '../../../src/core/account/expected-state.js';
import type { EntryStatus, Receipt, ReceiptEntry } from '../../../src/core/receipt.js';

type Edit = readonly [step: ReceiptEntry['step'], op: unknown, status?: EntryStatus];

function receipt(...edits: readonly Edit[]): Receipt {
  const entries = edits.map(([step, op, status = 'applied']): ReceiptEntry => {
    return { step, op, status, action: 'create', target: 't', detail: 'd', undo: null, at: 'now' };
  });
  const target = { account: null, region: 'us-east-1', instanceId: 'i-1' };
  return { schemaVersion: 1, id: 'r', toolVersion: '0', createdAt: '', target, closedAt: null, entries };
}

const document = { Version: '2012-10-17', Statement: [] };
const other = { Version: '2012-10-17', Statement: [{ Effect: 'Allow' }] };

describe('what a receipt says is still there', () => {
  it('is what each kind of edit left behind', () => {
    const state = expectedState(
      receipt(
        ['iam-role', { kind: 'create', name: 'made' }],
        ['permission-policy', { kind: 'put', role: 'made', document }],
        ['permission-policy', { kind: 'attach', role: 'made', policyArn: 'arn:a' }],
        ['permission-policy', { kind: 'attach', role: 'made', policyArn: 'arn:b' }],
        ['permission-policy', { kind: 'attach', role: 'there', policyArn: 'arn:c' }],
        ['profile-membership', { kind: 'add', profile: 'p', role: 'member' }],
        ['association', { kind: 'associate', instanceId: 'i-1', profileArn: 'arn:p' }],
        ['association', { kind: 'replace', instanceId: 'i-2', profileArn: 'arn:q' }],
        ['metadata-options', { kind: 'set-hop-limit', instanceId: 'i-1', hopLimit: 2 }],
      ),
    );
    expect(state).toEqual({
      roles: ['made'],
      inline: new Map([['made', document]]),
      attached: new Map([
        ['made', ['arn:a', 'arn:b']],
        ['there', ['arn:c']],
      ]),
      members: new Map([['p', 'member']]),
      profiles: new Map([
        ['i-1', 'arn:p'],
        ['i-2', 'arn:q'],
      ]),
      hopLimits: new Map([['i-1', 2]]),
    });
    expect(rolesOf(state)).toEqual(['made', 'there', 'member']);
  });

  it('is the last of several edits of one thing', () => {
    const state = expectedState(
      receipt(
        ['permission-policy', { kind: 'put', role: 'made', document }],
        ['permission-policy', { kind: 'put', role: 'made', document: other }],
        ['association', { kind: 'associate', instanceId: 'i-1', profileArn: 'arn:p' }],
        ['association', { kind: 'replace', instanceId: 'i-1', profileArn: 'arn:q' }],
      ),
    );
    expect(state.inline).toEqual(new Map([['made', other]]));
    expect(state.profiles).toEqual(new Map([['i-1', 'arn:q']]));
  });

  const nothing = expectedState(receipt());

  it.each<EntryStatus>(['intended', 'failed', 'undone', 'retained'])(
    'is nothing of an edit that is %s',
    (status) => {
      expect(
        expectedState(
          receipt(
            ['iam-role', { kind: 'create', name: 'made' }, status],
            ['association', { kind: 'associate', instanceId: 'i-1', profileArn: 'arn:p' }, status],
          ),
        ),
      ).toEqual(nothing);
    },
  );

  it.each<readonly [ReceiptEntry['step'], unknown]>([
    ['iam-role', { kind: 'tag', name: 'made' }],
    ['iam-role', { kind: 'create', name: '' }],
    ['iam-role', { kind: 'create', name: 7 }],
    ['iam-role', null],
    ['iam-role', 'create'],
    ['iam-role', [{ kind: 'create', name: 'made' }]],
    ['instance-profile', { kind: 'create', name: 'made' }],
    ['permission-policy', { kind: 'put', role: 'made', document: 'text' }],
    ['permission-policy', { kind: 'put', role: 'made', document: [] }],
    ['permission-policy', { kind: 'put', document }],
    ['permission-policy', { kind: 'delete', role: 'made', document }],
    ['permission-policy', { kind: 'attach', role: 'made' }],
    ['permission-policy', { kind: 'attach', policyArn: 'arn:a' }],
    ['permission-policy', { kind: 'detach', role: 'made', policyArn: 'arn:a' }],
    ['profile-membership', { kind: 'add', profile: 'p' }],
    ['profile-membership', { kind: 'remove', profile: 'p', role: 'r' }],
    ['association', { kind: 'release', instanceId: 'i-1', profileArn: 'arn:p' }],
    ['association', { kind: 'associate', instanceId: 'i-1', profileArn: '' }],
    ['association', { kind: 'associate', profileArn: 'arn:p' }],
    ['metadata-options', { kind: 'set-hop-limit', instanceId: 'i-1', hopLimit: '2' }],
    ['metadata-options', { kind: 'set-hop-limit', hopLimit: 2 }],
  ])('is nothing of %s with %j, which is not whole or leaves nothing behind', (step, op) => {
    expect(expectedState(receipt([step, op]))).toEqual(nothing);
    expect(rolesOf(nothing)).toEqual([]);
  });
});
