import {
  DeleteRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
  RemoveRoleFromInstanceProfileCommand,
} from '@aws-sdk/client-iam';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultWorld } from '../../src/mock-aws/index.js';
import { accountOf } from '../support/account-look.js';
import type { FleetStage } from '../support/many-instances.js';
import { fleetId, fleetOf, withFleetStage } from '../support/many-instances.js';
import { operatorClient } from '../support/mock-aws.js';
import type { Act, Place } from '../support/sequences.js';
import { setUpAsPlanned, someOf, trySequences, undo, undoing } from '../support/sequences.js';

interface Account extends Place {
  readonly stage: FleetStage;
}

const ids = [0, 1, 2].map(fleetId);
const policy = 'OpenClawBedrock';

/** Two instances with nothing, and one with somebody else's profile; or three with that. */
const worlds = [0, 2].map((bare) => {
  const instances = fleetOf(3).map((one, index) =>
    index < bare ? one : { ...one, instanceProfile: 'web-server' },
  );
  return { ...defaultWorld(), instances };
});
const atOnce = {
  iamToEc2Milliseconds: 0,
  ec2ToMetadataMilliseconds: 0,
  iamToBedrockMilliseconds: 0,
  associationMilliseconds: 0,
};

const chosenPolicy = fc.constantFrom(
  [],
  ['--policy', 'invoke'],
  ['--policy', 'full-access'],
  ['--policy', 'scoped', '--model', 'us.amazon.nova-lite-v1:0'],
  ['--policy', 'scoped', '--model', 'us.amazon.nova-pro-v1:0'],
);
const more = someOf(['--ssm'], ['--replace-profile'], ['--hop-limit', '3'], ['--role-name', 'Other']);
const command: fc.Arbitrary<Act<Account>> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom(...ids), chosenPolicy, more)
      .map(([id, rights, rest]) =>
        setUpAsPlanned(['--instance-id', id, '--host', 'skip', ...rights, ...rest]),
      ),
  },
  { weight: 1, arbitrary: fc.constantFrom(...ids).map((id) => undoing(['--instance-id', id])) },
);

/** Changes that somebody else makes, on a role of the account. */
const changes: Readonly<Record<string, (iam: IAMClient, role: string) => Promise<unknown>>> = {
  'takes the policy away': async (iam, RoleName) =>
    iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: policy })),
  'narrows the policy': async (iam, RoleName) =>
    iam.send(
      new PutRolePolicyCommand({
        RoleName,
        PolicyName: policy,
        PolicyDocument:
          '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"bedrock:ListFoundationModels","Resource":"*"}]}',
      }),
    ),
  'takes the role out of its profile': async (iam, RoleName) =>
    iam.send(new RemoveRoleFromInstanceProfileCommand({ RoleName, InstanceProfileName: RoleName })),
};

const byHand: fc.Arbitrary<Act<Account>> = fc
  .tuple(fc.constantFrom(...Object.keys(changes)), fc.constantFrom('EC2-Bedrock-Access', 'web-server'))
  .map(([change, role]) => ({
    told: `somebody ${change}: ${role}`,
    async act({ stage }) {
      // Not every role is there, with all that could be changed.
      await changes[change]?.(new IAMClient(operatorClient(stage.mock)), role).catch(() => undefined);
    },
  }));

/** Does all of it, then undoes it, instance by instance, until nothing is put back any more; gives whether anything was kept for others. */
async function thereAndBack(acts: readonly Act<Account>[], account: Account): Promise<boolean> {
  for (const { act } of acts) await act(account);
  let kept = false;
  for (let left = 4, again = true; again; left -= 1) {
    expect(left, 'undo comes to an end').toBeGreaterThan(0);
    again = false;
    kept = false;
    for (const id of ids) {
      const { report } = await undo(account, ['--instance-id', id]);
      again ||= report.changes.some(({ status }) => status === 'applied');
      kept ||= report.changes.some(({ status }) => status === 'skipped');
    }
  }
  return kept;
}

async function tryIn(
  acts: fc.Arbitrary<readonly Act<Account>[]>,
  count: number,
  check: (before: unknown, account: Account, kept: boolean) => Promise<void> | void,
): Promise<number> {
  let turn = 0;
  return trySequences(acts, count, async (list) => {
    const world = worlds[(turn += 1) % worlds.length];
    if (world === undefined) throw new Error('there is no world');
    await withFleetStage({ world, propagation: atOnce }, async (stage) => {
      const look = async (): Promise<unknown> => Promise.resolve(accountOf(stage.mock.state));
      const account = { stage, look, run: async (words: readonly string[]) => stage.run(...words) };
      const before = await look();
      const kept = await thereAndBack(list, account);
      await check(before, account, kept);
    });
  });
}

const minutes = { timeout: 1_800_000 };

describe('any sequence of commands in an account', () => {
  it('does what it plans, and all of it can be taken back', minutes, async () => {
    const commands = fc.array(command, { minLength: 2, maxLength: 5 });
    const tried = await tryIn(commands, 8, async (before, account, kept) => {
      expect(kept ? before : await account.look()).toEqual(before);
    });
    expect(tried).toBeGreaterThan(0);
  });

  it('can be taken back to its end where somebody changes things in between', minutes, async () => {
    const act = fc.oneof({ weight: 2, arbitrary: command }, { weight: 1, arbitrary: byHand });
    const tried = await tryIn(
      fc.array(act, { minLength: 3, maxLength: 6 }),
      8,
      (_before, { stage }, kept) => {
        const ours = Object.values(stage.mock.state.roles).filter(
          ({ tags }) => tags['managed-by'] !== undefined,
        );
        expect(kept ? [] : ours).toEqual([]);
      },
    );
    expect(tried).toBeGreaterThan(0);
  });
});
