/** An association of Systems Manager's State Manager. */
export interface StateAssociation {
  id: string;
  region: string;
  /** The document that it runs. */
  document: string;
  name?: string;
  /** `InstanceIds`, `tag:NAME`, `resource-groups:Name` or `ParameterValues`, with values. */
  targets: { key: string; values: string[] }[];
  parameters?: Record<string, string[]>;
  maxConcurrency?: string;
  maxErrors?: string;
}

/** A command on one instance; `details` in the words of StatusDetails. */
export interface CommandInvocation {
  readonly instanceId: string;
  details:
    | 'Pending'
    | 'In Progress'
    | 'Success'
    | 'Failed'
    | 'Cancelled'
    | 'Terminated'
    | 'Delivery Timed Out'
    | 'Execution Timed Out';
  startedAt?: number;
  endedAt?: number;
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** A command that was sent to instances. */
export interface RunCommand {
  readonly id: string;
  readonly region: string;
  readonly document: string;
  readonly comment: string;
  readonly parameters: Record<string, string[]>;
  readonly requestedAt: number;
  /** Within which an agent must take it. */
  readonly timeoutSeconds: number;
  /** Within which it must end on an instance. */
  readonly executionSeconds: number;
  readonly maxConcurrency: number;
  readonly maxErrors: number;
  readonly invocations: CommandInvocation[];
}
