/** The life of an instance, in EC2's words. */
export type InstanceState = 'pending' | 'running' | 'shutting-down' | 'terminated' | 'stopping' | 'stopped';

/** The instance metadata service's settings as EC2 holds them. */
export interface MetadataOptions {
  readonly endpoint: 'enabled' | 'disabled';
  readonly tokens: 'required' | 'optional';
  /** Network hops that the answer to a token request may take; 1 does not reach into a container. */
  readonly hopLimit: number;
}

/** An EC2 instance, as much of it as the set-up needs: of its tags, which may be many, only what somebody asks about. */
export interface Instance {
  readonly id: string;
  readonly name: string | null;
  readonly state: InstanceState;
  /** What else manages it, as its tags tell: `the Auto Scaling group workers`. */
  readonly managers: readonly string[];
  /** ARN of the instance profile that DescribeInstances shows, which may lag behind the associations. */
  readonly profileArn: string | null;
  readonly metadataOptions: MetadataOptions;
}

/** The link between an instance and an instance profile. */
export interface Association {
  readonly id: string;
  readonly instanceId: string;
  readonly profileArn: string;
  /** The profile's unique id (`AIPA…`), which EC2 goes by; `null` where it does not say. */
  readonly profileId: string | null;
  readonly state: 'associating' | 'associated' | 'disassociating' | 'disassociated';
  /** Milliseconds since the Unix epoch, or `null` where EC2 does not say. */
  readonly since: number | null;
}

/** What EC2 answers to whoever only looks. */
export interface Ec2Reader {
  /** `null` when the region has no such instance. */
  describeInstance(instanceId: string): Promise<Instance | null>;
  /** The association that counts: not one on its way out, the newest where there are two; `null` for none. */
  describeAssociation(instanceId: string): Promise<Association | null>;
  /** Looks for the instance in every enabled region at once; the names of those that have it. */
  findRegions(instanceId: string): Promise<readonly string[]>;
  /**
   * The instances that hold an instance profile, in every enabled region that may be looked into: profiles belong to
   * the account, so a region of one's own is not enough to know that nobody uses one.
   */
  findProfileUsers(profileArn: string): Promise<readonly string[]>;
  /** Regions of which the last look for users of a profile learnt nothing; `all others` where it is not known which there are. */
  unseenRegions(): Promise<readonly string[]>;
}

/** What there is to choose from, for whoever has named nothing yet. */
export interface Ec2Directory {
  /** The instances of the region that are not gone or going and have all these tags, all pages; EC2's `*` and `?` count. */
  listInstances(tags?: readonly (readonly [string, string])[]): Promise<readonly Instance[]>;
  /** The instances of these ids, in batches, whatever their state; ids that the region does not have are left out. */
  findInstances(instanceIds: readonly string[]): Promise<readonly Instance[]>;
  /** The associations of these instances that count, one each, all pages. */
  listAssociations(instanceIds: readonly string[]): Promise<readonly Association[]>;
  /** Names of the regions that are enabled for the account. */
  listRegions(): Promise<readonly string[]>;
}

/** EC2 for whoever may change it. Each method is exactly one call; errors are the SDK's own. */
export interface Ec2Writer extends Ec2Reader {
  associateProfile(instanceId: string, profileArn: string): Promise<void>;
  /** Says the unique id of the profile that the instance has now, where EC2 does. */
  replaceAssociation(associationId: string, profileArn: string): Promise<string | null>;
  disassociateProfile(associationId: string): Promise<void>;
  modifyMetadataOptions(instanceId: string, options: Partial<MetadataOptions>): Promise<void>;
}
