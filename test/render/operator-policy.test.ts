import { beforeEach, describe, expect, it } from 'vitest';
import operator from '../../templates/iam/operator.json' with { type: 'json' };
import type { PolicyGoal } from '../../src/core/goal.js';
import type { Right } from '../../src/core/policy/operator-rights.js';
import { distinctRights, requiredRights } from '../../src/core/policy/operator-rights.js';
import type { Settings } from '../../src/core/settings.js';
import { freshPlans } from '../../src/render/fresh-plan.js';
import { operatorPolicy, operatorStatements } from '../../src/render/operator-policy.js';
import { planCloud, setUpCloud, someSettings } from '../support/cloud.js';
import { useMotoStage } from '../support/moto-stage.js';
import { commandRequirement } from '../support/requirements.js';

const hasMoto = await commandRequirement('moto_server');
const identity = { account: '123456789012', partition: 'aws', arn: '' };
const boundary = 'arn:aws:iam::123456789012:policy/Boundary';
const inline: PolicyGoal = { kind: 'inline', name: 'OpenClawBedrock', document: {} };

async function freshRights(
  settings: Partial<Settings> = {},
  policy: PolicyGoal = inline,
): Promise<readonly Right[]> {
  const all = someSettings(settings);
  const plans = await freshPlans({ settings: all, identity, region: 'us-east-1', policy, instanceId: '*' });
  return distinctRights(plans.flatMap(({ goal, plan }) => requiredRights(goal, plan)));
}

function actions(rights: readonly Right[]): readonly string[] {
  return [...new Set(rights.map(({ action }) => action))].sort();
}

describe("the operator's rights", () => {
  it('are the ones for a fresh account', async () => {
    expect(operatorPolicy(await freshRights())).toMatchInlineSnapshot(`
      {
        "Statement": [
          {
            "Action": [
              "ec2:DescribeInstances",
              "ec2:DescribeIamInstanceProfileAssociations",
            ],
            "Effect": "Allow",
            "Resource": "*",
            "Sid": "Look",
          },
          {
            "Action": [
              "iam:GetRole",
              "iam:GetRolePolicy",
              "iam:ListAttachedRolePolicies",
              "iam:CreateRole",
              "iam:TagRole",
              "iam:PutRolePolicy",
            ],
            "Effect": "Allow",
            "Resource": "arn:aws:iam::123456789012:role/EC2-Bedrock-Access",
            "Sid": "Role",
          },
          {
            "Action": [
              "iam:GetInstanceProfile",
              "iam:CreateInstanceProfile",
              "iam:TagInstanceProfile",
              "iam:AddRoleToInstanceProfile",
            ],
            "Effect": "Allow",
            "Resource": "arn:aws:iam::123456789012:instance-profile/EC2-Bedrock-Access",
            "Sid": "InstanceProfile",
          },
          {
            "Action": [
              "iam:PassRole",
            ],
            "Condition": {
              "StringEquals": {
                "iam:PassedToService": "ec2.amazonaws.com",
              },
            },
            "Effect": "Allow",
            "Resource": "arn:aws:iam::123456789012:role/EC2-Bedrock-Access",
            "Sid": "PassRole",
          },
          {
            "Action": [
              "ec2:AssociateIamInstanceProfile",
            ],
            "Effect": "Allow",
            "Resource": "arn:aws:ec2:us-east-1:123456789012:instance/*",
            "Sid": "Instance",
          },
        ],
        "Version": "2012-10-17",
      }
    `);
  });

  it('hold the conditions of what is asked for', async () => {
    const policy = { kind: 'managed', arn: 'arn:aws:iam::aws:policy/AmazonBedrockFullAccess' } as const;
    const rights = await freshRights({ permissionsBoundary: boundary, ssm: true }, policy);
    const conditions = operatorStatements(rights).flatMap(({ Condition }) => Condition ?? []);
    expect(conditions).toStrictEqual([
      { StringEquals: { 'iam:PermissionsBoundary': boundary } },
      { ArnEquals: { 'iam:PolicyARN': policy.arn } },
      { ArnEquals: { 'iam:PolicyARN': 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore' } },
      { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
    ]);
  });

  it('replace a profile on a running and on a stopped instance', async () => {
    expect(actions(await freshRights({ replaceProfile: true, hopLimit: 2 }))).toStrictEqual(
      expect.arrayContaining([
        'ec2:AssociateIamInstanceProfile',
        'ec2:DisassociateIamInstanceProfile',
        'ec2:ModifyInstanceMetadataOptions',
        'ec2:ReplaceIamInstanceProfileAssociation',
      ]),
    );
  });

  it('are all among those of the policy for every command', async () => {
    const managed = { kind: 'managed', arn: 'arn:aws:iam::aws:policy/X' } as const;
    const settings = { replaceProfile: true, hopLimit: 2, ssm: true, model: 'sonnet' };
    const asked = [...(await freshRights(settings)), ...(await freshRights(settings, managed))];
    const known = new Set(operator.Statement.flatMap(({ Action }) => Action));
    expect(actions(asked).filter((action) => !known.has(action))).toStrictEqual([]);
  });

  it('have statements with names of their own', async () => {
    const rights = ['a', 'b', 'b'].map((resource): Right => {
      return { part: 'Role', action: `iam:${resource}`, resource, context: {} };
    });
    expect(operatorStatements(rights).map(({ Sid }) => Sid)).toStrictEqual(['Role', 'Role2']);
  });
});

describe.skipIf(!hasMoto)("the operator's rights beside the calls of a set-up", () => {
  const stage = useMotoStage();

  beforeEach(async () => {
    stage.proxy.clear();
  });

  const always = new Set(['sts:GetCallerIdentity']);
  /** Rights without a call of their own: IAM asks for them with the call that they come with. */
  const silent = new Set(['iam:PassRole', 'iam:TagRole', 'iam:TagInstanceProfile']);

  function called(): readonly string[] {
    const service = (name: string): string => {
      if (name === 'GetCallerIdentity') return 'sts';
      return /^Describe|Associat|Metadata/u.test(name) ? 'ec2' : 'iam';
    };
    return [...new Set(stage.proxy.operations.map((name) => `${service(name)}:${name}`))].sort();
  }

  it.each<Partial<Settings>>([{}, { ssm: true }, { policy: { kind: 'full-access' } }])(
    'are neither more nor less with %j',
    async (settings) => {
      const run = { account: stage.account, instanceId: stage.instanceId, region: 'us-east-1', settings };
      const { goal, plan } = await planCloud(run);
      const rights = requiredRights(goal, plan);
      stage.proxy.clear();
      expect(await setUpCloud(run)).toMatchObject({ errors: [] });
      await planCloud(run);

      const wanted = actions(rights).filter((action) => !silent.has(action));
      expect(called().filter((action) => !always.has(action))).toStrictEqual(wanted);
      const ids = rights.filter(({ part }) => part === 'Instance').map(({ resource }) => resource);
      expect(ids).toStrictEqual([`arn:aws:ec2:us-east-1:123456789012:instance/${stage.instanceId}`]);
    },
  );

  it('are only to look where everything is in place', async () => {
    const run = { account: stage.account, instanceId: stage.instanceId, region: 'us-east-1' };
    await setUpCloud(run);
    const { goal, plan } = await planCloud(run);
    expect(actions(requiredRights(goal, plan))).toStrictEqual([
      'ec2:DescribeIamInstanceProfileAssociations',
      'ec2:DescribeInstances',
      'iam:GetInstanceProfile',
      'iam:GetRole',
      'iam:GetRolePolicy',
      'iam:ListAttachedRolePolicies',
    ]);
  });
});
