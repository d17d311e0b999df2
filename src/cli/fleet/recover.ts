import { listedEc2 } from '../../core/fleet/listed-ec2.js';
import type { Receipt, ReceiptEntry } from '../../core/receipt.js';
import { fleetTarget, newReceipt } from '../../core/receipt.js';
import type { CloudReaders } from '../../ports/lanes.js';
import { memoizeReaders } from '../../steps/cloud/goal.js';
import { recover } from '../../steps/cloud/recover.js';
import { readTraces } from '../../steps/cloud/traces.js';
import { tellRecovered } from '../look/recover.js';
import { newReceiptId } from '../look/receipts.js';
import type { Account, Runtime } from '../runtime.js';
import type { FleetTarget } from './targets.js';
import { thousands } from '../../core/text/thousands.js';

/** Readers that ask AWS once for what instances share, and count none of the fleet's own among the users of a profile. */
async function fleetReaders(account: Account, { instances }: FleetTarget): Promise<CloudReaders> {
  const { clock } = account;
  const ids = new Set(instances.map(({ id }) => id));
  const associations = await account.ec2.listAssociations([...ids]);
  const readers = memoizeReaders(account);
  const ec2 = listedEc2(account.ec2, { instances, associations }, clock);
  return {
    clock,
    iam: readers.iam,
    enrollments: readers.enrollments,
    ec2: {
      describeInstance: async (id) => ec2.describeInstance(id),
      describeAssociation: async (id) => ec2.describeAssociation(id),
      findRegions: async (id) => ec2.findRegions(id),
      findProfileUsers: async (arn) =>
        (await readers.ec2.findProfileUsers(arn)).filter((user) => !ids.has(user)),
      unseenRegions: async () => readers.ec2.unseenRegions(),
    },
  };
}

/**
 * A receipt about many instances put together from the tags in the account, where their own one is not here. `null` where
 * nothing of the tool's making is there. Says what the account does not tell.
 */
export async function recoverFleet(
  runtime: Runtime,
  account: Account,
  fleet: FleetTarget,
): Promise<Receipt | null> {
  const { settings, clock } = runtime;
  const createdAt = new Date(clock.now()).toISOString();
  const [identity, readers] = await Promise.all([
    account.identity.getCallerIdentity(),
    fleetReaders(account, fleet),
  ]);
  const entries = new Map<string, ReceiptEntry>();
  const unknown = new Set<string>();
  const staying = new Set<string>();
  for (const { id } of fleet.instances) {
    const found = recover(await readTraces(id, settings.roleName, readers), createdAt);
    for (const entry of found.entries) entries.set(JSON.stringify([entry.step, entry.undo]), entry);
    for (const what of found.unknown) unknown.add(what);
    for (const what of found.staying) staying.add(what);
  }
  const whom = `these ${thousands(fleet.instances.length)} instances`;
  tellRecovered(runtime, { whom, account: identity.account, found: entries.size > 0, unknown, staying });
  if (entries.size === 0) return null;
  return newReceipt(newReceiptId(), createdAt, fleetTarget(identity.account, fleet.region), [
    ...entries.values(),
  ]);
}
