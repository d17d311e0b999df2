import { describe, expect, it } from 'vitest';
import type { StepId } from '../../src/core/change.js';
import type { Goal } from '../../src/core/goal.js';
import { typedChange } from '../../src/render/change-command.js';
import { someScript, someSettings } from '../support/cloud.js';

const goal: Goal = {
  settings: someSettings(),
  receiptId: 'r-000000000001',
  region: 'us-east-1',
  cloud: null,
  host: null,
  model: null,
  enrollment: null,
};
const instanceId = 'i-0abc1234def567890';
const arn = (name: string) => `arn:aws:iam::111122223333:instance-profile/${name}`;
const [ours, theirs] = [arn('ours'), arn('theirs')];
const document = { Version: '2012-10-17', Statement: [] };
const command = (step: StepId, op: object): string | undefined =>
  typedChange(step, op, goal)?.replaceAll(' \\\n  ', ' ');

const association =
  `association=$(aws ec2 describe-iam-instance-profile-associations ` +
  `--filters Name=instance-id,Values=${instanceId} Name=state,Values=associated ` +
  `--query 'IamInstanceProfileAssociations[0].AssociationId' --output text)\n`;
const enroll = { kind: 'put', name: 'openclaw', tag: 'openclaw', value: 'yes', script: someScript, tags: {} };

describe('a change as a command', () => {
  it('makes a role within a boundary', () => {
    const boundary = 'arn:aws:iam::111122223333:policy/b';
    const op = { kind: 'create', name: 'r', permissionsBoundary: boundary, tags: {} };
    expect(command('iam-role', op)).toContain(` --permissions-boundary ${boundary} `);
    expect(command('iam-role', { ...op, permissionsBoundary: null })).not.toContain('boundary');
  });

  it.each([
    [
      'attaches a policy',
      'permission-policy',
      { kind: 'attach', role: 'r', policyArn: 'arn:aws:iam::aws:policy/p' },
      'aws iam attach-role-policy --role-name r --policy-arn arn:aws:iam::aws:policy/p\n',
    ],
    [
      'writes a policy',
      'permission-policy',
      { kind: 'put', role: 'r', document },
      `aws iam put-role-policy --role-name r --policy-name OpenClawBedrock --policy-document '${JSON.stringify(document)}'\n`,
    ],
    [
      'associates',
      'association',
      { kind: 'associate', instanceId, profileArn: ours },
      `aws ec2 associate-iam-instance-profile --instance-id ${instanceId} --iam-instance-profile '{"Arn":"${ours}"}'\n`,
    ],
    [
      'replaces an association',
      'association',
      { kind: 'replace', instanceId, profileArn: ours, previousArn: theirs },
      `${association}aws ec2 replace-iam-instance-profile-association --association-id "$association" --iam-instance-profile '{"Arn":"${ours}"}'\n`,
    ],
    [
      'ends an association',
      'association',
      { kind: 'release', instanceId, profileArn: ours },
      `${association}aws ec2 disassociate-iam-instance-profile --association-id "$association"\n`,
    ],
    [
      'tags a role',
      'association',
      { kind: 'tag', role: 'r', key: 'k', value: 'v' },
      `aws iam tag-role --role-name r --tags '[{"Key":"k","Value":"v"}]'\n`,
    ],
    [
      'sets the hop limit',
      'metadata-options',
      { kind: 'set-hop-limit', instanceId, hopLimit: 2, expected: 1 },
      `aws ec2 modify-instance-metadata-options --instance-id ${instanceId} --http-put-response-hop-limit 2\n`,
    ],
  ] satisfies [string, StepId, object, string][])('%s', (_what, step, op, expected) => {
    expect(command(step, op)).toBe(expected);
  });

  it('makes an association that enrolls, or changes the one that is there', () => {
    const made = command('enrollment', { ...enroll, expected: null });
    expect(made).toContain(
      'aws ssm create-association --name AWS-RunShellScript --association-name openclaw ',
    );
    expect(made).toContain(' --tags ');
    const changed = command('enrollment', { ...enroll, expected: someScript });
    expect(changed).toMatch(
      /^association=\$\(aws ssm list-associations --association-filter-list key=AssociationName,value=openclaw /u,
    );
    expect(changed).toContain('\naws ssm update-association --association-id "$association" ');
    expect(changed).not.toContain('--tags');
  });

  it('lets new instances come from a version with the profile', () => {
    const templateId = 'lt-0abc';
    expect(command('launch-template', { kind: 'create', templateId, source: '3', profileArn: ours })).toBe(
      `aws ec2 create-launch-template-version --launch-template-id lt-0abc --source-version 3 ` +
        `--version-description 'openclaw-bedrock-setup r-000000000001' --launch-template-data '{"IamInstanceProfile":{"Arn":"${ours}"}}'\n`,
    );
    const byDefault = command('launch-template', { kind: 'use', templateId, group: null });
    expect(byDefault).toContain(
      '\naws ec2 modify-launch-template --launch-template-id lt-0abc --default-version "$version"\n',
    );
    const inGroup = command('launch-template', { kind: 'use', templateId, group: 'web' });
    expect(inGroup).toContain(
      '\naws autoscaling update-auto-scaling-group --auto-scaling-group-name web --launch-template LaunchTemplateId=lt-0abc,Version="$version"\n',
    );
  });

  it.each([
    ['iam-role', { kind: 'keep' }],
    ['iam-role', { kind: 'delete', name: 'r' }],
    ['instance-profile', { kind: 'keep' }],
    ['instance-profile', { kind: 'delete', name: 'p' }],
    ['permission-policy', { kind: 'detach', role: 'r', policyArn: 'arn:aws:iam::aws:policy/p' }],
    ['permission-policy', { kind: 'restore', role: 'r', document: null, expected: document }],
    ['association', { kind: 'untag', role: 'r', key: 'k' }],
    ['association', { kind: 'restore', instanceId, profileArn: theirs, expectedArn: ours }],
    ['enrollment', { kind: 'remove', name: 'openclaw', expected: someScript }],
    ['launch-template', { kind: 'delete', templateId: 'lt-0abc' }],
    ['launch-template', { kind: 'back', templateId: 'lt-0abc', group: null, version: '1' }],
    ['gateway-env', {}],
  ] satisfies [StepId, object][])('is none for what only an undo or a host does: %s %j', (step, op) => {
    expect(command(step, op)).toBeUndefined();
  });
});
