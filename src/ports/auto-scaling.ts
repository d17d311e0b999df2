/** The launch template that a group's new instances come from. */
export interface GroupTemplate {
  readonly id: string;
  readonly name: string;
  /** `$Default`, `$Latest` or a number. */
  readonly version: string;
}

/** An Auto Scaling group, as much of it as the set-up needs. */
export interface AutoScalingGroup {
  readonly name: string;
  readonly instanceIds: readonly string[];
  /** `null` where it has a launch configuration instead. */
  readonly template: GroupTemplate | null;
  /** Whether it mixes instance types, each of which may have a template of its own. */
  readonly mixed: boolean;
}

/** A version of a launch template. */
export interface TemplateVersion {
  /** Number of the version. */
  readonly version: string;
  readonly isDefault: boolean;
  readonly description: string | null;
  /** ARN or name of the instance profile that instances get, or `null`. */
  readonly profile: string | null;
}

/** What Auto Scaling and EC2 answer about groups and their launch templates to whoever only looks. */
export interface AutoScalingReader {
  /** `null` when the region has no such group. */
  describeGroup(name: string): Promise<AutoScalingGroup | null>;
  /** Versions of a launch template: those that are named, e.g. `$Default`, or all; `null` when there is no such template. */
  describeVersions(
    templateId: string,
    versions?: readonly string[],
  ): Promise<readonly TemplateVersion[] | null>;
}

/** Groups and launch templates for whoever may change them. Each method is exactly one call; errors are the SDK's own. */
export interface AutoScalingWriter extends AutoScalingReader {
  /** Makes a version that is like another but for the profile, and gives its number. */
  createVersion(input: {
    readonly templateId: string;
    readonly source: string;
    readonly profileArn: string;
    readonly description: string;
  }): Promise<string>;
  deleteVersion(templateId: string, version: string): Promise<void>;
  setDefaultVersion(templateId: string, version: string): Promise<void>;
  /** Lets the group's next instances come from this version. */
  setGroupVersion(group: string, templateId: string, version: string): Promise<void>;
}
