import type { Receipt } from '../../core/receipt.js';
import type { HostWriters } from '../../ports/lanes.js';

function pathOf(op: unknown): readonly string[] {
  if (typeof op !== 'object' || op === null || !('path' in op)) return [];
  return typeof op.path === 'string' ? [op.path] : [];
}

/**
 * Removes what a killed run has left beside the files that its receipt names: temporary copies, which a step that finds
 * its file in place would never come across. A file that cannot be looked at is left to its step.
 */
export async function removeLeftovers(receipt: Receipt | null, host: HostWriters | null): Promise<void> {
  if (receipt === null || host === null) return;
  const paths = new Set(receipt.entries.flatMap(({ op, undo }) => [...pathOf(op), ...pathOf(undo)]));
  const tidied = [...paths].map(async (path) => host.host.files.tidy(path, []).catch(() => undefined));
  await Promise.all(tidied);
}
