import type { AutoScalingGroup } from '../ports/auto-scaling.js';
import type { Association, Instance } from '../ports/ec2.js';
import type { ShellName } from '../ports/host.js';
import type { Identity } from '../ports/identity.js';
import type { JsonObject } from '../ports/json.js';
import type { OpenClawInstallation } from '../ports/openclaw.js';
import type { EnrollmentGoal } from './account/enrollment.js';
import type { Settings } from './settings.js';

/** The part of the goal that lies in the account. */
export interface CloudGoal {
  readonly identity: Identity;
  readonly instance: Instance;
  readonly association: Association | null;
  /** The role that gets the policy. `adopted`: it was in the instance's own profile before us. */
  readonly role: { readonly name: string; readonly arn: string; readonly adopted: boolean };
  readonly profile: { readonly name: string; readonly arn: string; readonly adopted: boolean };
  readonly policy: PolicyGoal;
  /** The Auto Scaling group whose new instances are to come up right, and the other profiles that its instances keep. */
  readonly group?: { readonly found: AutoScalingGroup; readonly alsoFine: readonly string[] };
}

/** The rights that the role gets. */
export type PolicyGoal =
  | { readonly kind: 'inline'; readonly name: string; readonly document: JsonObject }
  | { readonly kind: 'managed'; readonly arn: string };

/** The part of the goal that lies on the host. */
export interface HostGoal {
  readonly shell: ShellName | null;
  readonly home: string;
  /** `null`: OpenClaw is not installed. */
  readonly openclaw: OpenClawInstallation | null;
  /** Its config still holds the block of an older version, because of which it refuses every command until that is moved. */
  readonly migrates: boolean;
  /** The variables that people and the gateway get, without secrets, in the order in which they are written. */
  readonly variables: Readonly<Record<string, string>>;
}

/** The model that becomes OpenClaw's primary one, resolved against the region where that was possible. */
export interface ModelGoal {
  /** A model id, inference-profile id or ARN, as Bedrock takes it. */
  readonly id: string;
  /** ARNs that a call to it touches: the profile's own, and its models' in every destination region. */
  readonly arns: readonly string[];
}

/** What the settings come to on this account and host: all that a step may know. Names only, no step's output. */
export interface Goal {
  readonly settings: Settings;
  readonly receiptId: string;
  readonly region: string;
  /** `null`: the cloud half is skipped. */
  readonly cloud: CloudGoal | null;
  /** `null`: the host half is skipped. */
  readonly host: HostGoal | null;
  readonly model: ModelGoal | null;
  /** Instances that are to set themselves up; `null` without `--enroll`. */
  readonly enrollment: EnrollmentGoal | null;
}
