import type { Tags } from '../../ports/iam.js';

/** Tags by which AWS shows that something else than a person manages a thing. Users cannot set them (prefix `aws:`). */
const managers: readonly (readonly [string, string])[] = [
  ['aws:cloudformation:stack-name', 'the CloudFormation stack'],
  ['aws:autoscaling:groupName', 'the Auto Scaling group'],
];

/** The same list for the thousands that nothing manages. */
const nobody: readonly string[] = [];

/** What manages a thing, by its tags: `the Auto Scaling group workers`. */
export function managersOf(tags: Tags): readonly string[] {
  const found = managers.flatMap(([key, what]) => (tags[key] === undefined ? [] : [`${what} ${tags[key]}`]));
  return found.length === 0 ? nobody : found;
}
