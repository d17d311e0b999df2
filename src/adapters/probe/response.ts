import { isRecord, parseRecord } from '../../core/json.js';
import type { ProbeAnswer } from '../../ports/gateway-probe.js';
import type { ProbeResponse } from './protocol.js';

/** A response out of a line; `null` for anything else, such as what a library prints. */
export function parseResponse(line: string): ProbeResponse | null {
  const { id, answer } = parseRecord(line);
  if (typeof id !== 'number' || !isRecord(answer) || !('ok' in answer)) return null;
  return { id, answer: answer as ProbeAnswer<unknown> };
}
