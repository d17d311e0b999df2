/** What kind of machine the tool runs on, told without asking the network. */
export interface Machine {
  readonly ec2: boolean;
  /** Where the firmware names it (Nitro instances), or `null`. */
  readonly instanceId: string | null;
  /** The kind of container and its sign, or `null` on the host itself. */
  readonly container: string | null;
}

/** Who an instance is, in its own words. */
export interface InstanceDocument {
  readonly instanceId: string;
  readonly region: string;
  readonly account: string;
}
