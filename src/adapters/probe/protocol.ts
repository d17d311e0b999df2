import type { GatewayProbe, ProbeAnswer } from '../../ports/gateway-probe.js';

/** What a child can be asked for: the calls, and to look for credentials before the first of them. */
export type ProbeMethod = Exclude<keyof GatewayProbe, 'close'> | 'prepare';

/** One line to the child: JSON, ended by a line feed. */
export interface ProbeRequest {
  readonly id: number;
  readonly method: ProbeMethod;
  /** Where to ask; `null` while that is not known, which is enough to look for credentials. */
  readonly region: string | null;
  readonly modelId?: string;
  readonly timeoutMilliseconds: number;
}

/** One line from the child. */
export interface ProbeResponse {
  readonly id: number;
  readonly answer: ProbeAnswer<unknown>;
}
