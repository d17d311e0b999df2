import { parseRecord } from '../../core/json.js';
import type { ProbeMethod, ProbePreparation, ProbeRequest } from './protocol.js';

const methods: ReadonlySet<string> = new Set<ProbeMethod>([
  'identity',
  'listFoundationModels',
  'listInferenceProfiles',
  'converse',
  'converseStream',
]);

/** What a line asks for; `null` for anything else. */
export function parseRequest(line: string): ProbeRequest | ProbePreparation | null {
  const { id, method, region, modelId, timeoutMilliseconds } = parseRecord(line);
  if (method === 'prepare') return { method };
  if (typeof id !== 'number' || typeof method !== 'string' || !methods.has(method)) return null;
  if (typeof region !== 'string' || typeof timeoutMilliseconds !== 'number') return null;
  const request = { id, method: method as ProbeMethod, region, timeoutMilliseconds };
  return typeof modelId === 'string' ? { ...request, modelId } : request;
}
