import { describe, expect, it } from 'vitest';
import type { MissingRight } from '../../../src/core/policy/judge-rights.js';
import { rightsRefusal } from '../../../src/core/policy/rights-refusal.js';

const caller = 'arn:aws:iam::111122223333:user/operator';
const role = 'arn:aws:iam::111122223333:role/x';
const command = 'npx openclaw-bedrock-setup@1.0.0 render operator-policy --region us-east-1';

function missing(action: string, more: Partial<MissingRight> = {}): MissingRight {
  const right = { part: 'Role', action, resource: role, context: {} };
  return { right, deniedBy: 'no policy of the caller allows it', explicit: false, ...more };
}

describe('the refusal for missing rights', () => {
  it('is none where none is missing', () => {
    expect(rightsRefusal(caller, [], [], command)).toBeNull();
  });

  it('names the first one and counts the others', () => {
    const message = (count: number): string | undefined =>
      rightsRefusal(
        caller,
        ['iam:CreateRole', 'iam:TagRole', 'iam:PassRole'].slice(0, count).map((action) => missing(action)),
        [],
        command,
      )?.message;
    const first = `${caller} lacks iam:CreateRole on ${role}`;
    expect(message(1)).toBe(`${first}, which this plan needs`);
    expect(message(2)).toBe(`${first} and 1 more right, which this plan needs`);
    expect(message(3)).toBe(`${first} and 2 more rights, which this plan needs`);
  });

  it('says of each what denies it, and ends the run as blocked', () => {
    const denied = missing('iam:TagRole', { deniedBy: 'a Deny in NoTags', explicit: true });
    expect(rightsRefusal(caller, [missing('iam:CreateRole'), denied], [], command)).toMatchObject({
      code: 'NOT_ALLOWED',
      exitCode: 5,
      why: `IAM's policy simulator says: iam:CreateRole on ${role} (no policy of the caller allows it); iam:TagRole on ${role} (a Deny in NoTags)`,
    });
  });

  it('gives statements to add, and names what has to go instead where something forbids it', () => {
    const statement = { Effect: 'Allow', Action: 'iam:CreateRole', Resource: role };
    const whole = `the whole policy for an administrator: ${command}`;
    expect(rightsRefusal(caller, [missing('iam:CreateRole')], [statement], command)?.fix.split('\n')).toEqual(
      ['add to a policy of the caller:', JSON.stringify(statement), whole],
    );
    const denied = ['iam:TagRole', 'iam:PassRole'].map((action) =>
      missing(action, { deniedBy: 'a Deny in No', explicit: true }),
    );
    expect(rightsRefusal(caller, denied, [], command)?.fix.split('\n')).toEqual([
      `take what forbids it out of the way: iam:TagRole on ${role} (a Deny in No); iam:PassRole on ${role} (a Deny in No)`,
      whole,
    ]);
  });
});
