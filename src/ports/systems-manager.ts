/** An instance that Systems Manager knows of. */
export interface ManagedNode {
  readonly instanceId: string;
  /** Its agent answered lately. */
  readonly online: boolean;
  /** ISO time at which it was last heard of, where that is told. */
  readonly lastSeen: string | null;
  /** `Linux`, `Windows` or `MacOS`, where that is told. */
  readonly platform: string | null;
}

/** How a command stands on one instance: `stopped` by MaxErrors, `undelivered` to an agent that did not take it in time. */
export type InvocationStatus =
  | 'open'
  | 'success'
  | 'failed'
  | 'cancelled'
  | 'stopped'
  | 'undelivered'
  | 'timed-out';

/** A command on one instance. */
export interface Invocation {
  readonly instanceId: string;
  readonly status: InvocationStatus;
  /** Its output, at most 2,500 characters of it. */
  readonly output: string;
}

/** A script for some instances, on which it runs as root. */
export interface ScriptToSend {
  readonly instanceIds: readonly string[];
  readonly script: string;
  readonly comment: string;
  /** Seconds within which an agent must take it; 30 or more. */
  readonly deliverySeconds: number;
  /** Seconds within which it must end on an instance. */
  readonly executionSeconds: number;
  /** On how many instances it runs at once, and after how many errors it is sent to no more. */
  readonly maxConcurrency: number;
  readonly maxErrors: number;
}

/** Run Command of Systems Manager, for whoever only looks. */
export interface SystemsManagerReader {
  /** Those of the instances that Systems Manager knows of. */
  describeManaged(instanceIds: readonly string[]): Promise<readonly ManagedNode[]>;
  /** How the command stands; all pages. Empty while Systems Manager does not know of it yet. */
  listInvocations(commandId: string): Promise<readonly Invocation[]>;
  /** Up to 24,000 characters of its standard output; `null` while Systems Manager does not know of it yet. */
  invocationOutput(commandId: string, instanceId: string): Promise<string | null>;
}

/** Run Command, for whoever runs something on instances. */
export interface SystemsManagerWriter extends SystemsManagerReader {
  /** Sends the script to up to 50 instances and gives the command's id. It is sent once: only a refusal for too many calls is tried again. */
  sendScript(script: ScriptToSend): Promise<string>;
  cancelCommand(commandId: string): Promise<void>;
}
