import type { Clock } from '../../ports/clock.js';
import type { Association, Ec2Writer, Instance } from '../../ports/ec2.js';
import { Pace } from './pace.js';

/** What is known of many instances, read in pages. */
export interface Listing {
  readonly instances: readonly Instance[];
  readonly associations: readonly Association[];
}

/**
 * How much EC2 lets through for an account and region: changing requests on profiles 100 at once and 5 a second, changing
 * requests in general 50 and 5 (https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html).
 */
const limits = {
  profile: { burst: 100, perSecond: 5 },
  other: { burst: 50, perSecond: 5 },
} as const;

/**
 * EC2 that answers out of a listing, so that steps which ask about one instance cost no call, and that sends changes as fast
 * as EC2's token buckets let them through. Once something was sent about an instance, EC2 itself is asked about it.
 */
export function listedEc2(ec2: Ec2Writer, { instances, associations }: Listing, clock: Clock): Ec2Writer {
  const byId = new Map(instances.map((one) => [one.id, one]));
  const held = new Map(associations.map((one) => [one.instanceId, one]));
  const holders = new Map(associations.map((one) => [one.id, one.instanceId]));
  const stale = new Set<string>();
  const paces = {
    associate: new Pace(limits.profile, clock),
    disassociate: new Pace(limits.profile, clock),
    replace: new Pace(limits.other, clock),
    options: new Pace(limits.profile, clock),
  };
  const touch = (associationId: string): void => {
    const holder = holders.get(associationId);
    if (holder !== undefined) stale.add(holder);
  };
  return {
    describeInstance: async (id) => byId.get(id) ?? ec2.describeInstance(id),
    describeAssociation: async (id) =>
      stale.has(id) || !byId.has(id) ? ec2.describeAssociation(id) : (held.get(id) ?? null),
    findRegions: async (id) => ec2.findRegions(id),
    findProfileUsers: async (arn) => ec2.findProfileUsers(arn),
    unseenRegions: async () => ec2.unseenRegions(),
    async associateProfile(id, arn) {
      stale.add(id);
      await paces.associate.send(async () => ec2.associateProfile(id, arn));
    },
    async replaceAssociation(associationId, arn) {
      touch(associationId);
      return paces.replace.send(async () => ec2.replaceAssociation(associationId, arn));
    },
    async disassociateProfile(associationId) {
      touch(associationId);
      await paces.disassociate.send(async () => ec2.disassociateProfile(associationId));
    },
    modifyMetadataOptions: async (id, options) =>
      paces.options.send(async () => ec2.modifyMetadataOptions(id, options)),
  };
}
