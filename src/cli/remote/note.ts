import type { Target } from '../look/target.js';

/** What a plan cannot show of a host that is somewhere else. */
export function farNote({ instanceId }: Target): string {
  return `the host half is worked out and done on ${instanceId ?? 'the host'} itself, through Systems Manager`;
}
