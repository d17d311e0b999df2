import { arnName } from '../../core/policy/arn.js';
import { ssmPolicyName } from '../../core/policy/policies.js';
import type { HostOutcome } from '../../core/remote/outcome.js';
import { troubled } from '../../core/remote/outcome.js';
import type { ManagedNode } from '../../ports/systems-manager.js';
import type { Account, Runtime } from '../runtime.js';

/** Which hosts are asked for. */
export interface Wanted {
  readonly instanceIds: readonly string[];
  /** The role that they have, where it is known. */
  readonly roleName?: string | null;
  /** In this run they got a role, or the right to Systems Manager: their agents may register any moment. */
  readonly justAllowed?: boolean;
  /** Those that do not run, by their state: nobody waits for their agents. */
  readonly asleep?: ReadonlyMap<string, string>;
  /** Those on which nothing may ever have been begun: where Systems Manager does not know them, that is no failure. */
  readonly unbegun?: ReadonlySet<string>;
}

/** Hosts that a command can be sent to, and those that cannot be reached, with the reason. */
export interface Reach {
  readonly reachable: readonly string[];
  readonly lost: readonly HostOutcome[];
  /** Hosts that Systems Manager does not know and on which nothing may ever have been begun. */
  readonly unknown: readonly string[];
}

/** Seconds that an agent gets to register after its role has changed; most take less than two minutes. */
const registrationSeconds = 300;

/** Whether the role has a managed policy that lets agents register; `null` where that cannot be looked up. */
async function allowsAgents({ iam }: Account, { roleName = null }: Wanted): Promise<boolean | null> {
  if (roleName === null) return null;
  const attached = await iam.listAttachedRolePolicies(roleName).catch(() => null);
  const telling = [ssmPolicyName, 'AmazonSSMFullAccess', 'AmazonEC2RoleforSSM'];
  return attached === null ? null : attached.some((arn) => telling.includes(arnName(arn)));
}

/** Asks who is managed, again and again where agents are about to register. */
async function managedNodes(
  { clock, progress }: Runtime,
  account: Account,
  { instanceIds, justAllowed }: Wanted,
): Promise<ReadonlyMap<string, ManagedNode>> {
  const systemsManager = await account.systemsManager();
  const bound = clock.now() + (justAllowed === true ? registrationSeconds * 1000 : 0);
  return progress.during('hosts: asking Systems Manager which it reaches', async (waiting) => {
    for (;;) {
      const nodes = await systemsManager.describeManaged(instanceIds);
      const online = nodes.filter((node) => node.online).length;
      if (online === instanceIds.length || clock.now() >= bound)
        return new Map(nodes.map((node) => [node.instanceId, node]));
      const missing = `${instanceIds.length - online} of ${instanceIds.length}`;
      waiting(`the agents of ${missing} to register with Systems Manager`, registrationSeconds);
      await clock.sleep(instanceIds.length > 500 ? 15_000 : 3000);
    }
  });
}

function reasonOf(id: string, node: ManagedNode | undefined, allowed: boolean | null): HostOutcome | null {
  if (node === undefined) {
    return allowed === false
      ? troubled(id, 'ROLE_WITHOUT_SSM', 'not managed by Systems Manager, and its role does not allow it')
      : troubled(id, 'NOT_REGISTERED', 'not managed by Systems Manager');
  }
  if (node.platform !== null && node.platform !== 'Linux')
    return troubled(id, 'HOST_NOT_LINUX', `runs ${node.platform}`);
  if (node.online) return null;
  const since = node.lastSeen === null ? '' : `, last heard of at ${node.lastSeen}`;
  return troubled(id, 'AGENT_OFFLINE', `its agent does not answer${since}`);
}

/** Finds out which hosts Systems Manager reaches, and why not the others. Throws what AWS refuses. */
export async function findReach(runtime: Runtime, account: Account, wanted: Wanted): Promise<Reach> {
  const allowed = await allowsAgents(account, wanted);
  const justAllowed = wanted.justAllowed === true && allowed !== false;
  const asleep = wanted.asleep ?? new Map<string, string>();
  const instanceIds = wanted.instanceIds.filter((id) => !asleep.has(id));
  const nodes = await managedNodes(runtime, account, { ...wanted, instanceIds, justAllowed });
  const unknown = instanceIds.filter((id) => wanted.unbegun?.has(id) === true && !nodes.has(id));
  const lost = wanted.instanceIds.flatMap((id) => {
    if (unknown.includes(id)) return [];
    const state = asleep.get(id);
    if (state !== undefined) return [troubled(id, 'AGENT_OFFLINE', `it is ${state}, and so is its agent`)];
    return reasonOf(id, nodes.get(id), allowed) ?? [];
  });
  const away = new Set([...unknown, ...lost.map(({ instanceId }) => instanceId)]);
  return { reachable: wanted.instanceIds.filter((id) => !away.has(id)), lost, unknown };
}
