/** What Systems Manager hands to an agent: the lines of AWS-RunShellScript as one script. */
export interface AgentCommand {
  readonly commandId: string;
  readonly instanceId: string;
  readonly script: string;
  /** Ends what runs: the command was cancelled or its time is up. */
  readonly signal: AbortSignal;
}

/** What a script came to on the instance. */
export interface AgentResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * What an agent does instead of its work. `offline`: it was registered and no longer answers. `dies`: it begins, runs the script
 * and is never heard of again. `silent`: it takes the command and never says how it went. `lies`: it says Success, with an
 * output that nothing wrote.
 */
export type AgentFault = 'offline' | 'dies' | 'silent' | 'lies';

/** The agent of Systems Manager on an instance. */
export interface Agent {
  /** Default: Linux. */
  readonly platform?: 'Linux' | 'Windows' | 'MacOS';
  /** Default: a recent one. */
  readonly version?: string;
  readonly fault?: AgentFault;
  /** Milliseconds before it begins with a command. */
  readonly slowMilliseconds?: number;
  /** Runs a script for real; left out: it succeeds and says nothing. */
  readonly run?: (command: AgentCommand) => Promise<AgentResult>;
}
