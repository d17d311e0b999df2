import { expect, test } from 'vitest';
import { explainPlan } from '../../../src/cli/guide/explain.js';
import { explanations } from '../../../src/cli/guide/explanations.js';
import type { PlannedStep } from '../../../src/core/plan.js';

const base = { after: [], subject: 'x', conflict: null } as const;

const policy: PlannedStep = {
  ...base,
  step: 'permission-policy',
  lane: 'cloud',
  title: 'permission policy',
  changes: [
    {
      action: 'create',
      target: 'OpenClawBedrock',
      detail: '1 action, 1 resource pattern',
      op: {},
      undo: {},
      body: { Action: 'bedrock:InvokeModel', Resource: '*' },
    },
  ],
};

const shell: PlannedStep = {
  ...base,
  step: 'shell-profile',
  lane: 'host',
  title: 'shell profile',
  changes: [
    {
      action: 'create',
      target: '~/.bashrc',
      detail: 'AWS_REGION',
      op: {},
      undo: {},
      body: ['export AWS_REGION=us-east-1'],
    },
  ],
};

const inPlace: PlannedStep = { ...base, step: 'iam-role', lane: 'cloud', title: 'IAM role', changes: [] };

test('each change says what it is, why, what it costs and how it is undone, with its JSON or lines', () => {
  const text = explainPlan({ steps: [inPlace, policy, shell] }, (_style, plain) => plain, 60);
  expect(text).toMatchInlineSnapshot(`
    "
      permission policy
        what  the rights of the role: to call models of Amazon
              Bedrock and to list which ones there are, no
              others
        why   a role without a policy may do nothing at all
        cost  nothing by itself; each call to a model is billed
              by its tokens
        undo  the policy is taken off the role; a role that was
              there before stays
          create OpenClawBedrock: 1 action, 1 resource pattern
          {
            "Action": "bedrock:InvokeModel",
            "Resource": "*"
          }

      shell profile
        what  a marked block in the start file of your login
              shell, with AWS_PROFILE and AWS_REGION
        why   what you run by hand (openclaw, aws) then finds
              the same credentials and region as the gateway
        cost  nothing
        undo  the lines are taken out again; the rest of the
              file is left as it is by then
          create ~/.bashrc: AWS_REGION
          export AWS_REGION=us-east-1

    "
  `);
});

test.each(Object.entries(explanations))('%s is explained without full stops', (_step, explanation) => {
  for (const sentence of Object.values(explanation)) expect(sentence).toMatch(/[^.]$/u);
});
