import type { Change, Conflict } from '../../core/change.js';
import type { EnrollmentGoal } from '../../core/account/enrollment.js';
import { enrollmentName, isOurScript } from '../../core/account/enrollment.js';
import { ownershipTags } from '../../core/account/ownership.js';
import type { Step } from '../../core/step.js';
import type { Enrollment, EnrollmentInput } from '../../ports/enrollments.js';
import type { Tags } from '../../ports/iam.js';
import type { CloudReaders, CloudWriters } from '../../ports/lanes.js';
import type { ApplyContext } from '../../core/step.js';
import { opFields } from '../op-fields.js';
import { stepConflict } from '../conflicts.js';
import { changedSince } from './refusals.js';

/** The association that is wanted. */
export interface EnrollmentDesired extends EnrollmentGoal {
  readonly name: string;
  readonly tags: Tags;
}

/** `put` makes the association, or gives it this script; where `expected` is a script it must have that before. */
export type EnrollmentOp =
  | (EnrollmentInput & { readonly kind: 'put'; readonly expected: string | null; readonly tags: Tags })
  | { readonly kind: 'remove'; readonly name: string; readonly expected: string };

/**
 * An association of State Manager by which every instance with a tag, those still to come among them, does its host half by itself.
 * Without a schedule it runs once on each (Systems Manager user guide, about targets and rate controls in State Manager).
 */
export const enrollment: Step<EnrollmentDesired, Enrollment, EnrollmentOp, CloudReaders, CloudWriters> = {
  id: 'enrollment',
  lane: 'cloud',
  title: 'enrollment',
  after: ['association', 'permission-policy'],
  desired({ cloud, enrollment: goal, settings }) {
    if (cloud === null || goal === null) return null;
    return { ...goal, name: enrollmentName(goal), tags: settings.resourceTags };
  },
  subject: ({ name }) => name,
  read: async ({ name }, { enrollments }) => enrollments.findEnrollment(name),
  diff,
  async apply(op, ports, context) {
    await (op.kind === 'put' ? put(op, ports, context) : remove(op, ports));
    return null;
  },
  parseOp(value) {
    const op = opFields('enrollment', value);
    const kind = op.text('kind');
    const name = op.word('name');
    if (kind === 'remove') return { kind, name, expected: op.script('expected') };
    if (kind !== 'put') throw op.invalid('kind');
    const expected = op.orNull('expected', op.script);
    const input = { name, tag: op.word('tag'), value: op.word('value'), script: op.script('script') };
    return { kind, ...input, expected, tags: op.tags('tags') };
  },
};

function diff(
  { name, key, value, script, tags }: EnrollmentDesired,
  actual: Enrollment | null,
): readonly Change<EnrollmentOp>[] | Conflict {
  const where = `${key}=${value}`;
  const input = { kind: 'put', name, tag: key, value, script, tags } as const;
  if (actual === null) {
    const undo = { kind: 'remove', name, expected: script } as const;
    const detail = `instances with the tag ${where} set themselves up`;
    return [{ action: 'create', target: name, detail, op: { ...input, expected: null }, undo }];
  }
  const sameTarget = actual.tag === key && actual.value === value;
  if (actual.document !== 'AWS-RunShellScript' || !sameTarget || !isOurScript(actual.script))
    return notOurs(name);
  if (actual.script === script) return [];
  const detail = `instances with the tag ${where} set themselves up, with these flags`;
  const undo = { ...input, script: actual.script, expected: script };
  return [{ action: 'update', target: name, detail, op: { ...input, expected: actual.script }, undo }];
}

function notOurs(name: string): Conflict {
  return stepConflict(
    'ENROLLMENT_DIFFERS',
    `there is an association ${name} that this tool has not made`,
    'it runs something else, or on other instances, and is left as it is',
    'delete or rename it, or enroll under another tag',
  );
}

async function put(
  { expected, tags, kind: _kind, ...input }: Extract<EnrollmentOp, { kind: 'put' }>,
  { enrollments }: CloudWriters,
  { receiptId }: ApplyContext,
): Promise<void> {
  const actual = await enrollments.findEnrollment(input.name);
  if (actual?.script === input.script) return;
  if (actual === null) {
    // What an undo would give its old script is gone: nothing is left to undo.
    if (expected === null) await enrollments.createEnrollment(input, ownershipTags(receiptId, tags));
    return;
  }
  if (actual.script !== expected)
    throw changedSince(`the association ${input.name} has been changed`, 'look at it');
  await enrollments.updateEnrollment(actual.id, input);
}

/** Names of associations are not unique, so two runs at once may have made one each. */
const mostAlike = 5;

async function remove(
  { name, expected }: Extract<EnrollmentOp, { kind: 'remove' }>,
  { enrollments }: CloudWriters,
): Promise<void> {
  for (let taken = 0; taken < mostAlike; taken += 1) {
    const actual = await enrollments.findEnrollment(name);
    if (actual === null) return;
    if (actual.script !== expected)
      throw changedSince(`the association ${name} has been changed`, 'delete it yourself if nobody needs it');
    await enrollments.deleteEnrollment(actual.id);
  }
}
