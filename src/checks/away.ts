import type { CheckId, Finding } from '../core/finding.js';
import { toolCommand } from '../failures/index.js';
import type { CheckContext } from './context.js';
import { skipped } from './finding.js';

const ids: readonly CheckId[] = [
  'metadata',
  'metadata-token',
  'metadata-profile',
  'metadata-credentials',
  'gateway-env',
  'identity',
  'list-models',
  'list-inference-profiles',
  'converse',
  'converse-stream',
  'openclaw',
];

/** The findings of a run that is not on the instance: everything is left to a run there. */
export function awayFindings(context: Pick<CheckContext, 'instanceId' | 'version'>): readonly Finding[] {
  const where = context.instanceId ?? 'the instance';
  return ids.map((id) =>
    skipped(id, `can be seen only on ${where}`, `run there: ${toolCommand(context.version)} verify`),
  );
}
