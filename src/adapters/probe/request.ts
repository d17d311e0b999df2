import { parseRecord } from '../../core/json.js';
import type { ProbeMethod, ProbeRequest } from './protocol.js';

const methods: ReadonlySet<string> = new Set<ProbeMethod>([
  'prepare',
  'identity',
  'listFoundationModels',
  'listInferenceProfiles',
  'converse',
  'converseStream',
]);

/** A request out of a line; `null` for anything else. */
export function parseRequest(line: string): ProbeRequest | null {
  const { id, method, region, modelId, timeoutMilliseconds } = parseRecord(line);
  if (typeof id !== 'number' || typeof method !== 'string' || !methods.has(method)) return null;
  if (typeof timeoutMilliseconds !== 'number') return null;
  if (typeof region !== 'string' && (region !== null || method !== 'prepare')) return null;
  const request = { id, method: method as ProbeMethod, region, timeoutMilliseconds };
  return typeof modelId === 'string' ? { ...request, modelId } : request;
}
