import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { MockAws, MockAwsOptions } from '../../src/mock-aws/index.js';
import { runCliJson, withHome } from '../support/cli.js';
import { callNames, withMockAws } from '../support/mock-aws.js';

const instanceId = 'i-0abc1234def567890';
const words = ['--instance-id', instanceId, '--host', 'skip'];

type Run = (more: readonly string[]) => ReturnType<typeof runCliJson>;

/** An operator with a home of their own, signed in to an embedded AWS. */
async function asOperator(
  options: MockAwsOptions,
  use: (run: Run, mock: MockAws, home: string) => Promise<void>,
): Promise<void> {
  await withMockAws(options, async (mock) => {
    await withHome(async (home) => {
      const variables = {
        AWS_ENDPOINT_URL: mock.url,
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: mock.settings.operator.accessKeyId,
        AWS_SECRET_ACCESS_KEY: mock.settings.operator.secretAccessKey,
      };
      await use(
        async (more) => {
          mock.calls.length = 0;
          return runCliJson(more, { home, variables });
        },
        mock,
        home,
      );
    });
  });
}

describe('an operator without the rights that the plan needs', () => {
  it('is told before anything is changed, with exit 5', async () => {
    await asOperator({ deny: ['iam:PutRolePolicy'] }, async (run, mock) => {
      const { exitCode, report } = await run([...words, '--yes']);
      expect(exitCode).toBe(5);
      expect(report.error).toMatchObject({ code: 'NOT_ALLOWED' });
      expect(report.error?.message).toContain('iam:PutRolePolicy on arn:aws:iam::111122223333:role/');
      expect(report.changes.map(({ status }) => status)).toEqual(report.changes.map(() => 'planned'));
      expect(callNames(mock, 'mutating')).toEqual([]);
    });
  });

  it('can still plan for somebody else, and is warned', async () => {
    await asOperator({ deny: ['iam:PutRolePolicy'] }, async (run) => {
      const { exitCode, report, stderr } = await run(['plan', ...words, '--exit-code']);
      expect(exitCode).toBe(3);
      expect(report.error).toBeUndefined();
      expect(stderr).toContain('lacks iam:PutRolePolicy');
    });
  });
});

describe('the number of AWS calls', () => {
  it('stays small with the look at the rights', async () => {
    await asOperator({}, async (run, mock) => {
      await run(['plan', ...words]);
      expect(callNames(mock).length).toBeLessThanOrEqual(8);
      await run([...words, '--yes']);
      expect(callNames(mock)).toContain('iam:SimulatePrincipalPolicy');
      expect(callNames(mock).length).toBeLessThanOrEqual(16);
      await run([...words, '--yes']);
      expect(callNames(mock)).not.toContain('iam:SimulatePrincipalPolicy');
      expect(callNames(mock).length).toBeLessThanOrEqual(8);
    });
  });
});

describe('drift', () => {
  it('ends verify with exit 3 where nothing else is wrong', async () => {
    await asOperator({}, async (run, mock) => {
      await run([...words, '--hop-limit', '3', '--yes']);
      const before = await run(['verify', ...words]);
      expect(before.report.checks.find(({ id }) => id === 'drift')?.status).toBe('ok');
      expect(before.exitCode).toBe(0);
      const instance = mock.state.instances[instanceId];
      if (instance === undefined) throw new Error('there is no instance');
      instance.metadataOptions.httpPutResponseHopLimit = 1;
      const { exitCode, report } = await run(['verify', ...words]);
      expect(report.checks.find(({ id }) => id === 'drift')).toMatchObject({
        status: 'warn',
        code: 'DRIFT',
        message: `the metadata hop limit of ${instanceId} is 1 instead of 3`,
      });
      expect(report.ok).toBe(true);
      expect(exitCode).toBe(3);
      expect(callNames(mock, 'mutating')).toEqual([]);
    });
  });

  it('is foretold where a group manages the instance', async () => {
    await asOperator({}, async (run, mock) => {
      const instance = mock.state.instances[instanceId];
      if (instance === undefined) throw new Error('there is no instance');
      instance.tags['aws:autoscaling:groupName'] = 'workers';
      const { exitCode, stderr } = await run([...words, '--yes']);
      expect(stderr).toContain('belongs to the Auto Scaling group workers');
      expect(exitCode).toBe(0);
    });
  });
});

describe('an association of Systems Manager that attaches profiles', () => {
  const association = {
    id: 'a-1',
    region: 'us-east-1',
    document: 'AWS-AttachIAMToInstance',
    name: 'everybody',
    targets: [{ key: 'InstanceIds', values: ['*'] }],
  };

  it('is named before anything is attached, by verify again, and not asked for where nothing changes', async () => {
    await asOperator({}, async (run, mock) => {
      mock.state.stateAssociations.push(association);
      const first = await run([...words, '--yes']);
      expect(first.stderr).toContain('the Systems Manager association everybody (AWS-AttachIAMToInstance)');
      expect(first.exitCode).toBe(0);
      expect(callNames(mock).length).toBeLessThanOrEqual(16);
      await run([...words, '--yes']);
      expect(callNames(mock)).not.toContain('ssm:ListAssociations');
      const { report } = await run(['verify', ...words]);
      const found = report.checks.find(({ id }) => id === 'managed-by');
      expect(found).toMatchObject({ status: 'warn', code: 'MANAGED_ELSEWHERE' });
      expect(found?.message).toContain('the Systems Manager association everybody');
    });
  });

  it.each([
    ['may not be looked for', { service: 'ssm', kind: 'access-denied' }],
    ['cannot be looked for', { service: 'ssm', kind: 'drop-before' }],
    ['is not answered for', { service: 'ssm', kind: 'timeout' }],
  ] as const)('is no finding where it %s', async (_what, fault) => {
    await asOperator({}, async (run, mock) => {
      mock.state.stateAssociations.push(association);
      mock.settings.faults.push(fault);
      const { exitCode, stderr } = await run([...words, '--yes']);
      expect(exitCode).toBe(0);
      expect(stderr).not.toContain('Systems Manager');
      const { report } = await run(['verify', ...words]);
      expect(callNames(mock)).toContain('ssm:ListAssociations');
      expect(report.checks.find(({ id }) => id === 'drift')?.status).toBe('ok');
      expect(report.checks.find(({ id }) => id === 'managed-by')).toBeUndefined();
    });
  });
});

describe('the gap of a scoped policy', () => {
  it('is found by verify before Bedrock refuses a call', async () => {
    const model = ['--model', 'sonnet-4-6'];
    await asOperator({}, async (run, mock) => {
      await run([...words, '--policy', 'scoped', ...model, '--yes']);
      const covered = await run(['verify', ...words, ...model]);
      expect(covered.report.checks.find(({ id }) => id === 'policy-reach')?.status).toBe('ok');
      const policy = mock.state.roles['EC2-Bedrock-Access']?.inlinePolicies['OpenClawBedrock'];
      if (policy === undefined) throw new Error('the policy was not made');
      policy.document = policy.document.replaceAll('bedrock:us-west-2:', 'bedrock:eu-west-1:');
      const { exitCode, report } = await run(['verify', ...words, ...model]);
      const found = report.checks.find(({ id }) => id === 'policy-reach');
      expect(found).toMatchObject({ status: 'fail', code: 'NO_IAM' });
      expect(found?.message).toContain('arn:aws:bedrock:us-west-2::foundation-model/');
      expect(exitCode).toBe(1);
    });
  });
});

describe('access to a model', () => {
  it('is obtained with consent and a form', async () => {
    await asOperator({}, async (run, mock, home) => {
      mock.state.useCaseForm = undefined;
      mock.state.modelAccess['anthropic.claude-sonnet-4-6'] = {
        agreement: 'NOT_AVAILABLE',
        authorized: true,
      };
      const form = join(home, 'form.json');
      await writeFile(
        form,
        JSON.stringify({
          companyName: 'Example Corp.',
          companyWebsite: 'https://example.com',
          intendedUsers: '0',
          industryOption: 'Software',
          useCases: 'An assistant',
        }),
      );
      const consent = ['--accept-model-agreement', '--use-case', form];
      const { exitCode, report } = await run([...words, '--model', 'sonnet-4-6', ...consent, '--yes']);
      expect(report.checks.find(({ id }) => id === 'model-access')).toMatchObject({ status: 'ok' });
      expect(exitCode).toBe(0);
      expect(callNames(mock, 'mutating')).toContain('bedrock:CreateFoundationModelAgreement');
      expect(callNames(mock, 'mutating')).toContain('bedrock:PutUseCaseForModelAccess');
    });
  });

  it('is not tried with a form that Bedrock would refuse: nothing is changed', async () => {
    await asOperator({}, async (run, mock, home) => {
      const form = join(home, 'form.json');
      await writeFile(form, '{}');
      const { exitCode, report } = await run([
        ...words,
        '--model',
        'sonnet-4-6',
        '--use-case',
        form,
        '--yes',
      ]);
      expect(exitCode).toBe(2);
      expect(report.error).toMatchObject({ code: 'BAD_USE_CASE' });
      expect(callNames(mock)).toEqual([]);
    });
  });
});
