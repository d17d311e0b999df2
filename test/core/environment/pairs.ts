import type { Assignment } from '../../../src/core/environment/assignment.js';

/** Assignments as short lines: `2 A=1`, or `- A=1` where nobody knows the line. */
export function pairs(assignments: readonly Assignment[]): readonly string[] {
  return assignments.map(({ name, value, line }) => `${line ?? '-'} ${name}=${value}`);
}
