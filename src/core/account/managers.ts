import type { Tags } from '../../ports/iam.js';

/** Tags by which AWS shows that something else than a person manages a thing. Users cannot set them (prefix `aws:`). */
const managers: readonly (readonly [string, string])[] = [
  ['aws:cloudformation:stack-name', 'the CloudFormation stack'],
  ['aws:autoscaling:groupName', 'the Auto Scaling group'],
];

/** What manages a thing, by its tags: `the Auto Scaling group workers`. */
export function managersOf(tags: Tags): readonly string[] {
  return managers.flatMap(([key, what]) => (tags[key] === undefined ? [] : [`${what} ${tags[key]}`]));
}
