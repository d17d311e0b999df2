import type { GatewayProbe, ProbeAnswer } from '../../ports/gateway-probe.js';

/** What a child can be asked for: the calls, and to look for credentials before the first of them. */
export type ProbeMethod = Exclude<keyof GatewayProbe, 'close'> | 'prepare';

/** One line to the child: JSON, ended by a line feed. */
export interface ProbeRequest {
  readonly id: number;
  readonly method: ProbeMethod;
  readonly region: string;
  readonly modelId?: string;
  readonly timeoutMilliseconds: number;
}

/** One line from the child. */
export interface ProbeResponse {
  readonly id: number;
  readonly answer: ProbeAnswer<unknown>;
}

const methods: ReadonlySet<string> = new Set<ProbeMethod>([
  'prepare',
  'identity',
  'listFoundationModels',
  'listInferenceProfiles',
  'converse',
  'converseStream',
]);

function parseRecord(line: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** A request out of a line; `null` for anything else. */
export function parseRequest(line: string): ProbeRequest | null {
  const value = parseRecord(line);
  if (value === null) return null;
  const { id, method, region, modelId, timeoutMilliseconds } = value;
  if (typeof id !== 'number' || typeof method !== 'string' || !methods.has(method)) return null;
  if (typeof region !== 'string' || typeof timeoutMilliseconds !== 'number') return null;
  const request = { id, method: method as ProbeMethod, region, timeoutMilliseconds };
  return typeof modelId === 'string' ? { ...request, modelId } : request;
}

/** A response out of a line; `null` for anything else, such as what a library prints. */
export function parseResponse(line: string): ProbeResponse | null {
  const value = parseRecord(line);
  if (value === null) return null;
  const { id, answer } = value;
  if (typeof id !== 'number' || typeof answer !== 'object' || answer === null || !('ok' in answer))
    return null;
  return { id, answer: answer as ProbeAnswer<unknown> };
}
