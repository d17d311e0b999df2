import type { GatewayProbe, ProbeAnswer } from '../../ports/gateway-probe.js';

/** What a child can be asked for. */
export type ProbeMethod = Exclude<keyof GatewayProbe, 'close'>;

/** One line to the child: JSON, ended by a line feed. */
export interface ProbeRequest {
  readonly id: number;
  readonly method: ProbeMethod;
  readonly region: string;
  readonly modelId?: string;
  readonly timeoutMilliseconds: number;
}

/** A line that tells the child to look for credentials before it is asked anything; it is not answered. */
export interface ProbePreparation {
  readonly method: 'prepare';
}

/** One line from the child. */
export interface ProbeResponse {
  readonly id: number;
  readonly answer: ProbeAnswer<unknown>;
}
