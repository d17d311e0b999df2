/** One call that arrived, recorded when it was answered or given up. */
export interface RecordedCall {
  readonly service: string;
  readonly operation: string;
  /** Whether the operation writes; a dry run does not. */
  readonly mutating: boolean;
  /** Milliseconds since the epoch, by the server's clock. */
  readonly at: number;
  /** The answer's HTTP status; 0 where none was given. */
  readonly status: number;
  /** The caller's ARN; empty where there is none, as for instance metadata. */
  readonly principal: string;
  /** The region that the request was signed for. */
  readonly region: string;
}
