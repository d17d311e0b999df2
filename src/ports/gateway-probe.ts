import type { FoundationModel, InferenceProfile } from './bedrock.js';

/** An SDK error taken apart, so that it survives a process boundary. */
export interface RemoteFailure {
  /** The error's name (`AccessDeniedException`) or network code (`ENOTFOUND`). */
  readonly name: string;
  readonly message: string;
  /** HTTP status, 0 when there was no answer. */
  readonly status: number;
}

/** What a probe call gave: a value, or the failure. `milliseconds` is its wall time. */
export type ProbeAnswer<Value> =
  | { readonly ok: true; readonly value: Value; readonly milliseconds: number }
  | { readonly ok: false; readonly failure: RemoteFailure; readonly milliseconds: number };

/** A model's answer to the smallest possible question. */
export interface ModelAnswer {
  readonly text: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly stopReason: string;
}

/** Asks AWS exactly as the gateway would: the SDK's default chain under the gateway's own environment. */
export interface GatewayProbe {
  identity(): Promise<ProbeAnswer<{ readonly arn: string; readonly account: string }>>;
  listFoundationModels(): Promise<ProbeAnswer<readonly FoundationModel[]>>;
  listInferenceProfiles(): Promise<ProbeAnswer<readonly InferenceProfile[]>>;
  /** At most 16 output tokens. */
  converse(modelId: string): Promise<ProbeAnswer<ModelAnswer>>;
  /** At most 16 output tokens. */
  converseStream(modelId: string): Promise<ProbeAnswer<ModelAnswer>>;
  /** Ends the child process. */
  close(): Promise<void>;
}

/** A process in the gateway's place, which asks nothing before it is told to. */
export interface GatewayStandIn {
  /**
   * Begins to look for credentials, as the first call would; what needs a region for that waits for the first that is asked in.
   * What goes wrong is met again, and told, by that call.
   */
  prepare(): void;
  /** Asks AWS in a region; `timeoutMilliseconds` for one call, all of the SDK's retries in it. */
  at(region: string, timeoutMilliseconds: number): GatewayProbe;
  /** Ends it. */
  close(): Promise<void>;
}
